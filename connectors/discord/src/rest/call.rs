//! One request, as the rest of the connector asks for it.

use super::{
    Failure, not_answered, not_done,
    pace::{Bucket, Overall},
};
use crate::render::Upload;
use reqwest::{
    header::CONTENT_LENGTH,
    multipart::{Form, Part},
};
use serde::Serialize;
use serenity::http::{Http, LightMethod, Request, Route};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    time::Duration,
};

/// A request that can be sent again.
#[derive(Debug, Clone)]
pub(crate) struct Call<'a> {
    pub(crate) route: Route<'a>,
    method: LightMethod,
    body: Option<String>,
    files: Vec<Upload>,
    params: Option<Vec<(&'static str, String)>>,
    /// Whether doing it twice does no more than doing it once.
    pub(crate) repeatable: bool,
    /// How often it is tried at most.
    pub(crate) attempts: usize,
    /// How long each try may take, if not as long as any request.
    timeout: Option<Duration>,
}

/// Tries of a request that nobody waits for within seconds.
const PATIENT: usize = 6;
/// Tries of an answer that must be there within 3 s.
const HURRIED: usize = 3;
/// How long each of these may take.
const HURRIED_TIMEOUT: Duration = Duration::from_millis(1_200);

impl<'a> Call<'a> {
    fn new(method: LightMethod, route: Route<'a>) -> Self {
        let repeatable = !matches!(method, LightMethod::Post);
        Self {
            route,
            method,
            body: None,
            files: Vec::new(),
            params: None,
            repeatable,
            attempts: PATIENT,
            timeout: None,
        }
    }

    pub(crate) fn get(route: Route<'a>) -> Self {
        Self::new(LightMethod::Get, route)
    }

    pub(crate) fn post(route: Route<'a>) -> Self {
        Self::new(LightMethod::Post, route)
    }

    pub(crate) fn put(route: Route<'a>) -> Self {
        Self::new(LightMethod::Put, route)
    }

    pub(crate) fn patch(route: Route<'a>) -> Self {
        Self::new(LightMethod::Patch, route)
    }

    pub(crate) fn delete(route: Route<'a>) -> Self {
        Self::new(LightMethod::Delete, route)
    }

    /// With this JSON body.
    pub(crate) fn json(mut self, body: &impl Serialize) -> Self {
        // What is sent is made of texts, numbers and maps with text keys, which always have a JSON writing.
        self.body = Some(serde_json::to_string(body).expect("what is sent always has a JSON writing"));
        self
    }

    /// With these files, whose places in the body's `attachments` are their ranks here.
    pub(crate) fn files(mut self, files: &[Upload]) -> Self {
        self.files = files.to_vec();
        self
    }

    /// With a parameter in the address.
    pub(crate) fn param(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.get_or_insert_default().push((name, value.into()));
        self
    }

    /// The same, whose repetition Discord recognises.
    pub(crate) fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }

    /// The same, given up soon.
    pub(crate) fn hurried(mut self) -> Self {
        self.attempts = HURRIED;
        self.timeout = Some(HURRIED_TIMEOUT);
        self
    }

    /// The token of the interaction that it answers, at once or later.
    fn interaction(&self) -> Option<&str> {
        match self.route {
            Route::InteractionResponse { token, .. }
            | Route::WebhookOriginalInteractionResponse { token, .. }
            | Route::WebhookFollowupMessage { token, .. }
            | Route::WebhookFollowupMessages { token, .. } => Some(token),
            _ => None,
        }
    }

    /// What it does, as a label of counts and spans.
    pub(crate) fn what(&self) -> &'static str {
        match (self.route, self.method) {
            (Route::InteractionResponse { .. }, _) => "first answer",
            (Route::WebhookFollowupMessages { .. }, _) => "follow-up",
            (Route::WebhookOriginalInteractionResponse { .. } | Route::WebhookFollowupMessage { .. }, method) => {
                if method == LightMethod::Delete {
                    "removal"
                } else {
                    "edit"
                }
            }
            (Route::ChannelMessages { .. }, LightMethod::Get) => "history",
            (Route::ChannelMessages { .. }, _) => "message",
            (Route::ChannelMessage { .. }, LightMethod::Delete) => "removal",
            (Route::ChannelMessage { .. }, _) => "edit",
            (Route::UserMeDmChannels, _) => "direct room",
            (
                Route::Channel { .. }
                | Route::ChannelThreads { .. }
                | Route::ChannelThreadMember { .. }
                | Route::GuildThreadsActive { .. },
                _,
            ) => "room",
            (Route::ChannelTyping { .. }, _) => "typing",
            (Route::GuildScheduledEvents { .. } | Route::GuildScheduledEvent { .. }, _) => "event",
            (Route::Commands { .. } | Route::GuildCommands { .. }, _) => "commands",
            (Route::GatewayBot, _) => "gateway",
            _ => "login",
        }
    }

    /// Whether serenity's rate limiter can send it.
    pub(crate) fn suits_serenity(&self) -> bool {
        self.files.is_empty() && self.interaction().is_none()
    }

    /// The request for serenity's rate limiter, without files.
    pub(crate) fn request(&self) -> Request<'a> {
        let body = self.body.clone().filter(|_| self.files.is_empty()).map(String::into_bytes);
        Request::new(self.route, self.method).params(self.params.clone()).body(body)
    }

    /// The whole request, files included.
    ///
    /// serenity numbers the files of a request only within its own builders, which hide what they send; so the form is
    /// made here.
    pub(crate) fn whole(&self, client: &reqwest::Client, http: &Http) -> Result<reqwest::Request, Failure> {
        let builder = self.request().build(client, http.token(), http.proxy.as_deref());
        let mut request = builder.map_err(|error| not_done(&error))?.build().map_err(|error| not_answered(&error))?;
        *request.timeout_mut() = self.timeout;
        if self.files.is_empty() {
            return Ok(request);
        }
        let body = Part::text(self.body.clone().unwrap_or_default()).mime_str("application/json");
        let mut form = Form::new().part("payload_json", body.map_err(|error| not_answered(&error))?);
        for (rank, file) in self.files.iter().enumerate() {
            let part = || Part::bytes(file.bytes.clone()).file_name(file.filename.clone());
            // A type that isn't one is left for Discord to guess.
            let part = part().mime_str(&file.media_type).unwrap_or_else(|_| part());
            form = form.part(format!("files[{rank}]"), part);
        }
        // serenity announces an empty body.
        request.headers_mut().remove(CONTENT_LENGTH);
        let (headers, url) = (request.headers().clone(), request.url().clone());
        let whole = client.request(request.method().clone(), url).headers(headers).multipart(form).build();
        whole.map_err(|error| not_answered(&error))
    }

    /// What shares a rate limit with it. Answers to an interaction have theirs by its token, which is only told hashed.
    pub(crate) fn bucket(&self) -> Bucket {
        let kind = format!("{:?} {:?}", self.method, self.route.ratelimiting_bucket());
        match self.interaction() {
            None => Bucket { name: kind, overall: Overall::Counts },
            Some(token) => {
                let mut hasher = DefaultHasher::new();
                token.hash(&mut hasher);
                Bucket { name: format!("{kind} {:016x}", hasher.finish()), overall: Overall::Apart }
            }
        }
    }
}
