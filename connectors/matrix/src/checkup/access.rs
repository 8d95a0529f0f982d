//! What lets the account be looked at, from the session that the bot keeps.

use secrecy::SecretString;
use serde::Deserialize;
use std::path::Path;

/// The file of the session in the connector's folder.
const SESSION: &str = "session.json";

/// What lets the account be looked at.
#[derive(Debug, Clone, Deserialize)]
pub struct Access {
    /// Address of the homeserver.
    pub homeserver: String,
    /// Token of the session.
    #[serde(rename = "access_token")]
    pub token: SecretString,
}

/// What the session kept in a folder lets see; `None` when there is no session, or none that can be read.
///
/// Only what is needed is read, so that another version's session is of use too.
#[must_use]
pub fn access(folder: &Path) -> Option<Access> {
    let session = std::fs::read(folder.join(SESSION)).ok()?;
    serde_json::from_slice(&session).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret as _;

    #[test]
    fn a_session_is_read_whatever_else_it_holds_and_never_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(access(folder.path()).is_none());
        let write = |text: &str| std::fs::write(folder.path().join(SESSION), text).expect("a file");
        write(
            r#"{"homeserver":"https://exemple.fr","user_id":"@vigie:exemple.fr","access_token":"s3cret","next":{"a":1}}"#,
        );
        let read = access(folder.path()).expect("a session");
        assert_eq!((read.homeserver.as_str(), read.token.expose_secret()), ("https://exemple.fr", "s3cret"));
        assert!(!format!("{read:?}").contains("s3cret"), "{read:?}");
        write(r#"{"homeserver":"https://exemple.fr"#);
        assert!(access(folder.path()).is_none());
    }
}
