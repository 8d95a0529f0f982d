//! The folder of one Synapse: its configuration, its signing key, its log, its database.

use std::{fs, path::Path};

use base64::{Engine as _, prelude::BASE64_STANDARD_NO_PAD as BASE64};
use serde_json::{Value, json};

use crate::{
    error::StartError,
    settings::{Rate, Settings},
};

/// The name of every server here. It stands for no host: there is no federation.
pub(crate) const SERVER_NAME: &str = "town.test";

/// What a server is told.
pub(crate) struct Configuration<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) port: u16,
    pub(crate) registration_secret: &'a str,
}

impl Configuration<'_> {
    /// Writes the files that `python -m synapse.app.homeserver` starts from.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), StartError> {
        let key = format!("ed25519 a_test {}\n", random_text(32));
        // JSON is YAML, and quotes what it must.
        let files =
            [("homeserver.yaml", self.server().to_string()), ("log.yaml", log().to_string()), ("signing.key", key)];
        for (name, text) in files {
            let path = folder.join(name);
            fs::write(&path, text).map_err(StartError::system("writing", &path))?;
        }
        Ok(())
    }

    fn server(&self) -> Value {
        let Settings { messages, logins, invitations, joins, upload_bytes } = self.settings;
        let unlimited = rate(&Rate::UNLIMITED);
        json!({
            "server_name": SERVER_NAME,
            "public_baseurl": format!("http://127.0.0.1:{}/", self.port),
            "listeners": [{
                "port": self.port,
                "bind_addresses": ["127.0.0.1"],
                "type": "http",
                "tls": false,
                "x_forwarded": false,
                "resources": [{ "names": ["client"] }],
            }],
            "database": { "name": "sqlite3", "args": { "database": "homeserver.db" } },
            "media_store_path": "media",
            "signing_key_path": "signing.key",
            "pid_file": "homeserver.pid",
            "log_config": "log.yaml",
            "registration_shared_secret": self.registration_secret,
            "macaroon_secret_key": random_text(32),
            "form_secret": random_text(32),
            "bcrypt_rounds": 4,
            "report_stats": false,
            "enable_metrics": false,
            "presence": { "enabled": false },
            "url_preview_enabled": false,
            "federation_domain_whitelist": [],
            "trusted_key_servers": [],
            "suppress_key_server_warning": true,
            "max_upload_size": upload_bytes,
            // Element's servers have it: people may say who can invite them.
            "experimental_features": { "msc4155_enabled": true },
            "rc_message": rate(messages),
            "rc_login": { "address": rate(logins), "account": rate(logins), "failed_attempts": rate(logins) },
            "rc_invites": { "per_room": rate(invitations), "per_user": rate(invitations), "per_issuer": rate(invitations) },
            "rc_joins": { "local": rate(joins), "remote": rate(joins) },
            "rc_joins_per_room": rate(joins),
            "rc_registration": unlimited,
            "rc_admin_redaction": unlimited,
            "rc_key_requests": unlimited,
            "rc_media_create": unlimited,
            "rc_room_creation": unlimited,
            "rc_reports": unlimited,
            "rc_user_directory": unlimited,
            "rc_profile": unlimited,
        })
    }
}

fn rate(rate: &Rate) -> Value {
    json!({ "per_second": rate.per_second, "burst_count": rate.burst })
}

fn log() -> Value {
    json!({
        "version": 1,
        "formatters": { "line": { "format": "%(asctime)s %(name)s %(levelname)s %(message)s" } },
        "handlers": { "file": { "class": "logging.FileHandler", "formatter": "line", "filename": "homeserver.log" } },
        "root": { "level": "WARNING", "handlers": ["file"] },
        "disable_existing_loggers": false,
    })
}

/// So many random bytes, as text.
pub(crate) fn random_text(bytes: usize) -> String {
    let mut random = vec![0; bytes];
    getrandom::fill(&mut random).expect("the system has randomness");
    BASE64.encode(random)
}
