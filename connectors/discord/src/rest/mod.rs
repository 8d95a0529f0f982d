//! Requests to Discord: within its rate limits, tried again when that is of use, told apart when they fail.
//!
//! Addresses of requests, bodies and answers never reach a log: they hold tokens and what people say. A log line has the
//! name of the route only.

mod call;
mod failure;
mod pace;

pub(crate) use call::Call;
pub(crate) use failure::Failure;

use failure::Body;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use pace::{Overall, Pace};
use reqwest::Response;
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use serenity::http::{Http, HttpBuilder, Route};
use std::{num::NonZeroU32, sync::Arc, time::Duration};
use tokio::sync::watch;
use tracing::Instrument as _;

use crate::options::{Options, Patience};

/// Longest wait that Discord may ask for before the caller is told instead.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// Requests a second, of the 50 that Discord takes from a bot; answers to interactions don't count among them.
const OVERALL: NonZeroU32 = NonZeroU32::new(45).expect("not zero");

/// Of these, how many may leave at once.
const BURST: NonZeroU32 = NonZeroU32::new(5).expect("not zero");

/// Hosts of the files that people send.
const FILES: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

/// Discord's code for a body that breaks its rules.
const INVALID_BODY: u32 = 50_035;

/// Discord's code for an interaction that already has its answer.
const ALREADY_ANSWERED: u32 = 40_060;

tokio::task_local! {
    /// What the request does that serenity's limiter is sending: its callback tells the address only.
    static SENDING: &'static str;
}

/// The way to Discord's REST API.
pub(crate) struct Rest {
    /// serenity's client, which the gateway uses too.
    pub(crate) http: Arc<Http>,
    client: reqwest::Client,
    pace: Arc<Pace>,
    patience: Patience,
    overall: DefaultDirectRateLimiter,
    /// Where files may come from besides Discord's own hosts.
    files_from: Option<String>,
    /// Becomes true when Discord no longer takes the token.
    revoked: watch::Sender<bool>,
}

impl Rest {
    pub(crate) fn new(options: &Options) -> Result<Self, reqwest::Error> {
        let client = match &options.client {
            Some(client) => client.clone(),
            None => reqwest::Client::builder()
                .connect_timeout(Duration::from_secs(10))
                .timeout(Duration::from_secs(30))
                .build()?,
        };
        let mut builder = HttpBuilder::new(options.token.expose_secret()).client(client.clone());
        if let Some(base) = &options.api_base {
            // serenity goes elsewhere than to Discord only without its own rate limiter; `Pace` takes its place.
            builder = builder.proxy(base).ratelimiter_disabled(true);
        }
        let pace = Arc::new(Pace::default());
        let mut http = builder.build();
        if let Some(limiter) = &mut http.ratelimiter {
            let pace = Arc::clone(&pace);
            limiter.set_ratelimit_callback(Box::new(move |info| {
                // It is called for each 429, and hardly ever for a wait of its own: `Pace` has waited before.
                let _ = SENDING.try_with(|what| count(what, "limited"));
                if info.global {
                    pace.hold_everything(info.timeout);
                }
            }));
        }
        Ok(Self {
            http: Arc::new(http),
            client,
            pace,
            patience: options.patience,
            overall: RateLimiter::direct(Quota::per_second(OVERALL).allow_burst(BURST)),
            files_from: options.api_base.clone(),
            revoked: watch::Sender::new(false),
        })
    }

    /// Resolves when Discord no longer takes the token.
    pub(crate) async fn revoked(&self) {
        let mut revoked = self.revoked.subscribe();
        // The sender lives as long as `self`.
        let _ = revoked.wait_for(|revoked| *revoked).await;
    }

    /// Sends a request and reads the answer.
    pub(crate) async fn ask<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, Failure> {
        let response = self.send(call).await?;
        let bytes = response.bytes().await.map_err(|error| Failure::NoAnswer(error.without_url().to_string()))?;
        serde_json::from_slice(&bytes).map_err(|error| Failure::Unreadable(error.to_string()))
    }

    /// Sends a request and reads the answer, if it has content.
    pub(crate) async fn ask_if_any<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<Option<T>, Failure> {
        let response = self.send(call).await?;
        let bytes = response.bytes().await.map_err(|error| Failure::NoAnswer(error.without_url().to_string()))?;
        Ok(serde_json::from_slice(&bytes).ok())
    }

    /// Sends a request whose answer says nothing, or nothing of use.
    pub(crate) async fn tell(&self, call: Call<'_>) -> Result<(), Failure> {
        self.send(call).await.map(|_| ())
    }

    /// Deletes a message, or finds it deleted.
    pub(crate) async fn remove(&self, message: Route<'_>) -> Result<(), Failure> {
        match self.tell(Call::delete(message)).await {
            Err(failure) if failure.is_missing_message() => Ok(()),
            done => done,
        }
    }

    async fn send(&self, call: Call<'_>) -> Result<Response, Failure> {
        if *self.revoked.borrow() {
            // Each further one would count against the address: 10,000 in 10 minutes and it is shut out.
            return Err(Failure::Refused { status: 401, code: 0, message: "the token was refused before".to_owned() });
        }
        let mut waits = self.patience.between(call.attempts);
        let mut unsure = false;
        loop {
            let done = self.once(&call).instrument(tracing::info_span!("request", what = call.what())).await;
            count(call.what(), outcome(&done));
            let failure = match done {
                Ok(response) => return Ok(response),
                Err(failure) if unsure && failure.code() == ALREADY_ANSWERED => return Err(Failure::DoneBefore),
                Err(failure) => failure,
            };
            unsure |= matches!(failure, Failure::NoAnswer(_) | Failure::Server(_));
            if failure.is_unauthorized() {
                self.revoked.send_replace(true);
            }
            let passing = failure.is_passing(call.repeatable);
            let Some(wait) = waits.next().filter(|_| passing) else { return Err(failure) };
            tracing::debug!(bucket = call.bucket().name, %failure, "a request is tried again");
            tokio::time::sleep(wait).await;
        }
    }

    /// Sends a request once, or as often as Discord asks to wait.
    async fn once(&self, call: &Call<'_>) -> Result<Response, Failure> {
        let bucket = call.bucket();
        let mut asked_to_wait = Duration::ZERO;
        for _ in 0..call.attempts {
            self.pace.wait(&bucket, LONGEST_WAIT).await.map_err(Failure::RateLimited)?;
            if bucket.overall == Overall::Counts {
                self.overall.until_ready().await;
            }
            let response = self.perform(call).await?;
            if let Some(wait) = self.pace.learn(&bucket, &response) {
                count(call.what(), "limited");
                asked_to_wait = wait;
                continue;
            }
            let status = response.status();
            if status.is_success() {
                return Ok(response);
            }
            let bytes = response.bytes().await.unwrap_or_default();
            let body: Body = serde_json::from_slice(&bytes).unwrap_or_default();
            if body.code == INVALID_BODY {
                tracing::error!(
                    bucket = bucket.name,
                    "Discord refuses the form of what is sent; this is a fault of Vigie's"
                );
            }
            return Err(Failure::of(status, body));
        }
        Err(Failure::RateLimited(asked_to_wait))
    }

    /// Sends a request through serenity's limiter, where that serves.
    async fn perform(&self, call: &Call<'_>) -> Result<Response, Failure> {
        let limiter = self.http.ratelimiter.as_ref().filter(|_| call.suits_serenity());
        let Some(limiter) = limiter else {
            let request = call.whole(&self.client, &self.http)?;
            return self.client.execute(request).await.map_err(|error| not_answered(&error));
        };
        // It would wait for as long as Discord says, and others with it.
        match tokio::time::timeout(LONGEST_WAIT, SENDING.scope(call.what(), limiter.perform(call.request()))).await {
            Ok(done) => done.map_err(|error| not_done(&error)),
            Err(_) => Err(Failure::RateLimited(LONGEST_WAIT)),
        }
    }

    /// Reads a file that came with an event, if it has at most `most` bytes.
    pub(crate) async fn download(&self, url: &str, most: u64) -> Result<Option<Vec<u8>>, Failure> {
        if !self.is_a_file(url) {
            return Err(Failure::Unsendable("files come from Discord only".to_owned()));
        }
        let mut response = self.client.get(url).send().await.map_err(|error| not_answered(&error))?;
        if !self.is_a_file(response.url().as_str()) {
            return Err(Failure::Unsendable("a file leads away from Discord".to_owned()));
        }
        if !response.status().is_success() {
            return Err(Failure::of(response.status(), Body::default()));
        }
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| not_answered(&error))? {
            if (bytes.len() + piece.len()) as u64 > most {
                return Ok(None);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(Some(bytes))
    }

    /// Whether an address is one of Discord's files: whoever could name another would have the bot read it for them.
    fn is_a_file(&self, url: &str) -> bool {
        let Ok(url) = reqwest::Url::parse(url) else { return false };
        let ours = url.scheme() == "https" && url.host_str().is_some_and(|host| FILES.contains(&host));
        ours || self.files_from.as_ref().is_some_and(|base| url.as_str().starts_with(&format!("{base}/")))
    }
}

/// What became of a request, as a label.
fn outcome<T>(done: &Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(Failure::Refused { .. }) => "refused",
        Err(_) => "failed",
    }
}

/// Counts what became of a request, and besides, as `limited`, each time that Discord asked it to wait.
fn count(what: &'static str, outcome: &'static str) {
    metrics::counter!("vigie_discord_requests_total", "what" => what, "outcome" => outcome).increment(1);
}

/// What serenity's limiter tells when there is no answer.
fn not_done(error: &serenity::Error) -> Failure {
    match error {
        serenity::Error::Http(serenity::http::HttpError::Request(error)) => not_answered(error),
        other => Failure::Unsendable(other.to_string()),
    }
}

/// A request without an answer. The address isn't told: it may hold a token.
fn not_answered(error: &reqwest::Error) -> Failure {
    let what = if error.is_timeout() { "no answer in time" } else { "the connection failed" };
    if error.is_builder() {
        Failure::Unsendable("it can't be written".to_owned())
    } else if error.is_connect() {
        Failure::NotSent(what.to_owned())
    } else {
        Failure::NoAnswer(what.to_owned())
    }
}
