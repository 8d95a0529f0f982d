//! Discord's refusals: status, code and words.

use std::borrow::Cow;

use serde_json::{Value, json};

/// An error as Discord answers it.
#[derive(Clone, Debug)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) code: u32,
    pub(crate) message: Cow<'static, str>,
    pub(crate) errors: Option<Value>,
    /// What to complain about; a 400 is, save where the bot can't know before.
    pub(crate) complaint: Option<String>,
}

impl ApiError {
    const fn new(status: u16, code: u32, message: &'static str) -> Self {
        Self { status, code, message: Cow::Borrowed(message), errors: None, complaint: None }
    }

    pub(crate) const UNAUTHORIZED: Self = Self::new(401, 0, "401: Unauthorized");
    pub(crate) const NO_SUCH_ROUTE: Self = Self::new(404, 0, "404: Not Found");
    pub(crate) const UNKNOWN_APPLICATION: Self = Self::new(404, 10002, "Unknown Application");
    pub(crate) const UNKNOWN_CHANNEL: Self = Self::new(404, 10003, "Unknown Channel");
    pub(crate) const UNKNOWN_GUILD: Self = Self::new(404, 10004, "Unknown Guild");
    pub(crate) const UNKNOWN_MEMBER: Self = Self::new(404, 10007, "Unknown Member");
    pub(crate) const UNKNOWN_MESSAGE: Self = Self::new(404, 10008, "Unknown Message");
    pub(crate) const UNKNOWN_USER: Self = Self::new(404, 10013, "Unknown User");
    pub(crate) const UNKNOWN_WEBHOOK: Self = Self::new(404, 10015, "Unknown Webhook");
    pub(crate) const UNKNOWN_INTERACTION: Self = Self::new(404, 10062, "Unknown interaction");
    pub(crate) const UNKNOWN_COMMAND: Self = Self::new(404, 10063, "Unknown application command");
    pub(crate) const UNKNOWN_EVENT: Self = Self::new(404, 10070, "Unknown Guild Scheduled Event");
    /// A bot can't know how many others make.
    pub(crate) const TOO_MANY_EVENTS: Self =
        Self::new(400, 30038, "Maximum number of uncompleted guild scheduled events reached (100)");
    pub(crate) const EVENT_IS_OVER: Self = Self::new(400, 180_000, "Cannot update a finished event");
    pub(crate) const ALREADY_ANSWERED: Self = Self::new(400, 40060, "Interaction has already been acknowledged.");
    pub(crate) const MISSING_ACCESS: Self = Self::new(403, 50001, "Missing Access");
    pub(crate) const NOT_THE_AUTHOR: Self = Self::new(403, 50005, "Cannot edit a message authored by another user");
    pub(crate) const EMPTY_MESSAGE: Self = Self::new(400, 50006, "Cannot send an empty message");
    pub(crate) const CLOSED_DIRECT_MESSAGES: Self = Self::new(403, 50007, "Cannot send messages to this user");
    pub(crate) const MISSING_PERMISSIONS: Self = Self::new(403, 50013, "Missing Permissions");
    pub(crate) const INVALID_WEBHOOK_TOKEN: Self = Self::new(401, 50027, "Invalid Webhook Token");
    pub(crate) const WRONG_CHANNEL_TYPE: Self = Self::new(400, 50024, "Cannot execute action on this channel type");
    pub(crate) const THREAD_ASIDE: Self = Self::new(400, 50083, "Thread is archived");
    pub(crate) const INVALID_RECIPIENT: Self = Self::new(400, 50033, "Invalid Recipient(s)");
    pub(crate) const TOO_LARGE: Self = Self::new(413, 40005, "Request entity too large");
    pub(crate) const MALFORMED: Self = Self::new(400, 50109, "The request body contains invalid JSON.");

    /// A body that a rule forbids; `place` is where in the body.
    pub(crate) fn invalid(place: &str, why: &str) -> Self {
        let detail = json!([{ "code": "BASE_TYPE_INVALID", "message": why }]);
        Self {
            errors: Some(json!({ place: { "_errors": detail } })),
            complaint: Some(format!("{place}: {why}")),
            ..Self::new(400, 50035, "Invalid Form Body")
        }
    }

    /// The same error, also complained about.
    #[must_use]
    pub(crate) fn complained(self, what: impl Into<String>) -> Self {
        Self { complaint: Some(what.into()), ..self }
    }

    pub(crate) fn json(&self) -> Value {
        let mut value = json!({ "message": self.message, "code": self.code });
        if let Some(errors) = &self.errors {
            value["errors"] = errors.clone();
        }
        value
    }

    /// What to complain about, for a refusal that the bot should never meet.
    pub(crate) fn what_to_complain(&self) -> Option<String> {
        let details = || match &self.errors {
            Some(errors) => format!("{} {errors}", self.message),
            None => self.message.to_string(),
        };
        let is_known_before =
            self.status == 400 && ![Self::THREAD_ASIDE.code, Self::TOO_MANY_EVENTS.code].contains(&self.code);
        self.complaint.clone().or_else(|| is_known_before.then(details))
    }
}
