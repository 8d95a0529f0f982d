//! The store: one list of tests, on SQLite in memory, on a SQLite file and on PostgreSQL.

mod bindings;
mod buttons;
mod deliverables;
mod file;
mod files;
mod homes;
mod hours;
mod inbox;
mod milestones;
mod moves;
mod overview;
mod postgres;
mod tenants;
mod work;
