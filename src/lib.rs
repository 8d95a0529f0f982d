//! Vigie: an assistant for French professional-certification training, on the console, Discord and Matrix.
//!
//! The library is the application; `main.rs` only starts it. Modules point one way:
//! `domain, library ← views ← commands ← app ← cli`, `domain ← pictures ← views` and `domain ← store ← app`; only [`app`]
//! names the connectors and reads the clock, only [`store`] holds SQL.

pub mod app;
pub mod cli;
pub mod commands;
pub mod config;
pub mod domain;
pub mod library;
pub mod pictures;
pub mod store;
pub mod views;
