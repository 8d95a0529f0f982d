//! Faults that a test scripts: "the next two messages are answered by 503".

use std::time::Duration;

use crate::pattern::Pattern;

/// Which requests meet a fault.
///
/// Made from a pattern such as `"POST /channels/*/messages"` (see [`crate`]); the next request only, unless said
/// otherwise.
#[derive(Clone, Debug)]
pub struct Matcher {
    pattern: Pattern,
    times: usize,
    skipped: usize,
    text: Option<String>,
}

impl Matcher {
    /// The next request that matches this pattern.
    #[must_use]
    pub fn on(pattern: &str) -> Self {
        Self { pattern: Pattern::read(pattern), times: 1, skipped: 0, text: None }
    }

    /// The next request, whatever it is.
    #[must_use]
    pub fn any() -> Self {
        Self { pattern: Pattern::any(), times: 1, skipped: 0, text: None }
    }

    /// That many requests.
    #[must_use]
    pub fn times(self, times: usize) -> Self {
        Self { times, ..self }
    }

    /// All requests from now on.
    #[must_use]
    pub fn always(self) -> Self {
        self.times(usize::MAX)
    }

    /// Not the first `count` that match.
    #[must_use]
    pub fn after(self, count: usize) -> Self {
        Self { skipped: count, ..self }
    }

    /// Only those whose body contains this text.
    #[must_use]
    pub fn containing(self, text: &str) -> Self {
        Self { text: Some(text.to_owned()), ..self }
    }
}

impl From<&str> for Matcher {
    fn from(pattern: &str) -> Self {
        Self::on(pattern)
    }
}

/// What happens to a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// 429 of its bucket; asking again before that is a complaint.
    RateLimited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// 429 of everything; any request before that is a complaint.
    RateLimitedGlobally {
        /// How long to wait.
        retry_after: Duration,
    },
    /// Answered by this status, with a page instead of JSON, as a proxy in trouble does.
    Status(u16),
    /// Refused with this error.
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's error code.
        code: u32,
        /// What is said about it.
        message: &'static str,
    },
    /// The connection is cut before anything is done.
    CutBefore,
    /// It is done, and the connection is cut before the answer: the bot can't know.
    CutAfter,
    /// It is done at once and answered that much later.
    AnsweredLate(Duration),
}

/// The faults that are still to come.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<(Matcher, Fault)>);

impl Faults {
    pub(crate) fn add(&mut self, matcher: Matcher, fault: Fault) {
        self.0.push((matcher, fault));
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault that this request meets.
    pub(crate) fn take(&mut self, method: &str, path: &str, body: &[u8]) -> Option<Fault> {
        let mut found = None;
        for (matcher, fault) in &mut self.0 {
            let contains = |text: &String| String::from_utf8_lossy(body).contains(text.as_str());
            if !matcher.pattern.matches(method, path) || !matcher.text.as_ref().is_none_or(contains) {
                continue;
            }
            if matcher.skipped > 0 {
                matcher.skipped -= 1;
            } else {
                matcher.times = matcher.times.saturating_sub(1);
                found = Some(fault.clone());
                break;
            }
        }
        self.0.retain(|(matcher, _)| matcher.times > 0);
        found
    }
}
