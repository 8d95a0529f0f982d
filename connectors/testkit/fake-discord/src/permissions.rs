//! Who may do what where: Discord's permission bits and how they add up.
//!
//! The order is Discord's: everyone's role, then the member's roles, then the channel's overwrites for everyone, for
//! roles, for the member. An administrator and the owner may do everything.

use std::ops::{BitOr, BitOrAssign};

/// A set of permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Permissions(u64);

impl Permissions {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// Add reactions.
    pub const ADD_REACTIONS: Self = Self(1 << 6);
    /// Everything, everywhere.
    pub const ADMINISTRATOR: Self = Self(1 << 3);
    /// Manage the server.
    pub const MANAGE_GUILD: Self = Self(1 << 5);
    /// See a channel.
    pub const VIEW_CHANNEL: Self = Self(1 << 10);
    /// Write in a channel.
    pub const SEND_MESSAGES: Self = Self(1 << 11);
    /// Delete and pin others' messages.
    pub const MANAGE_MESSAGES: Self = Self(1 << 13);
    /// Have embeds in one's messages.
    pub const EMBED_LINKS: Self = Self(1 << 14);
    /// Have files in one's messages.
    pub const ATTACH_FILES: Self = Self(1 << 15);
    /// Read what was written before.
    pub const READ_MESSAGE_HISTORY: Self = Self(1 << 16);
    /// Mention everyone.
    pub const MENTION_EVERYONE: Self = Self(1 << 17);
    /// Use slash commands.
    pub const USE_APPLICATION_COMMANDS: Self = Self(1 << 31);
    /// Change and delete others' scheduled events.
    pub const MANAGE_EVENTS: Self = Self(1 << 33);
    /// Change and delete others' threads, and see private ones.
    pub const MANAGE_THREADS: Self = Self(1 << 34);
    /// Make private threads.
    pub const CREATE_PRIVATE_THREADS: Self = Self(1 << 36);
    /// Write in threads.
    pub const SEND_MESSAGES_IN_THREADS: Self = Self(1 << 38);
    /// Make scheduled events, and change and delete one's own.
    pub const CREATE_EVENTS: Self = Self(1 << 44);
    /// Every permission there is.
    pub const ALL: Self = Self((1 << 50) - 1);

    /// The set with these bits.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// What a member of a new server may do.
    #[must_use]
    pub const fn of_everyone() -> Self {
        Self(
            Self::ADD_REACTIONS.0
                | Self::VIEW_CHANNEL.0
                | Self::SEND_MESSAGES.0
                | Self::EMBED_LINKS.0
                | Self::ATTACH_FILES.0
                | Self::READ_MESSAGE_HISTORY.0
                | Self::USE_APPLICATION_COMMANDS.0
                | Self::CREATE_PRIVATE_THREADS.0
                | Self::SEND_MESSAGES_IN_THREADS.0,
        )
    }

    /// Whether all of `wanted` is in this set.
    #[must_use]
    pub const fn has(self, wanted: Self) -> bool {
        self.0 & wanted.0 == wanted.0
    }

    /// The bits.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// This set after an overwrite that takes `deny` away, then adds `allow`.
    #[must_use]
    pub(crate) const fn overwritten(self, allow: Self, deny: Self) -> Self {
        Self((self.0 & !deny.0) | allow.0)
    }
}

impl BitOr for Permissions {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Permissions {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}
