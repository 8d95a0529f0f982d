//! One request, as the rest of the connector asks for it.

use super::{Failure, not_answered, not_done};
use crate::render::Upload;
use reqwest::{
    header::CONTENT_LENGTH,
    multipart::{Form, Part},
};
use serde::Serialize;
use serenity::http::{Http, LightMethod, Request, Route};

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
}

/// Tries of a request that nobody waits for within seconds.
const PATIENT: usize = 6;
/// Tries of an answer that must be there within 3 s.
const HURRIED: usize = 3;

impl<'a> Call<'a> {
    fn new(method: LightMethod, route: Route<'a>) -> Self {
        let repeatable = !matches!(method, LightMethod::Post);
        Self { route, method, body: None, files: Vec::new(), params: None, repeatable, attempts: PATIENT }
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
        self
    }

    /// Whether it answers an interaction, at once or later.
    pub(crate) fn answers_interaction(&self) -> bool {
        matches!(
            self.route,
            Route::InteractionResponse { .. }
                | Route::WebhookOriginalInteractionResponse { .. }
                | Route::WebhookFollowupMessage { .. }
                | Route::WebhookFollowupMessages { .. }
        )
    }

    /// Whether files go with it.
    pub(crate) fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    /// The request for serenity's rate limiter, without files.
    pub(crate) fn request(&self) -> Request<'a> {
        let body = if self.has_files() { None } else { self.body.clone().map(String::into_bytes) };
        Request::new(self.route, self.method).params(self.params.clone()).body(body)
    }

    /// The whole request, files included.
    ///
    /// serenity numbers the files of a request only within its own builders, which hide what they send; so the form is
    /// made here.
    pub(crate) fn whole(&self, client: &reqwest::Client, http: &Http) -> Result<reqwest::Request, Failure> {
        let builder = self.request().build(client, http.token(), http.proxy.as_deref());
        let mut request = builder.map_err(|error| not_done(&error))?.build().map_err(|error| not_answered(&error))?;
        if !self.has_files() {
            return Ok(request);
        }
        let body = Part::text(self.body.clone().unwrap_or_default()).mime_str("application/json");
        let mut form = Form::new().part("payload_json", body.map_err(|error| not_answered(&error))?);
        for (rank, file) in self.files.iter().enumerate() {
            let part = Part::bytes(file.bytes.clone()).file_name(file.filename.clone());
            form = form.part(format!("files[{rank}]"), part);
        }
        // serenity announces an empty body.
        request.headers_mut().remove(CONTENT_LENGTH);
        let (headers, url) = (request.headers().clone(), request.url().clone());
        let whole = client.request(request.method().clone(), url).headers(headers).multipart(form).build();
        whole.map_err(|error| not_answered(&error))
    }

    /// What shares a rate limit with it.
    pub(crate) fn bucket(&self) -> String {
        format!("{:?} {:?}", self.method, self.route.ratelimiting_bucket())
    }
}
