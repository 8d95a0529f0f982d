//! Logging in once, and being the same device ever after.
//!
//! A device is never made silently: whatever is lost is said, with what to do, and nothing is tried again by itself.

use super::lock::Lock;
use super::session::{Folder, Found, Kept};
use super::store::{self, Key};
use crate::{
    failure::{Failure, Soft},
    options::{Login, Options, Trust},
};
use futures::future::{BoxFuture, FutureExt as _};
use matrix_sdk::{
    Client, ClientBuildError, ClientBuilder, SessionMeta, SessionTokens,
    authentication::matrix::MatrixSession,
    config::RequestConfig,
    encryption::{BackupDownloadStrategy, EncryptionSettings},
    store::{RoomLoadSettings, StateStoreDataKey, StoreConfig},
};
use matrix_sdk_base::crypto::{CollectStrategy, DecryptionSettings, TrustRequirement};
use matrix_sdk_store_encryption::StoreCipher;
use ruma::{OwnedDeviceId, OwnedUserId};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use std::{path::Path, time::Duration};
use vigie_chat::ConnectorError;

/// Longest that a request may take. What a homeserver waits with in a sync comes on top.
const REQUEST: Duration = Duration::from_secs(30);
/// Longest pause between two tries of what the homeserver asks to be patient with.
const PAUSE: Duration = Duration::from_mins(1);
/// Name of the device in the account's list.
const DEVICE_NAME: &str = "Vigie";

/// The bot, logged in.
pub(crate) struct Account {
    pub(crate) client: Client,
    /// Seals what waits in the inbox.
    pub(crate) cipher: StoreCipher,
    /// Whether the device was made just now.
    pub(crate) device: DeviceAge,
    /// Held for as long as the store of keys is open, so that no second process opens it.
    pub(crate) lock: Lock,
}

/// When the bot's device was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeviceAge {
    /// By this login.
    New,
    /// By an earlier one.
    Known,
}

/// Logs in, or takes up the session that is there. Waits for as long as the homeserver can't be reached.
pub(crate) async fn open(options: &Options) -> Result<Account, ConnectorError> {
    let folder = Folder::new(&options.folder);
    folder.make().map_err(|error| unusable(folder.path(), &error))?;
    // Only whoever holds the folder may look: looking clears up after a login that never ended.
    let lock = Lock::take(&folder).await?;
    let found = folder.look().map_err(|error| unusable(folder.path(), &error))?;
    match found {
        Found::Session(kept) => restore(options, &folder, *kept, lock).await,
        Found::Nothing => first_login(options, &folder, lock).await,
        Found::WithoutStore(kept) => Err(refused(format!(
            "the keys of device {} are gone from {}: put the folder back from a backup, or remove it whole, then start \
             again with the password (or a new token) and the recovery key (VIGIE_MATRIX_RECOVERY_KEY); a new device \
             then takes over, under the same identity",
            kept.device_id,
            folder.path().display(),
        ))),
        Found::WithoutSession => Err(refused(format!(
            "{} holds keys but no session (session.json): put it back from a backup, or remove the folder whole, then \
             start again with the password (or a new token) and the recovery key (VIGIE_MATRIX_RECOVERY_KEY)",
            folder.path().display(),
        ))),
    }
}

async fn restore(options: &Options, folder: &Folder, mut kept: Kept, lock: Lock) -> Result<Account, ConnectorError> {
    same_account(options, &kept, folder.path())?;
    let key = key_of(&kept, folder.path())?;
    let cipher = StoreCipher::import_with_key(&key, &kept.cipher).map_err(|_| damaged(folder.path()))?;
    let client = build(options, folder, &key).await?;
    if let Login::Token { token, device_id } = &options.login
        && kept.access_token != token.expose_secret()
    {
        // The operator made a new one. Keys of one device must not be used with the token of another.
        let user = token_owner(options, &client, token, device_id).await?;
        if user != kept.user_id {
            return Err(refused(format!(
                "the access token (VIGIE_MATRIX_ACCESS_TOKEN) belongs to {user}, and {} holds the session of {}",
                folder.path().display(),
                kept.user_id
            )));
        }
        token.expose_secret().clone_into(&mut kept.access_token);
        folder.keep(&kept).map_err(|error| unusable(folder.path(), &error))?;
    }
    // The SDK would drop an answer that it has seen already, also when what it held wasn't answered any more.
    let forgotten = client.state_store().remove_kv_data(StateStoreDataKey::SyncToken).await;
    forgotten.map_err(|error| refused(format!("the store of keys can't be written: {error}")))?;
    // The SDK asks once what the account has in keys, when it takes up the session; it must get an answer.
    patiently(options, Attempt::Session, || answers(&client).boxed()).await?;
    let session = kept.session();
    let restored = client.matrix_auth().restore_session(session, RoomLoadSettings::default()).await;
    restored.map_err(|error| refused(format!("the session can't be taken up: {error}")))?;
    Ok(Account { client, cipher, device: DeviceAge::Known, lock })
}

async fn first_login(options: &Options, folder: &Folder, lock: Lock) -> Result<Account, ConnectorError> {
    folder.begin_login().map_err(|error| unusable(folder.path(), &error))?;
    let mut key = Key::default();
    getrandom::fill(&mut key).map_err(|error| refused(format!("no key can be drawn: {error}")))?;
    let client = build(options, folder, &key).await?;
    let session = match log_in(options, &client).await {
        Ok(session) => session,
        Err(error) => {
            // Connections that close after their files are gone take the next store's files with them.
            if let Err(error) = client.pause().await {
                tracing::warn!(%error, "the stores of a login that was refused can't be closed");
            }
            drop(client);
            // The next try begins anew; what can't be removed now is removed then.
            let _ = folder.forget_login();
            return Err(error);
        }
    };
    let cipher = StoreCipher::new().map_err(|error| refused(format!("no key can be drawn: {error}")))?;
    let sealed = cipher.export_with_key(&key).map_err(|error| refused(format!("the key can't be kept: {error}")))?;
    let kept = Kept {
        homeserver: client.homeserver().to_string(),
        user_id: session.meta.user_id.clone(),
        device_id: session.meta.device_id.clone(),
        access_token: session.tokens.access_token.clone(),
        key: hexadecimal(&key),
        cipher: sealed,
    };
    if let Err(error) = folder.keep(&kept) {
        // Nobody could ever use this device again.
        if matches!(options.login, Login::Password { .. }) {
            let _ = client.matrix_auth().logout().await;
        }
        return Err(unusable(folder.path(), &error));
    }
    tracing::info!("logged in to Matrix with a new device");
    Ok(Account { client, cipher, device: DeviceAge::New, lock })
}

async fn log_in(options: &Options, client: &Client) -> Result<MatrixSession, ConnectorError> {
    let auth = client.matrix_auth();
    match &options.login {
        Login::Password { user, password } => {
            let once = || async {
                let login = auth.login_username(user, password.expose_secret());
                login.initial_device_display_name(DEVICE_NAME).send().await.map_err(Failure::from)
            };
            patiently(options, Attempt::Password, || once().boxed()).await?;
            auth.session().ok_or_else(|| refused("the homeserver opened no session".to_owned()))
        }
        Login::Token { token, device_id } => {
            let user_id = token_owner(options, client, token, device_id).await?;
            let session = MatrixSession {
                meta: SessionMeta { user_id, device_id: device_id.as_str().into() },
                tokens: SessionTokens { access_token: token.expose_secret().to_owned(), refresh_token: None },
            };
            let restored = auth.restore_session(session.clone(), RoomLoadSettings::default()).await;
            restored.map_err(|error| refused(format!("the access token can't be used: {error}")))?;
            Ok(session)
        }
    }
}

/// The account that a token belongs to, if it was made for this device.
async fn token_owner(
    options: &Options,
    client: &Client,
    token: &SecretString,
    device_id: &str,
) -> Result<OwnedUserId, ConnectorError> {
    let owner = patiently(options, Attempt::Token, || owner(client, token.expose_secret()).boxed()).await?;
    if owner.device_id.as_ref().is_some_and(|made_for| made_for.as_str() != device_id) {
        return Err(refused(
            "the access token was made for another device than VIGIE_MATRIX_DEVICE_ID; give the device id that came with \
             the token"
                .to_owned(),
        ));
    }
    Ok(owner.user_id)
}

/// Whose a token is, and which device's.
#[derive(Deserialize)]
struct Owner {
    user_id: OwnedUserId,
    device_id: Option<OwnedDeviceId>,
}

/// Whose the token is, asked before any session is made of it.
async fn owner(client: &Client, token: &str) -> Result<Owner, Failure> {
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        // No homeserver makes one with such characters, and some fail over it.
        return Err(Failure::LoggedOut { soft: Soft::No });
    }
    let homeserver = client.homeserver();
    let address = format!("{}/_matrix/client/v3/account/whoami", homeserver.as_str().trim_end_matches('/'));
    let answer = client.http_client().get(address).bearer_auth(token).send().await;
    let answer = answer.map_err(|error| Failure::Network(error.without_url().to_string()))?;
    match answer.status().as_u16() {
        401 | 403 => return Err(Failure::LoggedOut { soft: Soft::No }),
        429 | 500.. => return Err(Failure::Network(format!("the homeserver answers {}", answer.status()))),
        _ => {}
    }
    let said = answer.bytes().await.map_err(|error| Failure::Network(error.without_url().to_string()))?;
    serde_json::from_slice(&said).map_err(|error| Failure::Network(error.to_string()))
}

/// Whether the homeserver answers at all.
async fn answers(client: &Client) -> Result<(), Failure> {
    let address = client.homeserver().join("_matrix/client/versions");
    let address = address.map_err(|error| Failure::Refused(error.to_string()))?;
    let answer = client.http_client().get(address).send().await;
    let answer = answer.map_err(|error| Failure::Network(error.without_url().to_string()))?;
    match answer.status().as_u16() {
        429 | 500.. => Err(Failure::Network(format!("the homeserver answers {}", answer.status()))),
        _ => Ok(()),
    }
}

/// What is tried, so that its failure is said in the right words.
#[derive(Debug, Clone, Copy)]
enum Attempt {
    /// To take up the session that is there.
    Session,
    Password,
    Token,
}

/// Tries until the homeserver says yes or no.
async fn patiently<'a, T>(
    options: &Options,
    attempt: Attempt,
    once: impl Fn() -> BoxFuture<'a, Result<T, Failure>> + Send,
) -> Result<T, ConnectorError> {
    let mut waits = options.patience.endless();
    loop {
        let failure = match once().await {
            Ok(value) => return Ok(value),
            Err(failure) => failure,
        };
        if !failure.passes() {
            return Err(said_no(options, attempt, &failure));
        }
        let wait = waits.next().unwrap_or(options.patience.longest());
        let wait = if let Failure::Limited(asked) = failure { wait.max(asked) } else { wait };
        let homeserver = &options.homeserver;
        tracing::warn!(%failure, homeserver, seconds = wait.as_secs(), "logging in to Matrix has to wait");
        tokio::time::sleep(wait).await;
    }
}

fn said_no(options: &Options, attempt: Attempt, failure: &Failure) -> ConnectorError {
    let homeserver = &options.homeserver;
    refused(match (attempt, failure) {
        (Attempt::Password, Failure::Forbidden(_)) => format!(
            "{homeserver} does not accept the account or its password (VIGIE_MATRIX_USER, VIGIE_MATRIX_PASSWORD)"
        ),
        (Attempt::Password, failure) => format!(
            "{homeserver} does not let the account log in by password: {failure}. If people sign in elsewhere there, give \
             an access token with its device (VIGIE_MATRIX_ACCESS_TOKEN, VIGIE_MATRIX_DEVICE_ID) instead of a password"
        ),
        (Attempt::Token, Failure::LoggedOut { .. }) => format!(
            "{homeserver} does not accept the access token (VIGIE_MATRIX_ACCESS_TOKEN); make a new one for the same device"
        ),
        (Attempt::Token, failure) => format!("{homeserver} does not let the access token be used: {failure}"),
        (Attempt::Session, failure) => format!("{homeserver} does not let the session be taken up: {failure}"),
    })
}

/// The SDK with its stores, not logged in yet. Waits for as long as the homeserver can't be found.
async fn build(options: &Options, folder: &Folder, key: &Key) -> Result<Client, ConnectorError> {
    let stores = store::open(folder, options.passphrase.as_ref(), key).await;
    let stores = stores.map_err(|error| {
        refused(format!(
            "the store of keys in {} can't be opened ({error}); if its passphrase (VIGIE_MATRIX_STORE_PASSPHRASE) was \
             changed, give the former one",
            folder.store().display()
        ))
    })?;
    let mut waits = options.patience.endless();
    loop {
        let error = match builder(options, stores.clone()).build().await {
            Ok(client) => return Ok(client),
            Err(error) => error,
        };
        let homeserver = &options.homeserver;
        let cause = match error {
            ClientBuildError::Http(error) => Failure::from(error),
            error => Failure::Refused(error.to_string()),
        };
        if !cause.passes() {
            return Err(refused(format!(
                "no Matrix homeserver is found at {homeserver} (VIGIE_MATRIX_HOMESERVER): {cause}; give its address, such \
                 as https://matrix.ecole.example"
            )));
        }
        let wait = waits.next().unwrap_or(options.patience.longest());
        tracing::warn!(%cause, homeserver, seconds = wait.as_secs(), "the homeserver can't be reached; trying again");
        tokio::time::sleep(wait).await;
    }
}

fn builder(options: &Options, stores: StoreConfig) -> ClientBuilder {
    let encryption = EncryptionSettings {
        auto_enable_cross_signing: true,
        auto_enable_backups: true,
        backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
    };
    let (recipients, requirement) = match options.trust {
        Trust::Signed => (CollectStrategy::IdentityBasedStrategy, TrustRequirement::CrossSignedOrLegacy),
        Trust::All => (CollectStrategy::AllDevices, TrustRequirement::Untrusted),
    };
    Client::builder()
        .homeserver_url(&options.homeserver)
        .respect_login_well_known(false)
        .user_agent(concat!("vigie/", env!("CARGO_PKG_VERSION")))
        .request_config(RequestConfig::new().timeout(REQUEST).max_retry_time(PAUSE))
        .store_config(stores)
        .cross_process_store_config(store::PROCESSES)
        .with_encryption_settings(encryption)
        .with_room_key_recipient_strategy(recipients)
        .with_decryption_settings(DecryptionSettings { sender_device_trust_requirement: requirement })
}

/// Whether the settings still name the account and device whose session is kept.
fn same_account(options: &Options, kept: &Kept, folder: &Path) -> Result<(), ConnectorError> {
    let (same, setting) = match &options.login {
        Login::Password { user, .. } if user.starts_with('@') => (kept.user_id.as_str() == user, "VIGIE_MATRIX_USER"),
        Login::Password { user, .. } => (kept.user_id.localpart() == user, "VIGIE_MATRIX_USER"),
        Login::Token { device_id, .. } => (kept.device_id.as_str() == device_id, "VIGIE_MATRIX_DEVICE_ID"),
    };
    if same {
        return Ok(());
    }
    Err(refused(format!(
        "{} holds the session of {} on device {}, and {setting} names another; set it back, or use another data folder \
         for the other account",
        folder.display(),
        kept.user_id,
        kept.device_id,
    )))
}

fn key_of(kept: &Kept, folder: &Path) -> Result<Key, ConnectorError> {
    let digits = kept.key.as_bytes();
    let bytes: Option<Vec<u8>> = (digits.len() == 64)
        .then(|| digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect())
        .flatten();
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| damaged(folder))
}

fn hexadecimal(key: &Key) -> String {
    key.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

pub(super) fn refused(why: String) -> ConnectorError {
    ConnectorError::Refused(why)
}

pub(super) fn unusable(path: &Path, error: &std::io::Error) -> ConnectorError {
    refused(format!("{} can't be used for the Matrix session: {error}", path.display()))
}

fn damaged(folder: &Path) -> ConnectorError {
    refused(format!("session.json in {} is damaged; put it back from a backup", folder.display()))
}
