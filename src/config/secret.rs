//! Secrets in the file of settings.

use secrecy::SecretString;
use serde::de::{Deserializer, Error, Visitor};
use std::fmt;

/// Reads a secret. One that is written without quotes, as a number say, is refused without being quoted.
pub(super) fn quoted<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretString>, D::Error> {
    deserializer.deserialize_any(Quoted).map(Some)
}

struct Quoted;

impl Visitor<'_> for Quoted {
    type Value = SecretString;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a secret between quotes")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<SecretString, E> {
        Ok(SecretString::from(text))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<SecretString, E> {
        Err(bare())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<SecretString, E> {
        Err(bare())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<SecretString, E> {
        Err(bare())
    }
}

fn bare<E: Error>() -> E {
    E::custom("a secret is written between quotes")
}
