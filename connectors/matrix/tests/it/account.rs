//! Logging in, and what keeps the bot from it: each refusal says what to do.

use crate::{
    bot::Bot,
    desk::Desk,
    meeting::Meeting,
    town::{self, Lodging, Privacy},
};
use axum::{Router, http::StatusCode};
use homeserver::Homeserver;
use serde_json::json;
use std::fs;
use tokio::net::TcpListener;
use vigie_chat::ConnectorError;
use vigie_matrix::{Login, Options, Profile};

/// The bot ends by itself, and says why in these words.
async fn is_refused(options: Options, why: &[&str]) {
    says_why(Bot::start(options, Desk::new()), why).await;
}

async fn says_why(bot: Bot, why: &[&str]) {
    let ended = bot.ended().await;
    let Err(ConnectorError::Refused(said)) = ended else { panic!("it ended as {ended:?}") };
    for words in why {
        assert!(said.contains(words), "{words:?} is not in: {said}");
    }
}

/// A bot that has logged in once, and stopped.
async fn settled(server: &Homeserver) -> Meeting {
    let mut meeting = Meeting::on(server, Privacy::Plain).await;
    meeting.stops().await;
    meeting
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_refused() {
    let Some(server) = town::shared().await else { return };
    let lodging = Lodging::on(server).await;
    let login = Login::Password { user: lodging.user().to_string(), password: "faux".into() };
    is_refused(lodging.options_by(login), &["VIGIE_MATRIX_PASSWORD"]).await;
    assert!(server.devices(&lodging.user()).await.expect("they are listed").is_empty());
    // Nothing of it is in the way of the right one.
    let mut bot = lodging.bot(Desk::new());
    lodging.is_logged_in(server).await;
    bot.asks_to_stop();
    bot.ended().await.expect("it ends well");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_homeserver_is_refused() {
    let Some(server) = town::shared().await else { return };
    let mut lodging = Lodging::on(server).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("it is bound"));
    let shop = Router::new().fallback(|| async { (StatusCode::NOT_FOUND, "<h1>Boutique</h1>") });
    let serving = tokio::spawn(async move { axum::serve(listener, shop).await });
    lodging.homeserver = address;
    is_refused(lodging.options(), &["http://127.0.0.1:"]).await;
    serving.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_homeserver_that_is_away_is_asked_until_it_answers() {
    let Some(server) = town::shared().await else { return };
    let lodging = Lodging::on(server).await;
    lodging.line.cut();
    let mut bot = lodging.bot(Desk::new());
    lodging.line.is_tried(3).await;
    lodging.line.mend();
    lodging.is_logged_in(server).await;
    bot.asks_to_stop();
    bot.ended().await.expect("it ends well");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_store_is_said_and_no_device_is_made_instead() {
    let Some(server) = town::shared().await else { return };
    let meeting = settled(server).await;
    let before = server.devices(&meeting.lodging.user()).await.expect("they are listed");
    fs::remove_dir_all(meeting.lodging.matrix().join("store")).expect("it was there");
    is_refused(meeting.lodging.options(), &["backup", "VIGIE_MATRIX_RECOVERY_KEY"]).await;
    assert_eq!(server.devices(&meeting.lodging.user()).await.expect("they are listed"), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_session_is_said_and_no_device_is_made_instead() {
    let Some(server) = town::shared().await else { return };
    let meeting = settled(server).await;
    let before = server.devices(&meeting.lodging.user()).await.expect("they are listed");
    fs::remove_file(meeting.lodging.matrix().join("session.json")).expect("it was there");
    is_refused(meeting.lodging.options(), &["session.json", "VIGIE_MATRIX_RECOVERY_KEY"]).await;
    assert_eq!(server.devices(&meeting.lodging.user()).await.expect("they are listed"), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passphrase_that_was_changed_opens_nothing() {
    let Some(server) = town::shared().await else { return };
    let meeting = settled(server).await;
    let other = meeting.lodging.options().passphrase("autre".into());
    is_refused(other, &["VIGIE_MATRIX_STORE_PASSPHRASE"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_bots_do_not_share_a_folder() {
    let Some(server) = town::shared().await else { return };
    let meeting = Meeting::on(server, Privacy::Plain).await;
    is_refused(meeting.lodging.options(), &["another Vigie"]).await;
    meeting.asks(["encore".to_owned()]).await;
    meeting.is_answered("encore").await;
}

/// A token for a device of the bot's account, as whoever runs the homeserver makes one.
async fn token(meeting: &Meeting) -> Login {
    let account = &meeting.lodging.account;
    let identifier = json!({ "type": "m.id.user", "user": account.user_id });
    let login = json!({ "type": "m.login.password", "identifier": identifier, "password": account.password });
    let made = meeting.alice.request("POST", "/_matrix/client/v3/login", Some(&login)).await.expect("it is made");
    let text = |name: &str| made[name].as_str().expect("it is there").to_owned();
    Login::Token { token: text("access_token").into(), device_id: text("device_id") }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_and_its_device_are_enough() {
    let Some(server) = town::shared().await else { return };
    let (lodging, desk) = (Lodging::on(server).await, Desk::new());
    let alice = server.person("alice").await.expect("she logs in");
    let (room, bot) = ("!nulle-part".try_into().expect("a room id"), None);
    let mut meeting = Meeting { lodging, desk, alice, room, bot };
    let login = token(&meeting).await;
    meeting.starts_with(meeting.lodging.options_by(login.clone()));
    meeting.room = town::room_with(&meeting.alice, &meeting.lodging, &[], Privacy::Encrypted).await;
    meeting.asks(["jeton".to_owned()]).await;
    meeting.is_answered("jeton").await;
    meeting.stops().await;
    assert_eq!(server.devices(&meeting.lodging.user()).await.expect("they are listed").len(), 1);
    let Login::Token { token, .. } = login else { unreachable!("it was made so") };
    let of_another = Login::Token { token, device_id: "AUTRE".to_owned() };
    is_refused(meeting.lodging.options_by(of_another), &["VIGIE_MATRIX_DEVICE_ID"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_nobody_made_is_refused() {
    let Some(server) = town::shared().await else { return };
    let lodging = Lodging::on(server).await;
    // One that could be a token, and one that was pasted wrong; and again, since each leaves nothing in the way of the next.
    for invented in ["syt_invente", "un jeton inventé\n"].repeat(4) {
        let login = Login::Token { token: invented.into(), device_id: "AUTRE".to_owned() };
        is_refused(lodging.options_by(login), &["VIGIE_MATRIX_ACCESS_TOKEN"]).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_is_removed_while_it_runs_ends_it() {
    let Some(server) = town::shared().await else { return };
    let mut meeting = Meeting::on(server, Privacy::Plain).await;
    let user = meeting.lodging.user();
    let devices = server.devices(&user).await.expect("they are listed");
    assert_eq!(devices.len(), 1);
    server.remove_device(&user, devices[0].id.as_str()).await.expect("it is removed");
    let bot = meeting.bot.take().expect("it runs");
    let why = ["no longer knows this session", "VIGIE_MATRIX_RECOVERY_KEY"];
    says_why(bot, &why).await;
    is_refused(meeting.lodging.options(), &why).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_shows_the_name_and_the_picture_that_the_operator_chose() {
    let Some(server) = town::shared().await else { return };
    let mut meeting = settled(server).await;
    let picture = meeting.lodging.folder.path().join("vigie.png");
    fs::write(&picture, b"\x89PNG\r\n\x1a\n and so on").expect("it is written");
    let profile = Profile { name: Some("Vigie des sources".to_owned()), avatar: Some(picture) };
    meeting.starts_with(meeting.lodging.options().profile(profile));
    let bot = meeting.lodging.user();
    let shown = meeting.alice.until(&meeting.room, |room| {
        let member = room.state("m.room.member", bot.as_str())?;
        (member["displayname"] == "Vigie des sources" && member["avatar_url"].is_string()).then_some(())
    });
    shown.await.expect("it is shown");
    // And it is called by its name.
    let call = homeserver::Text::new("Vigie des sources: dire nom").mentioning(&bot);
    meeting.says(call).await;
    meeting.is_answered("nom").await;
}
