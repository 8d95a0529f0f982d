//! The connector against a fake Discord.

mod notebook;
mod smoke;
