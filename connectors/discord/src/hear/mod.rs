//! What people do on Discord, turned into events of the port.

pub(crate) mod interaction;
pub(crate) mod message;
pub(crate) mod origin;
pub(crate) mod servers;
