//! A person: an account, a client logged in to it, and what it shows.

use std::{fmt, sync::Arc};

use matrix_sdk::{
    Client,
    ruma::{DeviceId, OwnedUserId, RoomId, UserId},
};
use serde_json::Value;
use tokio::{
    sync::{OnceCell, watch},
    task::AbortHandle,
};

use super::{Device, RoomView, sync, view::View};
use crate::{accounts::Account, error::Refusal, homeserver::Homeserver, http::Caller};

/// Somebody at a client. Clones are the same person at the same client, which looks on until the last is dropped.
#[derive(Clone)]
pub struct Person {
    seat: Arc<Seat>,
}

/// What one logged-in client holds.
struct Seat {
    account: Account,
    address: String,
    client: Client,
    view: watch::Receiver<View>,
    syncing: AbortHandle,
    recovery_key: OnceCell<String>,
}

impl Homeserver {
    /// Somebody new, whose name begins so, at a first device.
    ///
    /// # Errors
    ///
    /// When the server is down or refuses.
    pub async fn person(&self, name: &str) -> Result<Person, Refusal> {
        let account = self.register_unique(name).await?;
        self.log_in(&account, Device::default()).await
    }

    /// The owner of an account, at one more device of theirs.
    ///
    /// # Errors
    ///
    /// When the password is wrong, or the server is down or refuses.
    pub async fn log_in(&self, account: &Account, device: Device) -> Result<Person, Refusal> {
        Person::log_in(&self.address(), account, device).await
    }
}

impl Person {
    async fn log_in(address: &str, account: &Account, device: Device) -> Result<Self, Refusal> {
        let client = device.client(address).await?;
        let login = client.matrix_auth().login_username(&account.user_id, &account.password);
        login.initial_device_display_name("A person in a test").send().await?;
        client.encryption().wait_for_e2ee_initialization_tasks().await;
        let (syncing, view) = sync::begin(&client).await?;
        let seat = Seat {
            account: account.clone(),
            address: address.to_owned(),
            client,
            view,
            syncing,
            recovery_key: OnceCell::new(),
        };
        Ok(Self { seat: Arc::new(seat) })
    }

    /// The same person at another device.
    ///
    /// # Errors
    ///
    /// When the server is down or refuses.
    pub async fn at_another(&self, device: Device) -> Result<Self, Refusal> {
        Self::log_in(&self.seat.address, &self.seat.account, device).await
    }

    /// The same person at a second device, which is signed as theirs by the recovery key: what people do who follow what
    /// Element tells them.
    ///
    /// # Errors
    ///
    /// When the first device isn't signed itself, or the server is down or refuses.
    pub async fn at_second_device(&self) -> Result<Self, Refusal> {
        let key = self.recovery_key().await?;
        let second = self.at_another(Device::default()).await?;
        second.client().encryption().recovery().recover(key).await.map_err(|error| Refusal::undone(&error))?;
        Ok(second)
    }

    /// The key that makes another device the person's own, made when first asked for at this device.
    ///
    /// # Errors
    ///
    /// When it was made at another device already, or the server is down or refuses.
    pub async fn recovery_key(&self) -> Result<&str, Refusal> {
        let made = self.seat.recovery_key.get_or_try_init(|| async {
            self.client().encryption().recovery().enable().await.map_err(|error| Refusal::undone(&error))
        });
        made.await.map(String::as_str)
    }

    /// The user id.
    #[must_use]
    pub fn id(&self) -> &UserId {
        &self.seat.account.user_id
    }

    /// The account.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.seat.account
    }

    /// The id of the device at which the person sits.
    ///
    /// # Panics
    ///
    /// Never: a person's client is logged in.
    #[must_use]
    pub fn device_id(&self) -> &DeviceId {
        self.client().device_id().expect("the client is logged in")
    }

    /// The client itself, for what this crate has no word for.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.seat.client
    }

    /// A room as the person sees it now; none when they were never in it nor invited.
    #[must_use]
    pub fn view(&self, room: &RoomId) -> Option<RoomView> {
        self.seat.view.borrow().rooms.get(room).cloned()
    }

    /// A request in the person's name, made once, as the server's documentation spells it.
    ///
    /// # Errors
    ///
    /// When the server refuses; nothing is tried again.
    pub async fn request(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, Refusal> {
        let token = self.client().access_token();
        Caller::new(&self.seat.address, token.as_deref()).call(method, path, body).await
    }

    /// Logs the device out. The client sees nothing any more.
    ///
    /// # Errors
    ///
    /// When the server is down or refuses.
    pub async fn logs_out(&self) -> Result<(), Refusal> {
        self.seat.syncing.abort();
        self.client().matrix_auth().logout().await?;
        Ok(())
    }

    pub(super) fn watch(&self) -> watch::Receiver<View> {
        self.seat.view.clone()
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.syncing.abort();
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Person").field(&self.id()).finish()
    }
}

impl From<&Person> for OwnedUserId {
    fn from(person: &Person) -> Self {
        person.id().to_owned()
    }
}
