//! What one server does differently from the next.

/// How often something may be done: as many as `burst` at once, then so many a second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// What may be done without a pause.
    pub burst: u32,
    /// What may be done a second, after that.
    pub per_second: f64,
}

impl Rate {
    /// More than any test does.
    pub const UNLIMITED: Self = Self { burst: 1_000_000, per_second: 1_000_000.0 };
}

/// The settings of a server. The default stands in nobody's way.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub(crate) messages: Rate,
    pub(crate) logins: Rate,
    pub(crate) invitations: Rate,
    pub(crate) joins: Rate,
    pub(crate) upload_bytes: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            messages: Rate::UNLIMITED,
            logins: Rate::UNLIMITED,
            invitations: Rate::UNLIMITED,
            joins: Rate::UNLIMITED,
            upload_bytes: 50 << 20,
        }
    }
}

impl Settings {
    /// How fast one account may send events.
    #[must_use]
    pub fn messages(self, rate: Rate) -> Self {
        Self { messages: rate, ..self }
    }

    /// How fast one account, or all from one address, may log in.
    #[must_use]
    pub fn logins(self, rate: Rate) -> Self {
        Self { logins: rate, ..self }
    }

    /// How fast one account may invite, and be invited.
    #[must_use]
    pub fn invitations(self, rate: Rate) -> Self {
        Self { invitations: rate, ..self }
    }

    /// How fast one account may join rooms.
    #[must_use]
    pub fn joins(self, rate: Rate) -> Self {
        Self { joins: rate, ..self }
    }

    /// The largest file that is taken, in bytes.
    #[must_use]
    pub fn largest_upload(self, bytes: u64) -> Self {
        Self { upload_bytes: bytes, ..self }
    }
}
