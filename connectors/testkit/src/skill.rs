//! What some networks can do and others can't.

/// Something that a network may be unable to do. A stage says why in [`crate::Stage::cannot`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Skill {
    /// Other bots can be on the network, and speak.
    OtherBots,
    /// The connection can be lost while the network goes on, and come back.
    Reconnecting,
    /// A new connector finds the network as the last one left it, with what was said.
    Restarting,
    /// What people say while the connector doesn't run is kept for it.
    Backlog,
    /// People can delete the bot's messages.
    Deleting,
    /// People can refuse direct messages.
    ClosedDirect,
    /// An edited message no longer shows what it was.
    TakingBack,
    /// What is under any message can be pressed, not only under the last one seen.
    PressingOlder,
    /// What is typed can be completed by the application.
    Completing,
    /// The network draws people's attention to a message.
    Notifying,
    /// Files can be handed in with a command.
    HandingFiles,
    /// One person can be answered while another still waits.
    AnsweringAtOnce,
    /// Answers come in the order in which one person gave the commands in one room.
    Ordering,
    /// The bot can open rooms for some of the people.
    OpeningRooms,
    /// What is said in a room is seen by nobody who isn't in it.
    ClosedRooms,
    /// People can keep the bot from letting them into a room.
    StayingOut,
}

impl Skill {
    /// What can't be done, after "can't play this:".
    #[must_use]
    pub fn lack(self) -> &'static str {
        match self {
            Self::OtherBots => "no other bots",
            Self::Reconnecting => "no connection to lose",
            Self::Restarting => "no memory from one connector to the next",
            Self::Backlog => "nothing kept for a connector that is away",
            Self::Deleting => "no deleting",
            Self::ClosedDirect => "no refusing of direct messages",
            Self::TakingBack => "no taking back of what was shown",
            Self::PressingOlder => "no pressing of anything but the last message",
            Self::Completing => "no completion",
            Self::Notifying => "no notifications",
            Self::HandingFiles => "no handing in of files",
            Self::AnsweringAtOnce => "no answering of several people at once",
            Self::Ordering => "no order among answers",
            Self::OpeningRooms => "no rooms that the bot can open",
            Self::ClosedRooms => "no rooms that are closed to others",
            Self::StayingOut => "no way to stay out of a room",
        }
    }
}
