//! What Discord would refuse, said before any state is looked at.
//!
//! The fake asks [`Rules::check`] for every REST call, before it does what the call wants. Two sources are combined:
//! Discord's own machine-readable description of its API, when it is at hand (see [`Rules::load`]), and rules written by
//! hand for what the description doesn't say. The hand-written ones hold alone, so that tests mean the same without the
//! description, only a little less.
//!
//! This module is stricter than Discord in three ways, on purpose, as a test double should be: a field that Discord would
//! ignore is refused, a call that the description doesn't know is refused, and (unless switched off) a message without
//! explicit `allowed_mentions` is refused. It knows nothing of state: whether a channel exists, whether an interaction was
//! already answered (40060) or is too old (10062), rate limits and permissions are for the fake itself.
//!
//! Lengths are counted in Unicode code points, as Discord's API does; `null` counts as absent.

mod attachment;
mod autocomplete;
mod block;
mod bounds;
mod button;
mod callback;
mod choice;
mod command;
mod command_name;
mod command_option;
mod command_set;
mod component;
mod description;
mod embed;
mod event;
mod file;
mod finding;
mod layout;
mod link;
mod mention;
mod message;
mod modal;
mod normal;
mod operation;
mod parameter;
mod place;
mod reference;
mod refusal;
mod row;
mod schema_error;
mod select;
mod snowflake;
mod strict;
mod subject;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text_input;
mod thread;
mod verdict;

use serde_json::Value;

use description::Description;
use finding::Findings;
use place::Place;
use subject::Subject;

pub use file::UploadedFile;
pub use refusal::Refusal;

/// One REST call, as it came.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The HTTP method, in capitals.
    pub method: &'a str,
    /// The path without `/api/v10`, such as `/channels/123/messages`; a query after `?` is left aside.
    pub path: &'a str,
    /// The JSON body, or the part `payload_json` of a form.
    pub body: Option<&'a Value>,
    /// The other parts of a form.
    pub files: &'a [UploadedFile],
}

/// The rules that a call must keep.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    description: Option<&'static Description>,
    house: House,
}

/// What is demanded beyond Discord's own rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum House {
    AsDiscord,
    DemandsAllowedMentions,
}

impl Rules {
    /// The rules, with Discord's own description when it is found.
    ///
    /// The environment variable `DISCORD_OPENAPI` names the file, and an empty value does without it; otherwise
    /// `shared/discord/openapi.json` is looked for beside each folder above this crate. It is read once per process. When
    /// there is none, one line on standard error says that only the hand-written rules apply.
    ///
    /// # Panics
    ///
    /// When the file is there, or named by the variable, and can't be read as the description.
    #[must_use]
    pub fn load() -> Self {
        Self { description: description::shared(), house: House::DemandsAllowedMentions }
    }

    /// Whether each message that is created or edited must carry explicit `allowed_mentions`, as it must at first.
    ///
    /// Discord accepts its absence, and then whatever a text mentions is pinged.
    #[must_use]
    pub fn demanding_allowed_mentions(mut self, yes: bool) -> Self {
        self.house = if yes { House::DemandsAllowedMentions } else { House::AsDiscord };
        self
    }

    /// Whether Discord's own description was found and is applied.
    #[must_use]
    pub fn schema_in_use(&self) -> bool {
        self.description.is_some()
    }

    /// Checks one call against all the rules.
    ///
    /// # Errors
    ///
    /// What Discord would answer: 404 for an operation that it doesn't have, 413 for a file that is too large, 400 with
    /// code 50035 and each misplaced thing at its place, 400 with code 50006 for an empty message.
    pub fn check(&self, call: &Call<'_>) -> Result<(), Refusal> {
        let path = call.path.split('?').next().unwrap_or_default();
        let operation = match self.description {
            Some(description) => Some(description.operation(call.method, path).ok_or_else(Refusal::not_found)?),
            None => None,
        };
        file::small_enough(call.files)?;
        let subject = Subject::of(call.method, path);
        let mut findings = Findings::default();
        let nothing = Value::Null;
        let body = Place::root(call.body.unwrap_or(&nothing));
        verdict::check(subject, &body, call.files, self.house, &mut findings);
        if let Some(operation) = operation {
            operation.check(path, &normal::normalised(body.value, subject), &mut findings);
        }
        findings.into_refusal().map_or(Ok(()), Err)?;
        verdict::last(subject, &body, call.files)
    }
}
