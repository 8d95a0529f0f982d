//! Tests of the whole application: conversations as transcripts, the command line, the documentation, the store.

mod command_line;
mod conversation;
#[cfg(any(feature = "discord", feature = "matrix"))]
mod crash;
#[cfg(all(feature = "discord", feature = "matrix"))]
mod day;
mod defences;
#[cfg(feature = "discord")]
mod discord;
mod doctor;
mod documentation;
mod handins;
mod house;
#[cfg(feature = "matrix")]
mod matrix;
mod permissions;
mod plan_scale;
#[cfg(any(feature = "discord", feature = "matrix"))]
mod program;
mod rooms;
mod store;
mod teams;
mod work;
