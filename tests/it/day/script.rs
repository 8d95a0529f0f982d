//! What people do in a day.

use jiff::SignedDuration;
use vigie_chat::Invocation;
use vigie_testkit::{Actor, HandedFile, Place};

/// One thing that somebody does. It is answered before the next.
#[derive(Debug)]
pub(super) struct Deed {
    pub(super) who: Actor,
    pub(super) place: Place,
    pub(super) act: Act,
    /// Words that the answer has, where they are known.
    pub(super) tells: &'static str,
}

/// What they do.
#[derive(Debug)]
pub(super) enum Act {
    Says(&'static str),
    Gives(Invocation),
    /// Gives a command with a file, as the value of this parameter where the network has a place for it.
    Hands(Invocation, HandedFile),
    /// Nobody does anything until so long after.
    Later(SignedDuration),
    /// Presses, or chooses, what has these words under the last answer that offers something.
    Follows(&'static str),
}

/// A candidate's day, and a trainer's. Neither of them administers anything.
pub(super) fn day() -> Vec<Deed> {
    let candidate = |act| Deed { who: Actor::Bob, place: Place::Room, act, tells: "" };
    let alone = |words| Deed { who: Actor::Bob, place: Place::Direct, act: Act::Says(words), tells: "" };
    let trainer = |act| Deed { who: Actor::Carla, place: Place::Room, act, tells: "" };
    let of = |path: &str| Invocation::new(path);
    vec![
        // The candidate finds out what there is, and looks for something with a typo.
        candidate(Act::Gives(of("aide"))),
        candidate(Act::Follows("chercher")),
        candidate(Act::Gives(of("chercher").with("texte", "acessibilite"))),
        candidate(Act::Gives(of("chercher").with("texte", "rgpd"))),
        candidate(Act::Follows("Page suivante")),
        candidate(Act::Gives(of("competence").with("code", "c1 5").with("referentiel", "data-engineer"))),
        candidate(Act::Follows("C1.4")),
        candidate(Act::Gives(of("criteres").with("code", "CE17.1"))),
        candidate(Act::Gives(of("competence").with("code", "ZZ99"))),
        candidate(Act::Says("pentest")),
        // What concerns health is for them alone.
        candidate(Act::Gives(of("amenagement procedure").with("referentiel", "projet-ia"))),
        candidate(Act::Gives(of("amenagement temps").with("duree", "30 min").with("referentiel", "projet-ia"))),
        candidate(Act::Gives(of("amenagement contact"))),
        candidate(Act::Says("j'ai une dyslexie, puis-je avoir un tiers temps ?")),
        alone("c18"),
        alone("cherhcer rgpd"),
        // The trainer prepares a jury; the candidate follows what the trainer opened.
        trainer(Act::Gives(of("referentiel"))),
        trainer(Act::Gives(of("referentiel").with("referentiel", "projet-ia"))),
        trainer(Act::Gives(of("bloc").with("bloc", "B2").with("referentiel", "cil"))),
        trainer(Act::Gives(of("criteres").with("code", "a4c8"))),
        trainer(Act::Gives(of("lexique").with("terme", "framework"))),
        trainer(Act::Gives(of("lexique"))),
        trainer(Act::Gives(of("bloc"))),
        candidate(Act::Gives(of("competence").with("code", "C18"))),
        trainer(Act::Follows("B3")),
    ]
}
