//! The port between the application and the networks on which people talk to it.
//!
//! The application describes what it says as a tree ([`Message`]) and what can be asked of it as definitions
//! ([`CommandSet`]); connectors turn trees into payloads and what people do into [`Event`]s. This crate knows no network
//! and no school, and does no input or output.
//!
//! Three invariants hold everywhere:
//!
//! - Text that people or documents wrote is a span of a [`Text`]; escaping happens once, in the renderer of each network.
//! - What an action does never travels to a network. The application writes a [`Draft`], whose actions hold invocations;
//!   connectors accept only a [`Sealed`] message, whose actions hold opaque tokens.
//! - Who is notified is said explicitly by a message ([`Message::notifies`]) and never follows from its text.
//!
//! # From what is typed to what is answered
//!
//! ```text
//! "chercher: rgpd" ── parse ──▶ Event::Command(Invocation) ──▶ App::handle ──▶ Draft ── seal ──▶ Sealed ──▶ Reply::send
//! ```

mod action;
#[cfg(any(test, feature = "arbitrary"))]
pub mod arbitrary;
mod choice;
mod clean;
mod command;
mod connector;
mod draft;
mod event;
mod fold;
mod form;
mod id;
mod inbox;
mod invocation;
pub mod limits;
mod message;
mod notebook;
mod opened;
mod parse;
mod plain;
mod scheduled;
mod text;

pub use action::{Action, Button, ButtonStyle, Effect, Press, PressedBy, Select, SelectOption, Then, Token};
pub use choice::Choice;
pub use clean::clean;
pub use command::{
    Alternative, Audience, Breach, CommandSet, CommandSpec, Completion, Need, ParamKind, ParamSpec, Reader, Visibility,
};
pub use connector::{
    App, Connector, ConnectorError, Destination, Handled, IdempotencyKey, Membership, Reply, SendError, Shutdown,
};
pub use event::{Attachment, CompletionQuery, Event, Origin, Role, Room, RoomKind, Space, Standing, Suggestion};
pub use fold::folded;
pub use form::{Form, FormField, FormInput, FormProgress, OpenForm, SealedForm};
pub use id::{ConnectorName, EventId, MessageId, MessageRef, Person, PersonId, RoleId, RoomId, SpaceId};
pub use inbox::{Arrival, Inbox, InboxError};
pub use invocation::{CommandPath, Invocation, Value};
pub use message::{
    AltText, Block, Draft, EmptyAltText, Field, File, Item, Kind, List, Message, Order, Privacy, Sealed, Table,
};
pub use notebook::{Notebook, NotebookError};
pub use opened::{Opened, room_name};
pub use parse::{Directory, LONGEST_LINE, Misread, Nobody, Problem, Reading, read};
pub use plain::plain;
pub use scheduled::{Scheduled, ScheduledId};
pub use text::{NotAWebLink, Span, Text, WebLink};
