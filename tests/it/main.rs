//! Tests of the whole application: conversations as transcripts, the command line, the documentation, the store.

mod command_line;
mod conversation;
#[cfg(feature = "discord")]
mod discord;
mod doctor;
mod documentation;
mod house;
mod rooms;
mod store;
