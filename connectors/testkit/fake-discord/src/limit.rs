//! Rate limits: buckets, the global one, and who doesn't wait.
//!
//! A bucket is a fixed window for each major parameter (channel, guild or webhook), as Discord's headers describe it.
//! Whoever was told to wait and asks again before then is complained about; requests that were already under way are
//! not.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use crate::{clock::ms, pattern::Pattern};

/// A client's timer may ring that much early.
const EARLY_MS: i64 = 5;
/// What was sent within that time of a refusal was under way.
const UNDER_WAY: Duration = Duration::from_millis(50);

/// All limits in force.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    rules: Vec<Rule>,
    windows: HashMap<(usize, String), Window>,
    blocks: Vec<Block>,
}

#[derive(Debug)]
struct Rule {
    pattern: Pattern,
    count: u32,
    per_ms: i64,
    scope: Scope,
}

#[derive(Debug)]
struct Window {
    used: u32,
    resets_ms: i64,
}

#[derive(Debug)]
struct Block {
    key: Option<String>,
    until_ms: i64,
    since: Instant,
    request: u64,
}

/// What a limit is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// A route, for each channel, guild or webhook.
    Bucket,
    /// Everything but answers to interactions.
    Global,
}

/// A request, as far as limits care.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) route: &'a str,
    /// Tells the same request sent again from another one.
    pub(crate) fingerprint: u64,
    pub(crate) at: Instant,
    pub(crate) now_ms: i64,
}

/// What the limits say about a request.
#[derive(Debug, PartialEq)]
pub(crate) enum Verdict {
    /// Go on, with these headers.
    Within(Vec<(&'static str, String)>),
    /// Wait.
    Beyond { scope: Scope, retry_ms: i64, headers: Vec<(&'static str, String)> },
}

impl Asked<'_> {
    /// The bucket: the route and its major parameter.
    fn key(&self) -> String {
        format!("{} {} {}", self.method, self.route, major(self.path))
    }

    fn answers_an_interaction(&self) -> bool {
        self.path.starts_with("/interactions/") || self.path.starts_with("/webhooks/")
    }
}

impl Limits {
    pub(crate) fn add(&mut self, pattern: Pattern, count: u32, per: Duration, scope: Scope) {
        self.rules.push(Rule { pattern, count, per_ms: ms(per), scope });
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Why this request should have waited, if it should.
    pub(crate) fn impatience(&mut self, asked: &Asked<'_>) -> Option<String> {
        self.blocks.retain(|block| block.until_ms - EARLY_MS > asked.now_ms);
        let key = asked.key();
        self.blocks.iter().find_map(|block| {
            let concerned = match &block.key {
                Some(blocked) => *blocked == key,
                None => !asked.answers_an_interaction(),
            };
            let under_way = asked.at < block.since + UNDER_WAY && asked.fingerprint != block.request;
            (concerned && !under_way).then(|| {
                let early_ms = block.until_ms - asked.now_ms;
                format!("{} {} came {early_ms} ms before the end of its rate limit", asked.method, asked.path)
            })
        })
    }

    /// Remembers that this request was told to wait.
    pub(crate) fn block(&mut self, asked: &Asked<'_>, scope: Scope, retry_ms: i64) {
        let key = (scope == Scope::Bucket).then(|| asked.key());
        let until_ms = asked.now_ms + retry_ms;
        self.blocks.push(Block { key, until_ms, since: Instant::now(), request: asked.fingerprint });
    }

    /// Counts this request against the limits.
    pub(crate) fn count(&mut self, asked: &Asked<'_>) -> Verdict {
        let mut verdict = Verdict::Within(Vec::new());
        for (index, rule) in self.rules.iter().enumerate() {
            let exempt = rule.scope == Scope::Global && asked.answers_an_interaction();
            if exempt || !rule.pattern.matches(asked.method, asked.path) {
                continue;
            }
            let major = if rule.scope == Scope::Global { String::new() } else { major(asked.path) };
            let fresh = Window { used: 0, resets_ms: asked.now_ms + rule.per_ms };
            let window = self.windows.entry((index, major)).or_insert(fresh);
            if window.resets_ms <= asked.now_ms {
                *window = Window { used: 0, resets_ms: asked.now_ms + rule.per_ms };
            }
            window.used += 1;
            let retry_ms = window.resets_ms - asked.now_ms;
            let remaining = rule.count.saturating_sub(window.used);
            let headers = headers(index, rule.count, remaining, window.resets_ms, retry_ms);
            if window.used > rule.count {
                return Verdict::Beyond { scope: rule.scope, retry_ms, headers };
            }
            if rule.scope == Scope::Bucket {
                verdict = Verdict::Within(headers);
            }
        }
        verdict
    }
}

/// The headers of a bucket.
pub(crate) fn headers(
    bucket: usize,
    limit: u32,
    remaining: u32,
    resets_ms: i64,
    retry_ms: i64,
) -> Vec<(&'static str, String)> {
    vec![
        ("x-ratelimit-limit", limit.to_string()),
        ("x-ratelimit-remaining", remaining.to_string()),
        ("x-ratelimit-reset", seconds(resets_ms)),
        ("x-ratelimit-reset-after", seconds(retry_ms)),
        ("x-ratelimit-bucket", format!("bucket{bucket}")),
    ]
}

/// Milliseconds as seconds with three decimals.
pub(crate) fn seconds(ms: i64) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

fn major(path: &str) -> String {
    let mut parts = path.split('/').skip(1);
    match (parts.next(), parts.next(), parts.next()) {
        (Some("channels" | "guilds"), Some(id), _) => id.to_owned(),
        (Some("webhooks" | "interactions"), Some(id), Some(token)) => format!("{id}/{token}"),
        _ => String::new(),
    }
}
