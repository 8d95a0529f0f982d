//! The homeserver and the people on it, proved on a real Synapse.
//!
//! Without python3, or without a way to install Synapse, the tests say that they skip; they fail when
//! `VIGIE_REQUIRE_ALL=1`.

mod people;
mod server;

use homeserver::{Homeserver, Missing, Settings, StartError};

type Checked = Result<(), Box<dyn std::error::Error>>;

/// The server that the tests share; none where there can be none.
async fn shared() -> Option<&'static Homeserver> {
    match Homeserver::shared().await {
        Ok(server) => Some(server),
        Err(StartError::Missing(missing)) => skip(missing),
        Err(error) => panic!("{error}"),
    }
}

/// A server of one's own; none where there can be none.
async fn own(settings: Settings) -> Option<Homeserver> {
    match Homeserver::start(settings).await {
        Ok(server) => Some(server),
        Err(StartError::Missing(missing)) => skip(&missing),
        Err(error) => panic!("{error}"),
    }
}

fn skip<T>(missing: &Missing) -> Option<T> {
    assert!(std::env::var_os("VIGIE_REQUIRE_ALL").is_none(), "{missing}");
    eprintln!("skipped: a real Synapse, because {missing}");
    None
}
