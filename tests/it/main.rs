//! Tests of the whole application: conversations as transcripts, the command line, the documentation.

mod command_line;
mod conversation;
mod documentation;
mod house;
