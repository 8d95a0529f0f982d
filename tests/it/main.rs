//! Tests of the whole application: conversations as transcripts, the command line, the documentation, the store.

mod calendars;
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
mod donnees;
mod doors;
mod feeds;
mod handins;
mod heard;
mod house;
mod linking;
#[cfg(feature = "matrix")]
mod matrix;
mod narrow;
mod permissions;
mod plan_scale;
mod planning;
mod privacy;
#[cfg(any(feature = "discord", feature = "matrix"))]
mod program;
mod rooms;
mod serving;
mod store;
mod teams;
mod work;
