//! The store: one list of tests, on SQLite in memory, on a SQLite file and on PostgreSQL.

mod bindings;
mod buttons;
mod file;
mod homes;
mod inbox;
mod moves;
mod postgres;
mod tenants;
