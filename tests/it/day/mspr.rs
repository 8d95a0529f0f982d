//! A whole MSPR, lived on the console, on the fake Discord and on a real Synapse: from the brief to the defence, with a trainer
//! and two teams of four, one of them late, and a member who leaves.
//!
//! The transcript `mspr.txt` has every word of it; here the same happens on each network, through its own commands, buttons,
//! files and private answers.

use super::attended::Attended;
use super::behind::Behind;
use super::console::Terminal;
use super::discord::DiscordStage;
use super::matrix::{MatrixStage, Privacy};
use super::play::play;
use super::script::{Act, Deed};
use jiff::SignedDuration;
use std::sync::Arc;
use vigie::app::{Vigie, shelf::Shelf};
use vigie::config::Settings;
use vigie::store::Store;
use vigie_chat::{Connector, Invocation};
use vigie_testkit::{Actor, HandedFile, Place, Stage};

/// The real application, which speaks on a network by itself, and that network.
async fn vigie(network: &'static str) -> (Arc<Attended>, Arc<Behind>) {
    let behind = Behind::of(network);
    let store = Store::open("sqlite::memory:").await.expect("a store in memory");
    let shelf = Shelf::open(None, None).expect("the embedded référentiels");
    let app = Vigie::new(shelf, Settings::default(), store).on([Arc::clone(&behind) as Arc<dyn Connector>]);
    (Arc::new(Attended::new(app)), behind)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_mspr_on_the_console() {
    let (app, behind) = vigie("console").await;
    let stage = Terminal::open(Arc::clone(&app) as _);
    behind.is(stage.connector());
    live(&stage, &app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_mspr_on_discord() {
    let (app, behind) = vigie("discord").await;
    let stage = DiscordStage::open_for(Arc::clone(&app) as _, &Actor::CROWD).await;
    behind.is(stage.connector());
    live(&stage, &app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_mspr_in_a_plain_matrix_room() {
    in_a_matrix_room(Privacy::Plain).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_mspr_in_an_encrypted_matrix_room() {
    in_a_matrix_room(Privacy::Encrypted).await;
}

async fn in_a_matrix_room(privacy: Privacy) {
    let (app, behind) = vigie("matrix").await;
    let Some(stage) = MatrixStage::open_for(Arc::clone(&app) as _, privacy, &Actor::CROWD).await else { return };
    behind.is(stage.connector());
    live(&stage, &app).await;
}

async fn live(stage: &dyn Stage, app: &Attended) {
    let deeds = mspr();
    let said = play(stage, app, &deeds, None).await;
    // What is somebody's own stays theirs on every network.
    for (deed, said) in deeds.iter().zip(&said) {
        if let Act::Gives(command) = &deed.act {
            let private =
                ["livrable deposer", "heures ajouter", "planning", "suivi", "soutenance voir", "grille couvrir"];
            assert!(!private.contains(&command.path.as_str()) || said.private, "{}: {deed:?}", stage.network());
            let public = ["equipe creer", "equipe rejoindre", "equipe quitter"];
            let refused = said.words.contains("complète") && said.private;
            assert!(
                !public.contains(&command.path.as_str()) || refused || !said.private,
                "{}: {deed:?}",
                stage.network()
            );
        }
    }
}

/// What happens, in order. The clock starts on Monday 23 November 2026 at nine.
fn mspr() -> Vec<Deed> {
    use Actor::{Alice, Bob, Carla, Dave, Erin, Frank, Grace, Heidi, Ivan};
    let of = Invocation::new;
    let deed = |who, act, tells| Deed { who, place: Place::Room, act, tells };
    let gives = |who, command: Invocation, tells| deed(who, Act::Gives(command), tells);
    let joins = |who, team: &str, tells| gives(who, of("equipe rejoindre").with("equipe", team), tells);
    let hands_in =
        |who, link: &str, tells| gives(who, of("livrable deposer").with("livrable", "L2").with("lien", link), tells);
    let brief = std::fs::read("tests/briefs/projet-ia-fuites.md").expect("a brief");
    let file = HandedFile { name: "sujet.md".to_owned(), bytes: brief };
    vec![
        deed(Alice, Act::Hands(of("brief publier"), file), "Ce que j’ai compris du sujet"),
        deed(Alice, Act::Follows("Publier dans ce salon"), "est publié dans"),
        gives(Bob, of("brief liste"), "Prévoir les fuites"),
        gives(Bob, of("equipe creer").with("nom", "Les Phares"), "Équipe 1 créée"),
        joins(Carla, "1", "fait maintenant partie de l’équipe 1"),
        joins(Dave, "1", "fait maintenant partie de l’équipe 1"),
        joins(Erin, "Les Phares", "complète"),
        joins(Frank, "1", "Cette équipe est complète"),
        gives(Frank, of("equipe creer").with("nom", "Les Balises"), "Équipe 2 créée"),
        joins(Grace, "2", "fait maintenant partie de l’équipe 2"),
        joins(Heidi, "2", "fait maintenant partie de l’équipe 2"),
        joins(Ivan, "2", "complète"),
        // The plan of the first.
        gives(
            Bob,
            of("jalon ajouter")
                .with("titre", "Cadrage du besoin")
                .with("echeance", "mercredi 18h")
                .with("qui", "moi")
                .with("duree", "3h"),
            "mercredi 25 novembre 2026 à 18 h 00",
        ),
        gives(
            Carla,
            of("jalon ajouter")
                .with("titre", "Jeu de données")
                .with("echeance", "jeudi 12h")
                .with("qui", "moi")
                .with("apres", "2"),
            "jeudi 26 novembre 2026 à 12 h 00",
        ),
        gives(Bob, of("jalon modifier").with("jalon", "2").with("apres", "3"), "en boucle"),
        gives(Dave, of("planning"), "À voir, le plus important d’abord"),
        gives(Bob, of("jalon fait").with("jalon", "2"), "est fait"),
        gives(Bob, of("heures ajouter").with("duree", "3h"), "bob a noté 3 h en tout"),
        // What isn't theirs.
        gives(Frank, of("jalon liste").with("equipe", "1"), "C’est réservé aux formateurs et aux membres de l’équipe"),
        gives(Frank, of("suivi"), "C’est réservé aux formateurs"),
        // Sent back, handed in again, accepted.
        hands_in(Bob, "https://forge.example/phares/dossier.pdf", "version 1, est déposé"),
        gives(
            Alice,
            of("livrable reprendre")
                .with("livrable", "2")
                .with("equipe", "1")
                .with("commentaire", "Il manque les annexes."),
            "est renvoyée",
        ),
        hands_in(Carla, "https://forge.example/phares/dossier-2.pdf", "version 2, est déposé"),
        gives(Alice, of("livrable valider").with("livrable", "2").with("equipe", "1"), "est validée"),
        gives(Dave, of("grille couvrir").with("critere", "A2C1/1").with("preuve", "L2"), "le critère est couvert"),
        gives(Dave, of("grille manque"), "29 critères sur 30 ne sont pas couverts"),
        // Somebody leaves, and what was theirs is taken up.
        gives(Carla, of("equipe quitter"), "ne fait plus partie de l’équipe 1"),
        deed(Bob, Act::Follows("Prendre le jalon"), "jalon 3"),
        // The deadline passes.
        deed(Alice, Act::Later(SignedDuration::from_hours(8 * 24)), ""),
        gives(Alice, of("suivi"), "2 en retard"),
        hands_in(Frank, "https://forge.example/balises/dossier.pdf", "en retard de 3 jours"),
        gives(
            Alice,
            of("soutenance planifier").with("debut", "jeudi 3 décembre 9h").with("duree", "30min").with("salle", "B12"),
            "9 h 00 à 9 h 30",
        ),
        gives(Bob, of("soutenance voir"), "jeudi 3 décembre 2026 à 9 h 00"),
        gives(Bob, of("soutenance repetition"), "Qu’est-ce qui, dans votre travail, répond à ce critère"),
        gives(Alice, of("brief cloturer"), "Clôturer le sujet 1"),
        deed(Alice, Act::Follows("Clôturer"), "est clôturé"),
        gives(Bob, of("jalon rouvrir").with("jalon", "2"), "rien ne change plus"),
    ]
}
