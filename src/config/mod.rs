//! Settings: defaults, then the file, then the environment.
//!
//! A file `vigie.toml` (`--config`, `VIGIE_CONFIG`); every key is also a variable (`variables`). Unknown keys are refused, so
//! that a misspelt one doesn't go unseen. Secrets are never shown, neither in logs nor in errors.

mod address;
mod discord;
mod error;
mod matrix;
mod proxies;
mod secret;
mod variables;
mod web;

pub use discord::{DiscordSettings, Shards, WrongShards};
pub use error::SettingsError;
pub use matrix::{
    Allowed, Homeserver, MatrixAccount, MatrixDoubt, MatrixLogin, MatrixSettings, MatrixUser, Pattern, Trust,
    WrongHomeserver, WrongMatrix, WrongPattern, WrongUser,
};

pub use proxies::{Proxies, WrongProxy};
pub use web::{PublicUrl, WrongPublicUrl};

use figment::Figment;
use figment::providers::{Format, Toml};
use secrecy::SecretString;
use serde::Deserialize;
use std::net::SocketAddr;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};

/// File read when none is named, if it exists.
const FILE: &str = "vigie.toml";

/// What the operator chose.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Folder of everything that is kept.
    pub data_dir: PathBuf,
    /// Folder of référentiel files that add to the embedded ones or replace them.
    pub referentiels_dir: Option<PathBuf>,
    /// Folder where the index is kept from one start to the next; in memory only when absent.
    pub index_dir: Option<PathBuf>,
    /// IANA name of the time zone of dates and hours.
    pub time_zone: String,
    /// Address of the database, password included: `sqlite://…` or `postgres://…`. A file in the data folder when absent.
    #[serde(deserialize_with = "secret::quoted")]
    pub database_url: Option<SecretString>,
    /// Days for which what belongs to a space is kept after the bot left it.
    pub grace_days: u16,
    /// Days for which the names and accounts of a cohort, and what it handed in, are kept after its last brief was closed.
    pub retention_days: NonZeroU16,
    /// Days after which the operator's copies of the database are gone: told to whoever has their data erased.
    pub backup_days: u16,
    /// Largest file that a team may hand in, in megabytes of a million bytes.
    pub handin_megabytes: NonZeroU16,
    /// Most that a team keeps of what it handed in, in gigabytes of a thousand million bytes.
    pub handin_team_gigabytes: NonZeroU16,
    /// Most that a space keeps of what was handed in, in gigabytes.
    pub handin_space_gigabytes: NonZeroU16,
    /// What is left free on the disk of the files that are handed in, in megabytes.
    pub free_megabytes: u32,
    /// Where whoever runs it sees how it is and reads the counts, on this machine only; nowhere when absent.
    pub metrics_listen: Option<SocketAddr>,
    /// Where people's own calendars are read, by a proxy in front of it; nowhere when absent.
    pub web_listen: Option<SocketAddr>,
    /// The address of these calendars, as people are given it.
    pub web_public_url: Option<PublicUrl>,
    /// The proxies in front of them that are believed when they say who asks: this machine unless others are named.
    pub web_trusted_proxies: Proxies,
    /// The person to contact for accommodation.
    pub referent_handicap: Option<ReferentHandicap>,
    /// Discord.
    pub discord: DiscordSettings,
    /// Matrix.
    pub matrix: MatrixSettings,
}

/// The person to contact for accommodation, as the centre wants them presented.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
            database_url: None,
            grace_days: 30,
            retention_days: NonZeroU16::new(365).unwrap_or(NonZeroU16::MIN),
            backup_days: 30,
            handin_megabytes: NonZeroU16::new(25).unwrap_or(NonZeroU16::MIN),
            handin_team_gigabytes: NonZeroU16::new(2).unwrap_or(NonZeroU16::MIN),
            handin_space_gigabytes: NonZeroU16::new(50).unwrap_or(NonZeroU16::MIN),
            free_megabytes: 500,
            metrics_listen: None,
            web_listen: None,
            web_public_url: None,
            web_trusted_proxies: Proxies::default(),
            referent_handicap: None,
            discord: DiscordSettings::default(),
            matrix: MatrixSettings::default(),
        }
    }
}

impl Settings {
    /// Reads the settings. `file` is what `--config` or `VIGIE_CONFIG` names.
    ///
    /// # Errors
    ///
    /// [`SettingsError`], which names the key and the place.
    pub fn read(file: Option<&Path>) -> Result<Self, SettingsError> {
        // A variable that isn't text is none of ours.
        Self::read_with(file, |name| std::env::var(name).ok())
    }

    fn read_with(file: Option<&Path>, environment: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        if let Some(file) = file
            && !file.is_file()
        {
            return Err(SettingsError::Missing(file.to_owned()));
        }
        let mut figment = Figment::new();
        let file = file.unwrap_or(Path::new(FILE));
        if file.is_file() {
            // Only the file itself: not one of the same name in a folder above.
            figment = figment.merge(Toml::file_exact(file));
        }
        let figment = variables::over(figment, environment)?;
        let settings: Self = figment.extract().map_err(|error| SettingsError::Wrong(Box::new(error)))?;
        settings.checked()
    }

    /// What no type says.
    fn checked(self) -> Result<Self, SettingsError> {
        if self.zone().is_none() {
            return Err(SettingsError::TimeZone(self.time_zone));
        }
        if let Some(open) = self.metrics_listen.filter(|address| !address.ip().is_loopback()) {
            return Err(SettingsError::OpenMetrics(open));
        }
        match (self.web_listen, &self.web_public_url) {
            (Some(_), None) => return Err(SettingsError::HalfWeb("web_public_url", "web_listen")),
            (None, Some(_)) => return Err(SettingsError::HalfWeb("web_listen", "web_public_url")),
            (Some(public), _) if self.metrics_listen == Some(public) => return Err(SettingsError::SameAddress(public)),
            _ => {}
        }
        let number = |id: &String| id.parse::<std::num::NonZeroU64>().is_ok();
        if let Some(wrong) = self.discord.commands_in.as_ref().filter(|id| !number(id)) {
            return Err(SettingsError::CommandsIn(wrong.clone()));
        }
        self.matrix.check()?;
        Ok(self)
    }

    /// The address under which people read their own calendars; none where that isn't offered.
    #[must_use]
    pub fn feeds_at(&self) -> Option<&PublicUrl> {
        self.web_listen.and(self.web_public_url.as_ref())
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
    use secrecy::ExposeSecret;

    fn read_in(text: &str, environment: &[(&str, &str)]) -> Result<Settings, String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("vigie.toml");
        std::fs::write(&file, text).expect("a file in it");
        let value = |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned());
        Settings::read_with(Some(&file), value).map_err(|error| error.to_string())
    }

    fn read(text: &str) -> Result<Settings, String> {
        read_in(text, &[])
    }

    #[test]
    fn a_file_is_enough() {
        let settings =
            read("time_zone = \"Indian/Reunion\"\n[referent_handicap]\nnom = \"Mission handicap\"\n").expect("valid");
        assert_eq!(settings.time_zone, "Indian/Reunion");
        assert_eq!(settings.handin_megabytes.get(), 25);
        assert_eq!((settings.handin_team_gigabytes.get(), settings.handin_space_gigabytes.get()), (2, 50));
        assert_eq!(settings.referent_handicap.map(|r| r.nom).as_deref(), Some("Mission handicap"));
        assert_eq!(settings.grace_days, 30);
        assert_eq!(settings.retention_days.get(), 365);
    }

    #[test]
    fn mistakes_are_named() {
        assert!(read("fuseau = \"Europe/Paris\"").expect_err("unknown key").contains("fuseau"));
        assert!(read("time_zone = \"Europe/Pari\"").expect_err("unknown zone").contains("Europe/Pari"));
        assert!(read("time_zone = 3").expect_err("wrong type").contains("time_zone"));
        assert!(read("[discord]\nshards = \"3\"").expect_err("no total").contains("0-3/8"));
        assert!(read("[discord]\ncommands_in = \"école\"").expect_err("a name").contains("number of a server"));
        assert!(read("[discord]\ncommands_in = \"0\"").expect_err("nobody's").contains("number of a server"));
        assert!(read("metrics_listen = \"0.0.0.0:9464\"").expect_err("open").contains("other machines"));
        assert!(read("web_listen = \"127.0.0.1:8080\"").expect_err("half").contains("web_public_url"));
        assert!(read("web_public_url = \"https://a.example\"").expect_err("half").contains("web_listen"));
        assert!(read("web_public_url = \"a.example\"").expect_err("a name").contains("https://vigie.ecole.example"));
        assert!(read("web_trusted_proxies = [\"proxy\"]").expect_err("a name").contains("172.18.0.0/16"));
        assert!(read("web_trusted_proxies = 3").expect_err("a number").contains("web_trusted_proxies"));
        let both = "web_listen = \"127.0.0.1:9464\"\nmetrics_listen = \"127.0.0.1:9464\"\nweb_public_url = \"https://a.example\"";
        assert!(read(both).expect_err("one address").contains("two addresses"));
        assert!(read_in("", &[("VIGIE_GRACE_DAYS", "un mois")]).expect_err("words").contains("grace_days"));
        assert!(read("retention_days = 0").expect_err("for no time").contains("retention_days"));
        assert!(read("handin_megabytes = 0").expect_err("nothing").contains("handin_megabytes"));
        assert!(read("handin_team_gigabytes = 0").expect_err("nothing").contains("handin_team_gigabytes"));
        assert!(read("free_megabytes = -1").expect_err("less than nothing").contains("free_megabytes"));
        assert!(Settings::read(Some(Path::new("/nowhere/vigie.toml"))).is_err());
    }

    #[test]
    fn the_environment_goes_over_the_file() {
        let file = "grace_days = 3\nweb_trusted_proxies = [\"10.0.0.1\"]\n[discord]\ntoken = \"of the file\"\nshards = \"0-1/2\"\n";
        let environment = [
            ("VIGIE_GRACE_DAYS", "7"),
            ("VIGIE_REFERENT_HANDICAP_NOM", "Mission"),
            ("VIGIE_REFERENT_HANDICAP_TELEPHONE", "0123456789"),
            ("DISCORD_TOKEN", " of the environment\n"),
            ("VIGIE_DISCORD_SHARDS", ""),
            ("VIGIE_METRICS_LISTEN", "[::1]:9464"),
            ("VIGIE_WEB_LISTEN", "0.0.0.0:8080"),
            ("VIGIE_WEB_PUBLIC_URL", "https://ecole.example/vigie/"),
            ("VIGIE_WEB_TRUSTED_PROXIES", "10.0.0.2, fd00::/8"),
        ];
        let settings = read_in(file, &environment).expect("valid");
        assert_eq!(settings.grace_days, 7);
        assert_eq!(settings.referent_handicap.clone().and_then(|r| r.telephone).as_deref(), Some("0123456789"));
        assert_eq!(settings.discord.shards, Some(Shards { first: 0, last: 1, total: 2 }));
        assert_eq!(settings.discord.token.as_ref().map(ExposeSecret::expose_secret), Some("of the environment"));
        assert!(settings.metrics_listen.is_some());
        assert_eq!(Ok(settings.web_trusted_proxies.clone()), "10.0.0.2,fd00::/8".parse());
        assert_eq!(settings.feeds_at().map(PublicUrl::as_str), Some("https://ecole.example/vigie"));
    }

    #[test]
    fn secrets_come_from_files_and_are_never_shown() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("token");
        let named = path.to_str().expect("a path");
        std::fs::write(&path, "s3cret\n").expect("a file");
        let settings = read_in("", &[("DISCORD_TOKEN_FILE", named), ("DATABASE_URL", "postgres://u:s3cret@h/d")]);
        let settings = settings.expect("valid");
        assert_eq!(settings.discord.token.as_ref().map(ExposeSecret::expose_secret), Some("s3cret"));
        assert!(!format!("{settings:?}").contains("s3cret"), "{settings:?}");

        let twice = read_in("", &[("DISCORD_TOKEN_FILE", named), ("DISCORD_TOKEN", "s3cret")]).expect_err("both");
        assert!(twice.contains("DISCORD_TOKEN_FILE") && !twice.contains("s3cret"), "{twice}");
        let bare = read("[discord]\ntoken = 12345\n").expect_err("no quotes");
        assert!(bare.contains("between quotes") && bare.contains("token") && !bare.contains("12345"), "{bare}");
        let missing = read_in("", &[("DATABASE_URL_FILE", "/nowhere/url")]).expect_err("no file");
        assert!(missing.contains("/nowhere/url") && missing.contains("DATABASE_URL_FILE"), "{missing}");
        std::fs::write(&path, "\n").expect("a file");
        assert!(read_in("", &[("DISCORD_TOKEN_FILE", named)]).expect_err("empty").contains("empty"));
    }
}
