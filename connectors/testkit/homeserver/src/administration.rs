//! What the server's administrator does to accounts.

use matrix_sdk::ruma::{OwnedDeviceId, UserId};
use serde_json::{Value, json};

use crate::{
    accounts::{Standing, unexpected},
    error::Refusal,
    homeserver::Homeserver,
    http::{Caller, path_part},
    settings::Rate,
};

/// A device of an account, as the server lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedDevice {
    /// Its id.
    pub id: OwnedDeviceId,
    /// The name that its client gave it.
    pub name: Option<String>,
}

impl Homeserver {
    /// Sets how fast an account may send events, whatever the server's own limit.
    ///
    /// # Errors
    ///
    /// When the server is down or doesn't know the account.
    pub async fn limit(&self, user: &UserId, rate: Rate) -> Result<(), Refusal> {
        let path = format!("/_synapse/admin/v1/users/{}/override_ratelimit", path_part(user.as_str()));
        // Synapse counts in whole messages a second, and 0 stands for no limit at all.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded and positive")]
        let per_second = rate.per_second.round().max(1.0) as u32;
        let limit = if rate == Rate::UNLIMITED {
            json!({ "messages_per_second": 0, "burst_count": 0 })
        } else {
            json!({ "messages_per_second": per_second, "burst_count": rate.burst })
        };
        self.administrator().await?.call("POST", &path, Some(&limit)).await.map(drop)
    }

    /// The devices of an account that are logged in.
    ///
    /// # Errors
    ///
    /// When the server is down or doesn't know the account.
    pub async fn devices(&self, user: &UserId) -> Result<Vec<ListedDevice>, Refusal> {
        let path = format!("/_synapse/admin/v2/users/{}/devices", path_part(user.as_str()));
        let answer = self.administrator().await?.call("GET", &path, None).await?;
        let device = |listed: &Value| {
            let id = listed["device_id"].as_str()?.into();
            Some(ListedDevice { id, name: listed["display_name"].as_str().map(str::to_owned) })
        };
        Ok(answer["devices"].as_array().into_iter().flatten().filter_map(device).collect())
    }

    /// Removes a device: its access token is worth nothing any more.
    ///
    /// # Errors
    ///
    /// When the server is down or doesn't know the account.
    pub async fn remove_device(&self, user: &UserId, device: &str) -> Result<(), Refusal> {
        let user = path_part(user.as_str());
        let path = format!("/_synapse/admin/v2/users/{user}/devices/{}", path_part(device));
        self.administrator().await?.call("DELETE", &path, None).await.map(drop)
    }

    /// Gives an account another password, and logs all its devices out.
    ///
    /// # Errors
    ///
    /// When the server is down or doesn't know the account.
    pub async fn change_password(&self, user: &UserId, password: &str) -> Result<(), Refusal> {
        let path = format!("/_synapse/admin/v1/reset_password/{}", path_part(user.as_str()));
        let change = json!({ "new_password": password, "logout_devices": true });
        self.administrator().await?.call("POST", &path, Some(&change)).await.map(drop)
    }

    /// Requests in the administrator's name, who is made when first needed.
    async fn administrator(&self) -> Result<&Caller, Refusal> {
        self.administrator.get_or_try_init(|| self.new_administrator()).await
    }

    async fn new_administrator(&self) -> Result<Caller, Refusal> {
        let name = format!("administrator-{}", self.next_number());
        let account = self.register_as(&name, Standing::Administrator).await?;
        let login = json!({
            "type": "m.login.password",
            "identifier": { "type": "m.id.user", "user": account.user_id },
            "password": account.password,
        });
        let caller = Caller::new(&self.address(), None);
        let session = caller.call("POST", "/_matrix/client/v3/login", Some(&login)).await?;
        match session["access_token"].as_str() {
            Some(token) => Ok(Caller::new(&self.address(), Some(token))),
            None => Err(unexpected(session)),
        }
    }
}
