//! What a person logs in with.

use matrix_sdk::{Client, config::RequestConfig, encryption::EncryptionSettings};
use matrix_sdk_base::crypto::{CollectStrategy, DecryptionSettings, TrustRequirement};

use crate::error::Refusal;

/// Whether a device belongs to its owner's identity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Identity {
    /// It makes the account's cross-signing identity when there is none, and is signed by it.
    #[default]
    Signed,
    /// It takes no part in cross-signing: nobody can tell that it is its owner's.
    Unsigned,
}

/// Which devices of others a client deals with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Caution {
    /// Any.
    #[default]
    AnyDevice,
    /// Only those that their owner signed, in both directions: what Element calls excluding insecure devices (MSC4153).
    SignedDevices,
}

/// A client, before it is logged in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Device {
    pub(super) identity: Identity,
    pub(super) caution: Caution,
}

impl Device {
    /// A device that takes no part in cross-signing.
    #[must_use]
    pub fn unsigned() -> Self {
        Self { identity: Identity::Unsigned, ..Self::default() }
    }

    /// A device that deals with signed devices only.
    #[must_use]
    pub fn cautious() -> Self {
        Self { caution: Caution::SignedDevices, ..Self::default() }
    }

    /// The client: everything in memory, patient with a server that is down for a while.
    pub(super) async fn client(self, address: &str) -> Result<Client, Refusal> {
        let encryption = EncryptionSettings {
            auto_enable_cross_signing: self.identity == Identity::Signed,
            ..EncryptionSettings::default()
        };
        let builder = Client::builder()
            .homeserver_url(address)
            .request_config(RequestConfig::new().retry_limit(8))
            .with_encryption_settings(encryption);
        let builder = match self.caution {
            Caution::AnyDevice => builder,
            Caution::SignedDevices => builder
                .with_room_key_recipient_strategy(CollectStrategy::IdentityBasedStrategy)
                .with_decryption_settings(DecryptionSettings {
                    sender_device_trust_requirement: TrustRequirement::CrossSignedOrLegacy,
                }),
        };
        builder.build().await.map_err(|error| Refusal::unreached(&error))
    }
}
