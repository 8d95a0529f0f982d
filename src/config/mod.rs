//! Settings: defaults, then the file, then the environment.
//!
//! A file `vigie.toml` (`--config`, `VIGIE_CONFIG`); every key is also a variable `VIGIE_…`. Unknown keys are refused, so
//! that a misspelt one doesn't go unseen.

use figment::Figment;
use figment::providers::{Format, Serialized, Toml};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// File read when none is named, if it exists.
const FILE: &str = "vigie.toml";

/// Keys that the environment can set: `referent_handicap.nom` is `VIGIE_REFERENT_HANDICAP_NOM`.
const VARIABLES: [&str; 8] = [
    "data_dir",
    "referentiels_dir",
    "index_dir",
    "time_zone",
    "referent_handicap.nom",
    "referent_handicap.courriel",
    "referent_handicap.telephone",
    "referent_handicap.lieu",
];

/// What the operator chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Folder of everything that is kept.
    pub data_dir: PathBuf,
    /// Folder of référentiel files that add to the embedded ones or replace them.
    pub referentiels_dir: Option<PathBuf>,
    /// Folder where the index is kept from one start to the next; in memory only when absent.
    pub index_dir: Option<PathBuf>,
    /// IANA name of the time zone of dates and hours.
    pub time_zone: String,
    /// The person to contact for accommodation.
    pub referent_handicap: Option<ReferentHandicap>,
}

/// The person to contact for accommodation, as the centre wants them presented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferentHandicap {
    /// Name or function.
    pub nom: String,
    /// Address for mail.
    pub courriel: Option<String>,
    /// Telephone number.
    pub telephone: Option<String>,
    /// Where and when to come.
    pub lieu: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data_dir: PathBuf::from("./data"),
            referentiels_dir: None,
            index_dir: None,
            time_zone: "Europe/Paris".to_owned(),
            referent_handicap: None,
        }
    }
}

/// Settings that can't be used, with where they come from.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file was named but isn't there.
    #[error("the settings file {0} does not exist")]
    Missing(PathBuf),
    /// A key or a value that isn't understood.
    #[error("settings: {0}")]
    Wrong(Box<figment::Error>),
    /// The time zone has no such name.
    #[error("settings: `{0}` is not a time zone; expected an IANA name such as Europe/Paris or Indian/Reunion")]
    TimeZone(String),
}

impl Settings {
    /// Reads the settings. `file` is what `--config` or `VIGIE_CONFIG` names.
    ///
    /// # Errors
    ///
    /// [`SettingsError`], which names the key and the place.
    pub fn read(file: Option<&Path>) -> Result<Self, SettingsError> {
        if let Some(file) = file
            && !file.is_file()
        {
            return Err(SettingsError::Missing(file.to_owned()));
        }
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        let file = file.unwrap_or(Path::new(FILE));
        if file.is_file() {
            // Only the file itself: not one of the same name in a folder above.
            figment = figment.merge(Toml::file_exact(file));
        }
        for key in VARIABLES {
            let variable = format!("VIGIE_{}", key.replace('.', "_").to_ascii_uppercase());
            // A variable is always a text: a telephone number keeps its zero.
            if let Ok(value) = std::env::var(&variable) {
                figment = figment.merge((key, value));
            }
        }
        let settings: Self = figment.extract().map_err(|error| SettingsError::Wrong(Box::new(error)))?;
        settings.zone().map(|_| ()).ok_or_else(|| SettingsError::TimeZone(settings.time_zone.clone()))?;
        Ok(settings)
    }

    /// The time zone itself.
    #[must_use]
    pub fn zone(&self) -> Option<jiff::tz::TimeZone> {
        jiff::tz::TimeZone::get(&self.time_zone).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("vigie.toml");
        std::fs::write(&file, text).expect("a file in it");
        Settings::read(Some(&file)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_is_enough() {
        let settings =
            read("time_zone = \"Indian/Reunion\"\n[referent_handicap]\nnom = \"Mission handicap\"\n").expect("valid");
        assert_eq!(settings.time_zone, "Indian/Reunion");
        assert_eq!(settings.referent_handicap.map(|r| r.nom).as_deref(), Some("Mission handicap"));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(read("fuseau = \"Europe/Paris\"").expect_err("unknown key").contains("fuseau"));
        assert!(read("time_zone = \"Europe/Pari\"").expect_err("unknown zone").contains("Europe/Pari"));
        assert!(read("time_zone = 3").expect_err("wrong type").contains("time_zone"));
        assert!(Settings::read(Some(Path::new("/nowhere/vigie.toml"))).is_err());
    }
}
