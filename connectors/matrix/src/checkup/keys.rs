//! The keys of the account: those of its device, its identity, and whether the one vouches for the other.

use super::signature::{Key, Signed};
use super::{About, Finding};
use serde_json::Value;

const NEW_DEVICE: &str = "Start Vigie once with Matrix configured: it uploads the keys of its device";
const NEW_LOGIN: &str =
    "Log the device out, remove Vigie's own Matrix folder, and let it log in again with the recovery key";
const NEW_IDENTITY: &str =
    "Start Vigie once with Matrix configured: it makes the identity, and its log says if the homeserver refuses";
const LOST_IDENTITY: &str =
    "Recover the account in another client, or reset its identity there, then give Vigie the new recovery key";
const GIVE_RECOVERY: &str = "Give Vigie the recovery key of the account and start it again: it then signs its device";

/// The public keys of the account, each as the homeserver tells it, or null.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    /// By device.
    pub(super) devices: Value,
    pub(super) master: Value,
    pub(super) self_signing: Value,
}

impl Keys {
    /// What is known of a device.
    pub(super) fn device(&self, device: &str) -> Option<&Value> {
        self.devices.get(device)
    }
}

/// What is found about the keys.
pub(super) fn findings(user: &str, device: Option<&str>, keys: &Keys) -> Vec<Finding> {
    vec![device_keys(user, device, keys), identity(user, keys), signature(user, device, keys)]
}

fn device_keys(user: &str, device: Option<&str>, keys: &Keys) -> Finding {
    let bad = |says: &str, advice| Finding::bad(About::Device, says, advice);
    let Some(device) = device else {
        return bad("the token belongs to no device, so nothing encrypted can reach it", NEW_LOGIN);
    };
    let Some(object) = keys.device(device) else {
        return bad("the device has uploaded no keys", NEW_DEVICE);
    };
    let own = |key: &str| object.get(key).and_then(Value::as_str);
    let named = own("user_id") == Some(user) && own("device_id") == Some(device);
    let signed = Key::of_device(object, device).map_or(Signed::Not, |key| key.signed(object, user));
    match (named, signed) {
        (true, Signed::Truly) => Finding::good(About::Device, format!("device {device} has uploaded its keys")),
        _ => bad("the keys of the device aren't what it signed: clients refuse them", NEW_LOGIN),
    }
}

/// The key of a cross-signing object that is what it should be.
fn part(user: &str, object: &Value, usage: &str) -> Option<Key> {
    let of_user = object.get("user_id").and_then(Value::as_str) == Some(user);
    let usages = object.get("usage").and_then(Value::as_array);
    let for_it = usages.is_some_and(|usages| usages.iter().any(|one| one.as_str() == Some(usage)));
    if of_user && for_it { Key::of_identity(object) } else { None }
}

fn identity(user: &str, keys: &Keys) -> Finding {
    let bad = |says: &str, advice| Finding::bad(About::Identity, says, advice);
    if keys.master.is_null() {
        return bad("the account has no cross-signing identity", NEW_IDENTITY);
    }
    let Some(master) = part(user, &keys.master, "master") else {
        return bad("the master key of the account can't be read", LOST_IDENTITY);
    };
    match part(user, &keys.self_signing, "self_signing").map(|_| master.signed(&keys.self_signing, user)) {
        Some(Signed::Truly) => Finding::good(About::Identity, "the account has one, and its keys belong together"),
        Some(_) => bad("the self-signing key isn't signed by the master key", LOST_IDENTITY),
        None => bad("the account has a master key but no self-signing key", LOST_IDENTITY),
    }
}

fn signature(user: &str, device: Option<&str>, keys: &Keys) -> Finding {
    let bad = |says: &str, advice| Finding::bad(About::Signature, says, advice);
    let Some(object) = device.and_then(|device| keys.device(device)) else {
        return bad("there are no keys of the device to sign", NEW_DEVICE);
    };
    let Some(key) = part(user, &keys.self_signing, "self_signing") else {
        return bad("there is no identity that could sign the device", NEW_IDENTITY);
    };
    match key.signed(object, user) {
        Signed::Truly => Finding::good(About::Signature, "the identity vouches for the device"),
        Signed::Wrongly => bad("the signature of the device is wrong: clients refuse it", NEW_LOGIN),
        Signed::Not => bad(
            "the identity doesn't vouch for the device: people's clients keep their messages from it",
            GIVE_RECOVERY,
        ),
    }
}
