//! The store: one list of tests, on SQLite in memory, on a SQLite file and on PostgreSQL.

mod bindings;
mod briefs;
mod buttons;
mod file;
mod homes;
mod inbox;
mod isolation;
mod migrations;
mod moves;
mod people;
mod postgres;
mod school;
mod sql;
mod teams;
mod tenants;
mod write;
