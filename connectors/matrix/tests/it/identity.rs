//! The identity of the account, which outlives devices: made once, joined by the recovery key, never replaced.

use crate::{
    bot::Bot,
    desk::Desk,
    meeting::{Meeting, answers, numbers},
    town::{self, Lodging, Privacy},
};
use homeserver::{Device, Person};
use matrix_sdk::ruma::UserId;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use std::{
    fs,
    sync::{Arc, Mutex},
    time::Duration,
};
use vigie_chat::ConnectorError;
use vigie_matrix::{About, Options, SecretNote, Verdict, access, checkup};

/// How long the bot's client may take to put keys into the backup.
const PATIENCE: Duration = Duration::from_secs(45);

/// What the operator was told in secret.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    fn options(&self, options: Options) -> Options {
        let told = Arc::clone(&self.0);
        options.tell_operator(Arc::new(move |note| {
            let SecretNote::RecoveryKey(key) = note;
            told.lock().expect("nobody panicked").push(key.expose_secret().to_owned());
            Ok(())
        }))
    }

    fn keys(&self) -> Vec<SecretString> {
        let told = self.0.lock().expect("nobody panicked");
        told.iter().map(|key| SecretString::from(key.as_str())).collect()
    }
}

/// A meeting in an encrypted room, whose operator was told the recovery key.
async fn told() -> Option<(Meeting, SecretString)> {
    let server = town::shared().await?;
    let (lodging, desk, told) = (Lodging::on(server).await, Desk::new(), Told::default());
    let bot = Bot::start(told.options(lodging.options()), Arc::clone(&desk) as _);
    let alice = server.person("alice").await.expect("she logs in");
    let room = town::room_with(&alice, &lodging, &[], Privacy::Encrypted).await;
    let mut meeting = Meeting { lodging, desk, alice, room, bot: Some(bot) };
    meeting.asks(["là".to_owned()]).await;
    meeting.is_answered("là").await;
    meeting.stops().await;
    meeting.starts_with(told.options(meeting.lodging.options()));
    meeting.asks(["encore".to_owned()]).await;
    meeting.is_answered("encore").await;
    let keys = told.keys();
    assert_eq!(keys.len(), 1, "the key is told once");
    Some((meeting, keys[0].clone()))
}

async fn keys(who: &Person, user: &UserId) -> Value {
    let request = json!({ "device_keys": { user.as_str(): [] } });
    who.request("POST", "/_matrix/client/v3/keys/query", Some(&request)).await.expect("they are told")
}

/// The public master key of an account, which is its identity.
async fn identity(who: &Person, user: &UserId) -> String {
    let keys = keys(who, user).await["master_keys"][user.as_str()]["keys"].clone();
    let key = keys.as_object().and_then(|keys| keys.values().next()?.as_str());
    key.expect("there is an identity").to_owned()
}

/// Waits until as many keys of rooms are in the account's backup.
async fn are_backed_up(meeting: &Meeting, many: u64) {
    let server = town::shared().await.expect("it was there");
    let owner = server.log_in(&meeting.lodging.account, Device::unsigned()).await.expect("it logs in");
    let counted = async {
        loop {
            let backup = owner.request("GET", "/_matrix/client/v3/room_keys/version", None).await;
            if backup.is_ok_and(|backup| backup["count"].as_u64() >= Some(many)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, counted).await.expect("they come into the backup");
    owner.logs_out().await.expect("it logs out");
}

async fn ends_refused(options: Options) -> String {
    let ended = Bot::start(options, Desk::new()).ended().await;
    let Err(ConnectorError::Refused(why)) = ended else { panic!("it ended as {ended:?}") };
    why
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_whose_folder_is_lost_comes_back_as_the_same_by_its_recovery_key() {
    let Some((mut meeting, key)) = told().await else { return };
    let user = meeting.lodging.user();
    let before = identity(&meeting.alice, &user).await;
    are_backed_up(&meeting, 1).await;
    meeting.stops().await;
    meeting.asks(numbers(1, 2)).await;
    fs::remove_dir_all(meeting.lodging.matrix()).expect("it was there");
    meeting.starts_with(meeting.lodging.options().recovery_key(key));
    // Said while nobody was at home, and encrypted for the device that is lost.
    meeting.is_answered("n2").await;
    let mut said = meeting.all_said().await;
    said.retain(|said| said != "Entendu : encore");
    assert_eq!(said, answers(numbers(1, 2)));
    assert_eq!(identity(&meeting.alice, &user).await, before);
    let about_it = checkup(&access(&meeting.lodging.matrix()).expect("a session")).await.expect("a report");
    let signature =
        about_it.findings.iter().find(|finding| finding.about == About::Signature).expect("it is looked at");
    assert_eq!(signature.verdict, Verdict::Good, "{signature:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passphrase_that_the_operator_chose_recovers_too() {
    let Some(server) = town::shared().await else { return };
    let (lodging, desk, told) = (Lodging::on(server).await, Desk::new(), Told::default());
    let chosen = || told.options(lodging.options()).recovery_key("la phrase de l’école".into());
    let (first, second) = (chosen(), chosen());
    let bot = Bot::start(first, Arc::clone(&desk) as _);
    let alice = server.person("alice").await.expect("she logs in");
    let room = town::room_with(&alice, &lodging, &[], Privacy::Encrypted).await;
    let mut meeting = Meeting { lodging, desk, alice, room, bot: Some(bot) };
    meeting.asks(numbers(1, 1)).await;
    meeting.is_answered("n1").await;
    meeting.stops().await;
    let before = identity(&meeting.alice, &meeting.lodging.user()).await;
    fs::remove_dir_all(meeting.lodging.matrix()).expect("it was there");
    meeting.starts_with(second);
    meeting.asks(numbers(2, 2)).await;
    meeting.is_answered("n2").await;
    assert_eq!(identity(&meeting.alice, &meeting.lodging.user()).await, before);
    assert!(told.keys().is_empty(), "there was nothing to tell");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_identity_is_neither_replaced_nor_gone_without() {
    let Some((mut meeting, _)) = told().await else { return };
    let user = meeting.lodging.user();
    let before = identity(&meeting.alice, &user).await;
    meeting.stops().await;
    fs::remove_dir_all(meeting.lodging.matrix()).expect("it was there");
    let why = ends_refused(meeting.lodging.options()).await;
    assert!(why.contains("already has an identity") && why.contains("VIGIE_MATRIX_RECOVERY_KEY"), "{why}");
    let wrong = meeting.lodging.options().recovery_key("une autre phrase".into());
    let why = ends_refused(wrong).await;
    assert!(why.contains("does not open"), "{why}");
    assert_eq!(identity(&meeting.alice, &user).await, before);
    let devices = town::shared().await.expect("it was there").devices(&user).await.expect("they are listed");
    assert_eq!(devices.len(), 2, "the one that is lost, and one for all that was tried since");
}
