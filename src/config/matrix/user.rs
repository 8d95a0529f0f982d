//! The bot's own account.

use serde::Deserialize;
use std::str::FromStr;

/// An account: `@vigie:ecole.example`, or `vigie`, which its homeserver completes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct MatrixUser(String);

/// An account that can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`user` is the bot's account, such as @vigie:ecole.example, or vigie alone")]
pub struct WrongUser;

impl MatrixUser {
    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for MatrixUser {
    type Err = WrongUser;

    fn from_str(text: &str) -> Result<Self, WrongUser> {
        let text = text.trim();
        let right = match text.strip_prefix('@') {
            Some(id) => id.split_once(':').is_some_and(|(name, server)| is_name(name) && is_server(server)),
            None => is_name(text),
        };
        if right { Ok(Self(text.to_owned())) } else { Err(WrongUser) }
    }
}

impl TryFrom<String> for MatrixUser {
    type Error = WrongUser;

    fn try_from(text: String) -> Result<Self, WrongUser> {
        text.parse()
    }
}

/// Whether it can come before the colon of an id. Old accounts have more than today's small letters.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, ':' | '@' | '*'))
}

/// Whether it can come after the colon of an id: a name or an address, and perhaps a port.
pub(super) fn is_server(text: &str) -> bool {
    let all = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[') && text.chars().all(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_read() {
        for text in ["vigie", "@vigie:ecole.example", "@vigie:localhost:8448", "@vigie:[::1]:8448", "@Vigie/1=2+3:e.fr"]
        {
            assert_eq!(text.parse::<MatrixUser>().as_ref().map(MatrixUser::as_str), Ok(text));
        }
        for wrong in
            ["", "@", "@vigie", "@vigie:", "@:ecole.example", "vigie:ecole.example", "vi gie", "@*:e.fr", "@a:b/c"]
        {
            assert_eq!(wrong.parse::<MatrixUser>(), Err(WrongUser), "{wrong}");
        }
    }
}
