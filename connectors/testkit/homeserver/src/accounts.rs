//! Accounts on the server, made by the secret that its configuration holds.

use hmac::{Hmac, Mac as _};
use matrix_sdk::ruma::{OwnedUserId, UserId};
use serde_json::{Value, json};
use sha1::Sha1;

use crate::{error::Refusal, homeserver::Homeserver, http::Caller, launch::random_text};

/// An account, and what its owner knows.
#[derive(Clone, Debug)]
pub struct Account {
    /// The full user id, `@name:server`.
    pub user_id: OwnedUserId,
    /// The password.
    pub password: String,
}

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Ordinary,
    Administrator,
}

impl Homeserver {
    /// Makes an account under exactly that name. Nothing logs in: it has no device yet.
    ///
    /// # Errors
    ///
    /// When the name is taken, or the server is down.
    pub async fn register(&self, name: &str) -> Result<Account, Refusal> {
        self.register_as(name, Standing::Ordinary).await
    }

    /// Makes an account whose name begins so, such as `alice-17`: tests that share a server don't meet.
    ///
    /// # Errors
    ///
    /// When the server is down.
    pub async fn register_unique(&self, name: &str) -> Result<Account, Refusal> {
        self.register(&format!("{name}-{}", self.next_number())).await
    }

    pub(crate) async fn register_as(&self, name: &str, standing: Standing) -> Result<Account, Refusal> {
        const PATH: &str = "/_synapse/admin/v1/register";
        let caller = Caller::new(&self.address(), None);
        let nonce = caller.call("GET", PATH, None).await?;
        let nonce = nonce["nonce"].as_str().unwrap_or_default();
        let password = random_text(12);
        let request = json!({
            "nonce": nonce,
            "username": name,
            "password": password,
            "admin": standing == Standing::Administrator,
            "mac": self.signature([nonce, name, &password, standing.signed()]),
            "inhibit_login": true,
        });
        let answer = caller.call("POST", PATH, Some(&request)).await?;
        let user_id = answer["user_id"].as_str().and_then(|id| UserId::parse(id).ok());
        match user_id {
            Some(user_id) => Ok(Account { user_id, password }),
            None => Err(unexpected(answer)),
        }
    }

    /// Proof that whoever registers knows the secret: the parts, with zero bytes between.
    fn signature(&self, parts: [&str; 4]) -> String {
        let mut hmac = Hmac::<Sha1>::new_from_slice(self.registration_secret.as_bytes()).expect("a key of any length");
        hmac.update(parts.join("\0").as_bytes());
        format!("{:x}", hmac.finalize().into_bytes())
    }
}

impl Standing {
    fn signed(self) -> &'static str {
        match self {
            Self::Ordinary => "notadmin",
            Self::Administrator => "admin",
        }
    }
}

/// An answer that says yes in words that aren't understood.
pub(crate) fn unexpected(answer: Value) -> Refusal {
    Refusal::Server { status: 200, answer }
}
