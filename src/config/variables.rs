//! Settings from the environment: one variable a key, and secrets from files.

use super::SettingsError;
use figment::Figment;
use std::path::{Path, PathBuf};

/// How the text of a variable is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// As it is: a telephone number keeps its zero, a list its commas.
    Text,
    /// As a whole number.
    Number,
    /// As it is, or from the file that `…_FILE` names.
    Secret,
}

/// Keys that the environment can set, and with which variable.
const VARIABLES: [(&str, &str, Kind); 39] = [
    ("data_dir", "VIGIE_DATA_DIR", Kind::Text),
    ("referentiels_dir", "VIGIE_REFERENTIELS_DIR", Kind::Text),
    ("index_dir", "VIGIE_INDEX_DIR", Kind::Text),
    ("time_zone", "VIGIE_TIME_ZONE", Kind::Text),
    ("grace_days", "VIGIE_GRACE_DAYS", Kind::Number),
    ("retention_days", "VIGIE_RETENTION_DAYS", Kind::Number),
    ("backup_days", "VIGIE_BACKUP_DAYS", Kind::Number),
    ("handin_megabytes", "VIGIE_HANDIN_MEGABYTES", Kind::Number),
    ("handin_team_gigabytes", "VIGIE_HANDIN_TEAM_GIGABYTES", Kind::Number),
    ("handin_space_gigabytes", "VIGIE_HANDIN_SPACE_GIGABYTES", Kind::Number),
    ("free_megabytes", "VIGIE_FREE_MEGABYTES", Kind::Number),
    ("metrics_listen", "VIGIE_METRICS_LISTEN", Kind::Text),
    ("web_listen", "VIGIE_WEB_LISTEN", Kind::Text),
    ("web_public_url", "VIGIE_WEB_PUBLIC_URL", Kind::Text),
    ("web_trusted_proxies", "VIGIE_WEB_TRUSTED_PROXIES", Kind::Text),
    ("database_url", "DATABASE_URL", Kind::Secret),
    ("discord.token", "DISCORD_TOKEN", Kind::Secret),
    ("discord.api_base", "VIGIE_DISCORD_API_BASE", Kind::Text),
    ("discord.shards", "VIGIE_DISCORD_SHARDS", Kind::Text),
    ("discord.commands_in", "VIGIE_DISCORD_COMMANDS_IN", Kind::Text),
    ("matrix.homeserver", "VIGIE_MATRIX_HOMESERVER", Kind::Text),
    ("matrix.user", "VIGIE_MATRIX_USER", Kind::Text),
    ("matrix.password", "VIGIE_MATRIX_PASSWORD", Kind::Secret),
    ("matrix.access_token", "VIGIE_MATRIX_ACCESS_TOKEN", Kind::Secret),
    ("matrix.device_id", "VIGIE_MATRIX_DEVICE_ID", Kind::Text),
    ("matrix.recovery_key", "VIGIE_MATRIX_RECOVERY_KEY", Kind::Secret),
    ("matrix.allowed", "VIGIE_MATRIX_ALLOWED", Kind::Text),
    ("matrix.prefix", "VIGIE_MATRIX_PREFIX", Kind::Text),
    ("matrix.display_name", "VIGIE_MATRIX_DISPLAY_NAME", Kind::Text),
    ("matrix.avatar", "VIGIE_MATRIX_AVATAR", Kind::Text),
    ("matrix.trainer_level", "VIGIE_MATRIX_TRAINER_LEVEL", Kind::Number),
    ("matrix.administrator_level", "VIGIE_MATRIX_ADMINISTRATOR_LEVEL", Kind::Number),
    ("matrix.store_passphrase", "VIGIE_MATRIX_STORE_PASSPHRASE", Kind::Secret),
    ("matrix.trust", "VIGIE_MATRIX_TRUST", Kind::Text),
    ("matrix.reactions", "VIGIE_MATRIX_REACTIONS", Kind::Number),
    ("referent_handicap.nom", "VIGIE_REFERENT_HANDICAP_NOM", Kind::Text),
    ("referent_handicap.courriel", "VIGIE_REFERENT_HANDICAP_COURRIEL", Kind::Text),
    ("referent_handicap.telephone", "VIGIE_REFERENT_HANDICAP_TELEPHONE", Kind::Text),
    ("referent_handicap.lieu", "VIGIE_REFERENT_HANDICAP_LIEU", Kind::Text),
];

/// Puts what the environment says over the settings. An empty variable says nothing.
pub(super) fn over(
    mut figment: Figment,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Figment, SettingsError> {
    let given = |name: &str| environment(name).filter(|value| !value.trim().is_empty());
    for (key, variable, kind) in VARIABLES {
        let value = match kind {
            Kind::Secret => secret(variable, given(variable), given(&format!("{variable}_FILE")).map(PathBuf::from))?,
            Kind::Text | Kind::Number => given(variable),
        };
        let Some(value) = value else { continue };
        figment = match (kind, value.trim().parse::<i64>()) {
            (Kind::Number, Ok(number)) => figment.merge((key, number)),
            _ => figment.merge((key, value)),
        };
    }
    Ok(figment)
}

/// A secret, given or in a file: without the white space around it, which editors leave.
fn secret(
    variable: &'static str,
    given: Option<String>,
    file: Option<PathBuf>,
) -> Result<Option<String>, SettingsError> {
    match (given, file) {
        (Some(_), Some(_)) => Err(SettingsError::Twice(variable)),
        (given, None) => Ok(given.map(|value| value.trim().to_owned())),
        (None, Some(file)) => read(variable, &file).map(Some),
    }
}

fn read(variable: &'static str, file: &Path) -> Result<String, SettingsError> {
    let wrong = |cause: String| SettingsError::SecretFile { variable, file: file.to_owned(), cause };
    let text = std::fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
    match text.trim() {
        "" => Err(wrong("it is empty".to_owned())),
        secret => Ok(secret.to_owned()),
    }
}
