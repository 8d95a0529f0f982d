//! How a Synapse comes to run: installed once, configured in a folder of its own, kept by a small process that ends it.

mod configuration;
mod install;
mod keeper;
mod port;

pub(crate) use self::{
    configuration::{Configuration, SERVER_NAME, random_text},
    install::installed,
    keeper::{Ending, Keeper},
    port::free_port,
};
