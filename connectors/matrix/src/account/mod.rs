//! The bot's account on the homeserver: its session, its keys, what it shows of itself.

mod awake;
mod encryption;
mod lock;
mod login;
mod profile;
mod session;
mod store;

pub(crate) use awake::{Awake, LastEnd, give_up_keys};
pub(crate) use encryption::settle;
pub(crate) use lock::Lock;
pub(crate) use login::{Account, DeviceAge, open};
pub(crate) use profile::show;
