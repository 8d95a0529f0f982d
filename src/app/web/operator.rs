//! How the program is, for whoever runs it: whether it lives, whether it can answer, its counts.

use crate::store::Store;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use std::sync::Arc;
use std::time::Duration;
use vigie_chat::Connector;

/// How long the store may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often what was measured is put together, so that it doesn't pile up where nobody reads it.
const UPKEEP: Duration = Duration::from_secs(5);

/// The type of counts that Prometheus reads.
const COUNTS: &str = "text/plain; version=0.0.4; charset=utf-8";

/// What is looked at.
#[derive(Clone)]
pub struct Operator {
    store: Store,
    networks: Arc<[Arc<dyn Connector>]>,
    counts: PrometheusHandle,
}

impl std::fmt::Debug for Operator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Operator").finish_non_exhaustive()
    }
}

impl Operator {
    /// Looks at this store, these networks and these counts.
    #[must_use]
    pub fn new(store: Store, networks: Arc<[Arc<dyn Connector>]>, counts: PrometheusHandle) -> Self {
        Self { store, networks, counts }
    }

    /// What is answered: `/healthz`, `/readyz`, `/metrics`.
    pub fn router(&self) -> Router {
        let router = Router::new();
        let router = router.route("/healthz", get(async || "ok\n"));
        let router = router.route("/readyz", get(ready)).route("/metrics", get(counts));
        router.with_state(self.clone())
    }

    /// Puts together what was measured, until it is dropped.
    pub async fn upkeep(self) {
        loop {
            tokio::time::sleep(UPKEEP).await;
            self.counts.run_upkeep();
        }
    }

    /// What keeps it from answering people; nothing when it can.
    async fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        if !matches!(tokio::time::timeout(PATIENCE, self.store.answers()).await, Ok(Ok(()))) {
            missing.push("store: does not answer".to_owned());
        }
        let silent = self.networks.iter().filter(|network| !network.can_send());
        missing.extend(silent.map(|network| format!("{}: not connected", network.name())));
        missing
    }
}

/// Whether people can be answered: the store answers, and each network is connected.
async fn ready(State(operator): State<Operator>) -> Response {
    let missing = operator.missing().await;
    if missing.is_empty() {
        return "ready\n".into_response();
    }
    (StatusCode::SERVICE_UNAVAILABLE, missing.join("\n") + "\n").into_response()
}

async fn counts(State(operator): State<Operator>) -> Response {
    ([(header::CONTENT_TYPE, COUNTS)], operator.counts.render()).into_response()
}
