//! The log: on standard error, filtered, as text or JSON lines.

use anyhow::Context as _;
use std::io::IsTerminal;
use tracing::{Level, Metadata};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, filter};

/// What is logged unless somebody asks for more or less: what an operator must see.
const BY_DEFAULT: &str = "warn,vigie=info,vigie_discord=info,vigie_matrix=info";

/// Crates that log what passes through them, which is what people say and the tokens of requests. Only their errors are
/// logged, whatever is asked.
const INDISCREET: [&str; 18] = [
    "serenity",
    "tungstenite",
    "matrix_sdk",
    "matrix_sdk_base",
    "matrix_sdk_common",
    "matrix_sdk_crypto",
    "matrix_sdk_sqlite",
    "matrix_sdk_store_encryption",
    "vodozemac",
    "ruma",
    "reqwest",
    "hyper",
    "hyper_util",
    "h2",
    "axum",
    "tower_http",
    "rustls",
    "sqlx",
];

/// Starts the log. Without a filter, a conversation on the terminal (`quiet`) is only interrupted by warnings.
pub(super) fn start(asked: Option<&str>, json: bool, quiet: bool) -> anyhow::Result<()> {
    let asked = asked.unwrap_or(if quiet { "warn" } else { BY_DEFAULT });
    let wanted = EnvFilter::try_new(asked).with_context(|| format!("the log filter `{asked}` can't be read"))?;
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = if json { lines.json().boxed() } else { lines.with_ansi(colour).boxed() };
    // A second start in one process (tests) leaves the first in force.
    let _ =
        tracing_subscriber::registry().with(lines.with_filter(filter::filter_fn(is_discreet))).with(wanted).try_init();
    Ok(())
}

/// Whether an event or a span says nothing of what passes through.
fn is_discreet(metadata: &Metadata<'_>) -> bool {
    // A question that is answered by "there is none" is an error to it; the connector tells what matters.
    if metadata.target().starts_with("matrix_sdk::http_client") {
        return false;
    }
    let crate_name = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() == Level::ERROR || !INDISCREET.contains(&crate_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::sync::{Arc, Mutex, PoisonError};

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_people_say_is_never_logged() {
        let lines = Lines::default();
        let writer = lines.clone();
        let layer = tracing_subscriber::fmt::layer().with_writer(move || writer.clone());
        let subscriber = tracing_subscriber::registry()
            .with(layer.with_filter(filter::filter_fn(is_discreet)))
            .with(EnvFilter::new("trace,serenity::gateway::ws=trace"));
        tracing::subscriber::with_default(subscriber, || {
            tracing::warn!(target: "serenity::gateway::ws", "said in confidence");
            tracing::info_span!(target: "serenity::http::request", "build", body = "said in confidence").in_scope(
                || {
                    tracing::info!(target: "vigie::app", "heard");
                },
            );
        });
        let logged = String::from_utf8(lines.0.lock().expect("nobody panicked").clone()).expect("text");
        assert!(logged.contains("heard"), "{logged}");
        assert!(!logged.contains("confidence"), "{logged}");
    }

    #[test]
    fn a_filter_that_says_nothing_is_refused() {
        assert!(start(Some("vigie=loud"), false, true).is_err());
    }
}
