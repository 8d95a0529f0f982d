//! Being a device that other people's clients talk to.
//!
//! Since 2026 clients give keys to devices only that their owner has signed (MSC4153). So the account has an identity, the
//! bot's device is signed by it, and a recovery key, kept outside, lets a later device join the same identity. An identity
//! that is there is never replaced: clients that know it would warn, or refuse to talk.

use crate::options::{Options, SecretNote};
use matrix_sdk::{
    Client,
    encryption::{
        recovery::{RecoveryError, RecoveryState},
        secret_storage::SecretStorageError,
    },
};
use secrecy::{ExposeSecret as _, SecretString};
use std::{io, path::PathBuf};
use vigie_chat::ConnectorError;

/// Sets up what is missing. To be called after the first sync, which tells what the account has.
pub(crate) async fn settle(options: &Options, client: &Client) -> Result<(), ConnectorError> {
    let encryption = client.encryption();
    encryption.wait_for_e2ee_initialization_tasks().await;
    let identity = encryption.cross_signing_status().await.is_some_and(|status| status.is_complete());
    let recovery = encryption.recovery();
    let state = recovery.state();
    let told = Told::of(options);
    match (state, &options.recovery_key) {
        // The process ended before the operator saw the key: they get another one.
        (RecoveryState::Enabled, None) if told.is_pending() => {
            let key = recovery.reset_key().await.map_err(|error| not_set_up(&error))?;
            told.tell(options, key)?;
        }
        (RecoveryState::Enabled, _) => {}
        (RecoveryState::Disabled, passphrase) if identity => create(options, client, passphrase.as_ref()).await?,
        (RecoveryState::Incomplete, Some(key)) => {
            recovery.recover(key.expose_secret()).await.map_err(|error| unopened(&error))?;
            tracing::info!("the device joined the account's identity by its recovery key");
        }
        (RecoveryState::Incomplete, None) => {
            return Err(ConnectorError::Refused(
                "the Matrix account already has an identity, and this device isn't part of it: give the account's recovery \
                 key or passphrase (VIGIE_MATRIX_RECOVERY_KEY). Without it, people's clients would not talk to the bot in \
                 encrypted rooms"
                    .to_owned(),
            ));
        }
        (RecoveryState::Disabled, _) => {
            return Err(ConnectorError::Refused(
                "the Matrix account has an identity that was made by another client and no recovery key: open the account \
                 in that client (Element: Settings, Encryption), set up recovery, and give the key \
                 (VIGIE_MATRIX_RECOVERY_KEY)"
                    .to_owned(),
            ));
        }
        (RecoveryState::Unknown, _) => {
            return Err(ConnectorError::Lost("the state of the account's keys can't be read yet".to_owned()));
        }
    }
    signed(client).await
}

/// Makes sure that the identity vouches for the device.
async fn signed(client: &Client) -> Result<(), ConnectorError> {
    let encryption = client.encryption();
    let Some(me) = client.user_id() else { return Ok(()) };
    // What the homeserver has of one's own keys isn't known before it is asked.
    let lost = |error: String| ConnectorError::Lost(format!("the device's own signature can't be looked at: {error}"));
    encryption.request_user_identity(me).await.map_err(|error| lost(error.to_string()))?;
    let device = encryption.get_own_device().await.map_err(|error| lost(error.to_string()))?;
    let Some(device) = device else { return Err(lost("the homeserver doesn't know the device".to_owned())) };
    if !device.is_cross_signed_by_owner() {
        device.verify().await.map_err(|error| lost(error.to_string()))?;
    }
    tracing::info!("the device is signed by the account's identity");
    Ok(())
}

/// Sets up recovery: with the operator's passphrase, or with a key that they are shown.
async fn create(options: &Options, client: &Client, passphrase: Option<&SecretString>) -> Result<(), ConnectorError> {
    let recovery = client.encryption().recovery();
    let enabling = recovery.enable();
    let enabled = if let Some(passphrase) = passphrase {
        enabling.with_passphrase(passphrase.expose_secret()).await.map(drop)
    } else {
        let told = Told::of(options);
        told.begin()?;
        match enabling.await {
            Ok(key) => return told.tell(options, key),
            Err(error) => Err(error),
        }
    };
    match enabled {
        Ok(()) => tracing::info!("recovery is set up with the given passphrase"),
        Err(RecoveryError::BackupExistsOnServer) => tracing::error!(
            "the account has a backup of keys that another client made, and no recovery: delete the backup in that client \
             (Element: Settings, Encryption), then start Vigie again"
        ),
        Err(error) => return Err(not_set_up(&error)),
    }
    Ok(())
}

/// Remembers on disk that the operator hasn't been told a key yet, which nobody could tell later.
struct Told(PathBuf);

impl Told {
    fn of(options: &Options) -> Self {
        Self(options.folder.join("recovery-key-untold"))
    }

    fn is_pending(&self) -> bool {
        self.0.exists()
    }

    fn begin(&self) -> Result<(), ConnectorError> {
        std::fs::write(&self.0, b"").map_err(|error| self.unwritable(&error))
    }

    fn tell(&self, options: &Options, key: String) -> Result<(), ConnectorError> {
        let note = SecretNote::RecoveryKey(SecretString::from(key));
        let told = (options.tell_operator)(&note).and_then(|()| std::fs::remove_file(&self.0));
        told.map_err(|error| self.unwritable(&error))
    }

    fn unwritable(&self, error: &io::Error) -> ConnectorError {
        let path = self.0.display();
        ConnectorError::Refused(format!("the recovery key of the account can't be told ({path}): {error}"))
    }
}

fn not_set_up(error: &RecoveryError) -> ConnectorError {
    ConnectorError::Lost(format!("recovery can't be set up: {error}"))
}

fn unopened(error: &RecoveryError) -> ConnectorError {
    match error {
        RecoveryError::SecretStorage(SecretStorageError::SecretStorageKey(_)) => ConnectorError::Refused(
            "the recovery key (VIGIE_MATRIX_RECOVERY_KEY) does not open the account's secrets; give the one that belongs to \
             its identity"
                .to_owned(),
        ),
        error => ConnectorError::Lost(format!("the account's identity can't be joined: {error}")),
    }
}
