//! What the account keeps on the homeserver besides its keys: the backup, what recovers it, the rooms.

use super::keys::Keys;
use super::server::Server;
use super::signature::{Key, Signed};
use super::{About, CheckupError, Finding};
use serde_json::Value;

/// At most so many rooms are asked whether they are encrypted.
const ROOMS_LOOKED_AT: usize = 50;

/// What must be stored under the recovery key for a new device to take the identity up.
const SECRETS: [(&str, &str); 4] = [
    ("m.cross_signing.master", "the master key"),
    ("m.cross_signing.self_signing", "the self-signing key"),
    ("m.cross_signing.user_signing", "the user-signing key"),
    ("m.megolm_backup.v1", "the key of the backup"),
];

const NEW_BACKUP: &str = "Start Vigie with the recovery key of the account: it makes a backup and fills it";
const NEW_RECOVERY: &str =
    "Start Vigie once without a recovery key: it makes one and shows it once. Keep it apart from this machine";

/// The backup: is there one, and would a client of the account trust it?
pub(super) fn backup(user: &str, device: Option<&str>, keys: &Keys, backup: Option<&Value>) -> Finding {
    let Some(backup) = backup else {
        return Finding::bad(About::Backup, "there is none: a lost store loses what was said before", NEW_BACKUP);
    };
    let of_device = device.and_then(|device| Key::of_device(keys.device(device)?, device));
    let known = [Key::of_identity(&keys.master), of_device];
    let auth = backup.get("auth_data").unwrap_or(&Value::Null);
    let signed: Vec<Signed> = known.iter().flatten().map(|key| key.signed(auth, user)).collect();
    let version = backup.get("version").and_then(Value::as_str).unwrap_or("?");
    if signed.contains(&Signed::Truly) {
        let count = backup.get("count").and_then(Value::as_u64).unwrap_or_default();
        Finding::good(About::Backup, format!("version {version} holds {count} keys"))
    } else {
        let says = format!("version {version} is signed neither by the account nor by this device");
        Finding::bad(About::Backup, says, NEW_BACKUP)
    }
}

/// Whether a recovery key was made, and everything that it must recover is stored under it.
pub(super) async fn recovery(server: &Server, user: &str) -> Result<Finding, CheckupError> {
    let stored = async |kind: &str| server.get(&["v3", "user", user, "account_data", kind]).await;
    let by_default = stored("m.secret_storage.default_key").await?.unwrap_or_default();
    let Some(key) = by_default.get("key").and_then(Value::as_str).filter(|key| !key.is_empty()) else {
        let says = "no recovery key was made: a lost store means a new identity, which people's clients refuse";
        return Ok(Finding::bad(About::Recovery, says, NEW_RECOVERY));
    };
    if stored(&format!("m.secret_storage.key.{key}")).await?.is_none() {
        return Ok(Finding::bad(
            About::Recovery,
            "the recovery key can't be checked: its description is gone",
            NEW_RECOVERY,
        ));
    }
    let mut missing = Vec::new();
    for (kind, name) in SECRETS {
        let secret = stored(kind).await?.unwrap_or_default();
        if secret.get("encrypted").and_then(|by_key| by_key.get(key)).is_none() {
            missing.push(name);
        }
    }
    Ok(if missing.is_empty() {
        Finding::good(About::Recovery, "the recovery key recovers the identity and the backup")
    } else {
        let says = format!("the recovery key doesn't recover {}", missing.join(", "));
        Finding::bad(About::Recovery, says, NEW_RECOVERY)
    })
}

/// How many rooms, and how many of them are encrypted.
pub(super) async fn rooms(server: &Server) -> Result<Finding, CheckupError> {
    let joined = server.get(&["v3", "joined_rooms"]).await?.unwrap_or_default();
    let joined: Vec<&str> = joined
        .get("joined_rooms")
        .and_then(Value::as_array)
        .map(|rooms| rooms.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let looked_at = joined.len().min(ROOMS_LOOKED_AT);
    let mut encrypted = 0;
    for room in &joined[..looked_at] {
        if server.get(&["v3", "rooms", room, "state", "m.room.encryption"]).await?.is_some() {
            encrypted += 1;
        }
    }
    let all = joined.len();
    let says = if looked_at == all {
        format!("{all} joined, {encrypted} of them encrypted")
    } else {
        format!("{all} joined; {encrypted} of the {looked_at} looked at are encrypted")
    };
    Ok(Finding::good(About::Rooms, says))
}
