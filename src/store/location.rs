//! Where the store is: reading `DATABASE_URL`.

use super::OpenError;
use std::path::{Path, PathBuf};

/// Where the store is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// In memory: gone with the process.
    Memory,
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL database, by its whole address, password included.
    Postgres(String),
}

impl Location {
    /// Reads an address. What is said of a wrong one doesn't quote it: it may hold a password.
    ///
    /// # Errors
    ///
    /// [`OpenError::Address`].
    pub fn read(url: &str) -> Result<Self, OpenError> {
        let (scheme, rest) = url.trim().split_once(':').ok_or(OpenError::Address("it has no scheme"))?;
        match scheme {
            "sqlite" if rest == ":memory:" => Ok(Self::Memory),
            "sqlite" => file(rest).map(Self::File),
            "postgres" | "postgresql" => Ok(Self::Postgres(url.trim().to_owned())),
            _ => Err(OpenError::Address("its scheme is neither sqlite nor postgres")),
        }
    }

    /// The address of a file, which [`Self::read`] reads back.
    #[must_use]
    pub fn url_of(file: &Path) -> String {
        format!("sqlite://{}", encoded(&file.to_string_lossy()))
    }

    /// How the operator knows it, without anything secret.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Memory => "the database in memory".to_owned(),
            Self::File(file) => format!("the database {}", file.display()),
            Self::Postgres(url) => {
                format!("the PostgreSQL database{}", host(url).map(|host| format!(" {host}")).unwrap_or_default())
            }
        }
    }

    /// What the driver connects to.
    ///
    /// # Errors
    ///
    /// [`OpenError::Folder`] when the file's place can't be told.
    pub(super) fn driver_url(&self) -> Result<String, OpenError> {
        match self {
            Self::Memory => Ok("sqlite::memory:".to_owned()),
            Self::Postgres(url) => Ok(url.clone()),
            // Absolute, so that the first folder isn't taken for a host.
            Self::File(file) => match std::path::absolute(file) {
                Ok(file) => Ok(format!("{}?mode=rwc", Self::url_of(&file))),
                Err(cause) => Err(OpenError::Folder { folder: file.clone(), cause }),
            },
        }
    }
}

impl std::fmt::Debug for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown())
    }
}

fn file(rest: &str) -> Result<PathBuf, OpenError> {
    let path = rest.strip_prefix("//").unwrap_or(rest);
    let (path, parameters) = path.split_once('?').unwrap_or((path, ""));
    // How it is opened isn't the operator's to choose; this is what is done anyway.
    if !matches!(parameters, "" | "mode=rwc") {
        return Err(OpenError::Address("a SQLite address takes no parameter"));
    }
    let path = decoded(path).ok_or(OpenError::Address("a % isn't followed by two digits"))?;
    if path.is_empty() {
        return Err(OpenError::Address("it names no file"));
    }
    Ok(PathBuf::from(path))
}

/// Writes what could mean something else in an address as `%` and two digits.
fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    path.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Host and name of a database. Nothing when it can't be told for sure that no part of a password is in it.
fn host(url: &str) -> Option<&str> {
    let after_scheme = url.split_once("://")?.1;
    let (user, place) = after_scheme.rsplit_once('@').unwrap_or(("", after_scheme));
    let place = place.split('?').next().unwrap_or_default();
    let usual = |c: char| c.is_ascii_alphanumeric() || "-_.:/[]".contains(c);
    (!user.contains('?') && !place.is_empty() && place.chars().all(usual)).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let file = |path: &str| Location::File(PathBuf::from(path));
        for (url, expected) in [
            ("sqlite::memory:", Location::Memory),
            ("sqlite://./data/vigie.db", file("./data/vigie.db")),
            ("sqlite:///var/lib/vigie/vigie.db?mode=rwc", file("/var/lib/vigie/vigie.db")),
            ("sqlite:vigie.db", file("vigie.db")),
            ("sqlite:///a%20b/%25.db", file("/a b/%.db")),
            ("postgres://u:p@h/d", Location::Postgres("postgres://u:p@h/d".to_owned())),
        ] {
            assert_eq!(Location::read(url).expect("an address"), expected, "{url}");
        }
        for wrong in ["", "vigie.db", "sqlite://", "sqlite://x?mode=ro", "sqlite://%zz", "mysql://root:secret@h/d"] {
            let said = Location::read(wrong).expect_err(wrong).to_string();
            assert!(!said.contains("secret") && said.contains("DATABASE_URL"), "{said}");
        }
        let odd = Path::new("/tmp/élève 100%?#.db");
        assert_eq!(Location::read(&Location::url_of(odd)).expect("an address"), Location::File(odd.to_owned()));
    }

    #[test]
    fn passwords_are_never_shown() {
        for (url, shown) in [
            ("postgres://vigie:secret@db.example:5432/vigie", "the PostgreSQL database db.example:5432/vigie"),
            ("postgres://vigie:se/cr@et?x@db/vigie", "the PostgreSQL database"),
            ("postgres://vigie:se/cret@db/vigie", "the PostgreSQL database db/vigie"),
            ("postgres://db/vigie?user=a&password=secret", "the PostgreSQL database db/vigie"),
            ("postgres://db/vigie?password=x@secret", "the PostgreSQL database"),
            ("postgres:///vigie?host=/run", "the PostgreSQL database /vigie"),
        ] {
            let location = Location::read(url).expect("an address");
            assert_eq!(location.shown(), shown, "{url}");
            assert_eq!(format!("{location:?}"), shown);
        }
    }
}
