//! A real Synapse for tests, and the people on it.
//!
//! [`Homeserver`] installs a pinned Synapse under Cargo's target folder, starts it on the loopback address and ends it
//! with the test program. [`Person`] is somebody with a client of their own, who writes, reacts and looks as one does in
//! Element; whatever is under test is another account on the same server.
//!
//! ```no_run
//! # async fn read() -> Result<(), Box<dyn std::error::Error>> {
//! use homeserver::{Homeserver, Room, Text};
//!
//! let server = Homeserver::shared().await?;
//! let alice = server.person("alice").await?;
//! let bob = server.person("bob").await?;
//! let room = alice.creates_room(Room::encrypted().inviting(bob.id())).await?;
//! bob.joins(&room).await?;
//! alice.until_member(&room, bob.id()).await?;
//!
//! let question = alice.says(&room, Text::new("Who has the key?")).await?;
//! let seen = bob.sees(&room, |message| message.id == question).await?;
//! bob.says(&room, Text::new("I do.").in_thread(&seen.id)).await?;
//! # Ok(()) }
//! ```
//!
//! # What it doesn't do
//!
//! Federation, sliding sync, refresh tokens, single sign-on, calls. A person's client takes the last hundred events of a
//! room at each answer of the server and doesn't page back for older ones.

mod accounts;
mod administration;
mod error;
mod homeserver;
mod http;
mod launch;
mod people;
mod settings;

pub use self::{
    accounts::Account,
    administration::ListedDevice,
    error::{Missing, Refusal, StartError},
    homeserver::Homeserver,
    people::{
        Attachment, Caution, Device, File, Identity, Message, Person, Reaction, Reading, Room, RoomView, Standing,
        Text, Unseen,
    },
    settings::{Rate, Settings},
};
