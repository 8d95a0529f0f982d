//! The store: one list of tests, on SQLite in memory, on a SQLite file and on PostgreSQL.

mod assigning;
mod bindings;
mod briefs;
mod buttons;
mod deliverables;
mod file;
mod files;
mod homes;
mod hours;
mod inbox;
mod isolation;
mod migrations;
mod milestones;
mod moves;
mod overview;
mod people;
mod postgres;
mod recorder;
mod reminding;
mod school;
mod sql;
mod teams;
mod tenants;
mod work;
mod write;
