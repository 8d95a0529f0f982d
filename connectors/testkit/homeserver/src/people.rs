//! People: what they do, and what they see.

mod acts;
mod changes;
mod device;
mod person;
mod sync;
mod view;
mod wait;

pub use self::{
    acts::{File, Room, Text},
    device::{Caution, Device, Identity},
    person::Person,
    view::{Attachment, Message, Reaction, Reading, RoomView, Standing},
    wait::Unseen,
};
