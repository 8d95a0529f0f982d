//! One day, lived on the console, on the fake Discord and on a real Synapse: the same is said on all of them.
//!
//! The stages are those of the connectors' own tests, each with the real application. What Discord shows for each thing that
//! people do is what the others must show: the same words in the same order, the same to be pressed, as private.

mod attended;
mod behind;
mod console;
mod discord;
mod matrix;
mod mspr;
mod play;
mod script;
mod words;

use attended::Attended;
use console::Terminal;
use discord::DiscordStage;
use matrix::{MatrixStage, Privacy};
use play::{Said, play};
use script::{Deed, day};
use std::sync::Arc;
use vigie::app::{Vigie, shelf::Shelf};
use vigie::config::{ReferentHandicap, Settings};
use vigie::store::Store;
use words::words;

/// The real application, which keeps what it knows in memory.
async fn vigie() -> Arc<Attended> {
    let settings = Settings {
        referent_handicap: Some(ReferentHandicap {
            nom: "Mission handicap".to_owned(),
            courriel: Some("handicap@ecole.example".to_owned()),
            telephone: None,
            lieu: Some("bâtiment B, le mardi".to_owned()),
        }),
        ..Settings::default()
    };
    let store = Store::open("sqlite::memory:").await.expect("a store in memory");
    let shelf = Shelf::open(None, None).expect("the embedded référentiels");
    Arc::new(Attended::new(Vigie::new(shelf, settings, store)))
}

/// The day as Discord shows it, where what can be pressed is no part of the words.
async fn on_discord(day: &[Deed]) -> Vec<Said> {
    let app = vigie().await;
    let stage = DiscordStage::open(Arc::clone(&app) as _).await;
    play(&stage, &app, day, None).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_says_the_same_on_the_console_as_on_discord() {
    let day = day();
    let expected = on_discord(&day).await;
    let app = vigie().await;
    let stage = Terminal::open(Arc::clone(&app) as _);
    play(&stage, &app, &day, Some(&expected)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_says_the_same_in_a_plain_matrix_room_as_on_discord() {
    in_a_matrix_room(Privacy::Plain).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_says_the_same_in_an_encrypted_matrix_room_as_on_discord() {
    in_a_matrix_room(Privacy::Encrypted).await;
}

async fn in_a_matrix_room(privacy: Privacy) {
    let day = day();
    let app = vigie().await;
    let Some(stage) = MatrixStage::open(Arc::clone(&app) as _, privacy).await else { return };
    let expected = on_discord(&day).await;
    play(&stage, &app, &day, Some(&expected)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_day_has_something_to_say_each_time() {
    let day = day();
    let said = on_discord(&day).await;
    assert_eq!(said.len(), day.len());
    for (deed, said) in day.iter().zip(&said) {
        assert!(said.words.chars().count() > 30, "{deed:?} is answered {:?}", said.words);
    }
    let all: String = said.iter().flat_map(|said| [said.words.as_str(), "\n"]).collect();
    for told in
        ["C1.5 — Data Engineer", "CE17.1", "Temps majoré pour une épreuve", "Mission handicap", "ZZ99", "page 2 sur"]
    {
        assert!(all.contains(&words(told)), "{told:?} is missing in\n{all}");
    }
    assert!(said.iter().any(|said| said.private) && said.iter().any(|said| !said.private));
}
