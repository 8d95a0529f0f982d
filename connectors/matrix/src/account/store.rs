//! The SDK's stores: on the disk, and the state of the rooms in memory too.

mod known;
mod remembering;
#[cfg(test)]
mod tests;

use super::session::Folder;
use futures::future::try_join4;
use matrix_sdk::{
    ClientBuildError, SqliteCryptoStore, SqliteEventCacheStore, SqliteMediaStore, SqliteStateStore, SqliteStoreConfig,
    cross_process_lock::CrossProcessLockConfig, store::StoreConfig,
};
use remembering::Remembering;
use secrecy::{ExposeSecret as _, SecretString};

/// Key of the stores when the operator gave no passphrase, and of the inbox in any case.
pub(super) type Key = [u8; 32];

/// One process has the stores open, which [`super::Lock`] sees to.
pub(super) const PROCESSES: CrossProcessLockConfig = CrossProcessLockConfig::SingleProcess;

/// Opens the stores, or makes them.
pub(super) async fn open(
    folder: &Folder,
    passphrase: Option<&SecretString>,
    key: &Key,
) -> Result<StoreConfig, ClientBuildError> {
    let config = SqliteStoreConfig::new(folder.store());
    let config = match passphrase {
        Some(passphrase) => config.passphrase(Some(passphrase.expose_secret())),
        None => config.key(Some(key)),
    };
    let (state, keys, events, media) = try_join4(
        SqliteStateStore::open_with_config(&config),
        SqliteCryptoStore::open_with_config(&config),
        SqliteEventCacheStore::open_with_config(&config),
        SqliteMediaStore::open_with_config(&config),
    )
    .await?;
    let stores = StoreConfig::new(PROCESSES).state_store(Remembering::new(state)).crypto_store(keys);
    Ok(stores.event_cache_store(events).media_store(media))
}
