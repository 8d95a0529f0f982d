//! An account on a small homeserver of our own, whose keys are really signed, and what becomes of the checkup when something
//! is missing or was tampered with.

use super::*;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::{Json, Router};
use expect_test::{Expect, expect};
use matrix_sdk::encryption::vodozemac::Ed25519SecretKey;
use secrecy::SecretString;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

const USER: &str = "@vigie:exemple.fr";
const KEYS: &str = "/v3/keys/query";
const BACKUP: &str = "/v3/room_keys/version";
const STORED: &str = "/v3/user/@vigie:exemple.fr/account_data/";

/// What is at each place of the client API.
type Account = BTreeMap<String, Value>;

fn secret(of: u8) -> Ed25519SecretKey {
    Ed25519SecretKey::from_slice(&[of; 32])
}

/// The object with the signature of a key.
fn signed(mut object: Value, key: &Ed25519SecretKey, name: &str) -> Value {
    let text = signature::signed_text(&object).expect("an object");
    object["signatures"][USER][format!("ed25519:{name}")] = json!(key.sign(text.as_bytes()).to_base64());
    object
}

fn identity(usage: &str, key: &Ed25519SecretKey) -> Value {
    let public = key.public_key().to_base64();
    json!({ "user_id": USER, "usage": [usage], "keys": { format!("ed25519:{public}"): public } })
}

/// An account as it should be.
fn account() -> Account {
    let (master, signing, device) = (secret(1), secret(2), secret(3));
    let name = |key: &Ed25519SecretKey| key.public_key().to_base64();
    let keys = json!({ "ed25519:DEV": name(&device), "curve25519:DEV": "c" });
    let own =
        signed(json!({ "user_id": USER, "device_id": "DEV", "algorithms": ["m.olm"], "keys": keys }), &device, "DEV");
    let own = signed(own, &signing, &name(&signing));
    let backup = signed(json!({ "public_key": "b" }), &master, &name(&master));
    let mut places = Account::from([
        ("/v3/account/whoami".to_owned(), json!({ "user_id": USER, "device_id": "DEV" })),
        (
            KEYS.to_owned(),
            json!({
                "device_keys": { USER: { "DEV": own } },
                "master_keys": { USER: identity("master", &master) },
                "self_signing_keys": { USER: signed(identity("self_signing", &signing), &master, &name(&master)) },
            }),
        ),
        (BACKUP.to_owned(), json!({ "version": "3", "count": 12, "auth_data": backup })),
        (format!("{STORED}m.secret_storage.default_key"), json!({ "key": "k1" })),
        (format!("{STORED}m.secret_storage.key.k1"), json!({ "algorithm": "m.secret_storage.v1.aes-hmac-sha2" })),
        ("/v3/joined_rooms".to_owned(), json!({ "joined_rooms": ["!plain:exemple.fr", "!closed"] })),
        ("/v3/rooms/!closed/state/m.room.encryption".to_owned(), json!({ "algorithm": "m.megolm.v1.aes-sha2" })),
    ]);
    for kind in ["cross_signing.master", "cross_signing.self_signing", "cross_signing.user_signing", "megolm_backup.v1"]
    {
        places.insert(format!("{STORED}m.{kind}"), json!({ "encrypted": { "k1": {} } }));
    }
    places
}

async fn answer(State(account): State<Arc<Account>>, uri: Uri, headers: axum::http::HeaderMap) -> Response {
    let error = |status, code: &str| (status, Json(json!({ "errcode": code, "error": "…" }))).into_response();
    if headers.get("authorization").is_none_or(|token| token != "Bearer s3cret") {
        return error(StatusCode::UNAUTHORIZED, "M_UNKNOWN_TOKEN");
    }
    let path = uri.path().replace("%40", "@").replace("%3A", ":").replace("%21", "!");
    match account.get(path.trim_start_matches("/_matrix/client")) {
        Some(Value::String(page)) => page.clone().into_response(),
        Some(Value::Number(status)) => {
            let status = status.as_u64().and_then(|status| u16::try_from(status).ok());
            let status = status.and_then(|status| StatusCode::from_u16(status).ok()).expect("a status");
            error(status, "M_LIMIT_EXCEEDED")
        }
        Some(found) => Json(found.clone()).into_response(),
        None => error(StatusCode::NOT_FOUND, "M_NOT_FOUND"),
    }
}

async fn look_at(account: Account, token: &str) -> Result<Checkup, CheckupError> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port of this machine");
    let homeserver = format!("http://{}", listener.local_addr().expect("an address"));
    let router = Router::new().fallback(answer).with_state(Arc::new(account));
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });
    let found = checkup(&Access { homeserver, token: SecretString::from(token) }).await;
    serving.abort();
    found
}

/// What differs from an account as it should be.
#[track_caller]
fn check(change: impl FnOnce(&mut Account), expected: &Expect) {
    let mut account = account();
    change(&mut account);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let found = runtime.block_on(look_at(account, "s3cret")).expect("an account");
    let told = found.findings.iter().filter(|finding| finding.verdict != Verdict::Good).map(|finding| {
        assert_eq!(finding.verdict == Verdict::Bad, finding.advice.is_some(), "{finding:?}");
        format!("{:?} {}: {}\n", finding.verdict, finding.about, finding.says)
    });
    expected.assert_eq(&told.collect::<String>());
}

#[tokio::test]
async fn a_good_account_is_good_in_everything() {
    let found = look_at(account(), "s3cret").await.expect("an account");
    let told: Vec<String> = found
        .findings
        .iter()
        .map(|finding| format!("{:?} {}: {}", finding.verdict, finding.about, finding.says))
        .collect();
    expect![[r"
        Good device keys: device DEV has uploaded its keys
        Good cross-signing identity: the account has one, and its keys belong together
        Good device signature: the identity vouches for the device
        Good key backup: version 3 holds 12 keys
        Good recovery: the recovery key recovers the identity and the backup
        Good rooms: 2 joined, 1 of them encrypted"]]
    .assert_eq(&told.join("\n"));
    assert_eq!((found.user.as_str(), found.device.as_deref()), (USER, Some("DEV")));
}

#[test]
fn keys_that_were_tampered_with_are_seen() {
    check(
        |account| {
            account.get_mut(KEYS).expect("keys")["device_keys"][USER]["DEV"]["keys"]["curve25519:DEV"] = json!("other");
        },
        &expect![[r"
            Bad device keys: the keys of the device aren't what it signed: clients refuse them
            Bad device signature: the signature of the device is wrong: clients refuse it
        "]],
    );
    check(
        |account| {
            let other = identity("master", &secret(9));
            account.get_mut(KEYS).expect("keys")["master_keys"][USER] = other;
        },
        &expect![[r"
            Bad cross-signing identity: the self-signing key isn't signed by the master key
            Bad key backup: version 3 is signed neither by the account nor by this device
        "]],
    );
    check(
        |account| account.get_mut(KEYS).expect("keys")["self_signing_keys"][USER]["usage"] = json!(["user_signing"]),
        &expect![[r"
            Bad cross-signing identity: the account has a master key but no self-signing key
            Bad device signature: there is no identity that could sign the device
        "]],
    );
}

#[test]
fn what_is_missing_is_told() {
    check(
        |account| {
            let signatures = &mut account.get_mut(KEYS).expect("keys")["device_keys"][USER]["DEV"]["signatures"][USER];
            signatures.as_object_mut().expect("signatures").retain(|name, _| name == "ed25519:DEV");
        },
        &expect![[r"
            Bad device signature: the identity doesn't vouch for the device: people's clients keep their messages from it
        "]],
    );
    check(
        |account| drop(account.insert(KEYS.to_owned(), json!({ "device_keys": { USER: {} } }))),
        &expect![[r"
            Bad device keys: the device has uploaded no keys
            Bad cross-signing identity: the account has no cross-signing identity
            Bad device signature: there are no keys of the device to sign
            Bad key backup: version 3 is signed neither by the account nor by this device
        "]],
    );
    check(
        |account| {
            account.remove(BACKUP);
            account.remove(&format!("{STORED}m.secret_storage.default_key"));
        },
        &expect![[r"
            Bad key backup: there is none: a lost store loses what was said before
            Bad recovery: no recovery key was made: a lost store means a new identity, which people's clients refuse
        "]],
    );
    check(
        |account| {
            account.insert(format!("{STORED}m.cross_signing.master"), json!({ "encrypted": { "old": {} } }));
        },
        &expect![[r"
            Bad recovery: the recovery key doesn't recover the master key
        "]],
    );
}

#[test]
fn a_backup_signed_by_the_device_alone_is_good() {
    check(
        |account| {
            let auth = signed(json!({ "public_key": "b" }), &secret(3), "DEV");
            account.get_mut(BACKUP).expect("a backup")["auth_data"] = auth;
        },
        &expect![""],
    );
}

#[test]
fn what_cannot_be_told_is_unknown() {
    check(
        |account| {
            account.insert(BACKUP.to_owned(), json!(429));
            account.insert("/v3/joined_rooms".to_owned(), json!(500));
        },
        &expect![[r"
            Unknown key backup: the homeserver answered 429 (M_LIMIT_EXCEEDED)
            Unknown rooms: the homeserver answered 500 (M_LIMIT_EXCEEDED)
        "]],
    );
}

#[tokio::test]
async fn only_so_many_rooms_are_looked_at() {
    let mut account = account();
    let rooms: Vec<String> = (0..120).map(|rank| format!("!room{rank}")).collect();
    account.insert("/v3/joined_rooms".to_owned(), json!({ "joined_rooms": rooms }));
    let found = look_at(account, "s3cret").await.expect("an account");
    let rooms = found.findings.iter().find(|finding| finding.about == About::Rooms).expect("rooms");
    assert_eq!(rooms.says, "120 joined; 0 of the 50 looked at are encrypted");
}

#[tokio::test]
async fn a_refused_token_an_absent_server_and_a_web_page_are_told_apart() {
    assert_eq!(look_at(account(), "old").await, Err(CheckupError::TokenRefused));

    let mut page = account();
    page.insert("/v3/account/whoami".to_owned(), json!("<html>"));
    assert!(matches!(look_at(page, "s3cret").await, Err(CheckupError::NotAHomeserver(_))));

    let access = |homeserver: &str| Access { homeserver: homeserver.to_owned(), token: SecretString::from("s3cret") };
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let gone = checkup(&access(&format!("http://{free}"))).await.expect_err("nobody listens").to_string();
    assert!(gone.contains("can't be reached") && gone.contains("refused"), "{gone}");
    assert!(!gone.contains("s3cret"), "{gone}");
    for wrong in ["exemple.fr", "mxc://exemple.fr", ""] {
        assert_eq!(checkup(&access(wrong)).await, Err(CheckupError::Address(wrong.to_owned())));
    }
}
