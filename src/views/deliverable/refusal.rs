//! What is said when a deliverable can't be found, handed in, judged or brought back.

use super::{named, state};
use crate::domain::handin::Size;
use crate::store::{Deliverable, Handin, Judgement};
use crate::views::whose::{NAME, Whose};
use crate::views::words;
use vigie_chat::Text;

/// Most deliverables that a refusal names.
const MOST: usize = 10;

/// The team has nothing to hand in.
#[must_use]
pub fn none(whose: &Whose<'_>) -> Text {
    Text::from(format!("Le sujet ne demande aucun livrable à l’{}.", whose.named()))
}

/// No deliverable has this number or these words.
#[must_use]
pub fn no_such(name: &str, all: &[Deliverable]) -> Text {
    let said = Text::from("Je ne connais pas le livrable ").code(words::shortened(name, NAME)).plain(". ");
    listed(said, &all.iter().collect::<Vec<_>>())
}

/// Several could be meant.
#[must_use]
pub fn several(several: &[&Deliverable]) -> Text {
    listed(Text::from("Plusieurs livrables sont possibles\u{a0}: dites lequel par son numéro. "), several)
}

fn listed(said: Text, all: &[&Deliverable]) -> Text {
    if all.is_empty() {
        return said.plain("Le sujet n’en demande aucun.");
    }
    let names: Vec<String> = all
        .iter()
        .take(MOST)
        .map(|one| format!("L{} ({})", one.number, words::shortened(&one.draft.title, NAME)))
        .collect();
    let more = if all.len() > MOST { ", et d’autres" } else { "" };
    said.plain(format!("Il y a\u{a0}: {}{more}.", names.join(", ")))
}

/// Neither a file nor a link was given.
#[must_use]
pub fn neither() -> Text {
    Text::from("Joignez un fichier à votre demande, ou donnez l’adresse d’une page avec ").code("lien").plain(".")
}

/// Both a file and a link were given.
#[must_use]
pub fn one_of_two() -> Text {
    Text::from("Un dépôt est soit un fichier, soit un lien. Faites deux dépôts si vous voulez remettre les deux.")
}

/// A file with nothing in it.
#[must_use]
pub fn empty_file() -> Text {
    Text::from("Ce fichier est vide. Vérifiez-le, puis joignez-le de nouveau.")
}

/// The deliverable has as many versions as it may have.
#[must_use]
pub fn full(most: usize) -> Text {
    Text::from(format!("Ce livrable a déjà {most}\u{a0}versions, c’est le maximum. Parlez-en à votre formateur."))
}

/// The team keeps as much as it may.
#[must_use]
pub fn team_full(given: Size, kept: Size, most: Size) -> Text {
    Text::from(format!(
        "Ce fichier de {given} ne tient plus\u{a0}: une équipe peut garder {most} de fichiers, et la vôtre en garde déjà \
         {kept}. Déposez plutôt un lien, ou retirez avec "
    ))
    .command("livrable retirer")
    .plain(" une version devenue inutile\u{a0}: sa place est libre un jour après.")
}

/// The space keeps as much as it may.
#[must_use]
pub fn space_full(most: Size) -> Text {
    Text::from(format!(
        "Ce fichier ne tient plus\u{a0}: les dépôts de tout cet espace atteignent la limite de {most}. Déposez plutôt un lien, \
         et prévenez votre formateur, qui peut faire relever cette limite."
    ))
}

/// The disk is nearly full.
#[must_use]
pub fn disk_full() -> Text {
    Text::from(
        "Il n’y a plus assez de place sur le disque pour garder un fichier\u{a0}: rien n’est déposé. Déposez plutôt un lien, et \
         prévenez votre formateur.",
    )
}

/// The deliverable isn't there any more.
#[must_use]
pub fn gone() -> Text {
    Text::from("Ce livrable n’existe plus\u{a0}: le sujet a changé. ")
        .command("livrable liste")
        .plain(" montre ceux qui restent.")
}

/// Nothing is handed in that could be judged, withdrawn or given back.
#[must_use]
pub fn nothing_handed_in(deliverable: &Deliverable) -> Text {
    Text::from("Rien n’est déposé pour ").then(named(deliverable)).plain(".")
}

/// There is no such version; the newest is told.
#[must_use]
pub fn newer(deliverable: &Deliverable, latest: &Handin) -> Text {
    let latest = latest.version;
    Text::from("La dernière version de ").then(named(deliverable)).plain(format!(
        " est la version\u{a0}{latest}. Regardez-la avant d’en dire quelque chose, puis refaites votre demande."
    ))
}

/// The same verdict was given already.
#[must_use]
pub fn already(deliverable: &Deliverable, latest: &Handin, judgement: Judgement) -> Text {
    let how = match judgement {
        Judgement::Accepted => "déjà validée",
        Judgement::SentBack => "déjà renvoyée",
    };
    Text::from(format!("La version\u{a0}{} de ", latest.version)).then(named(deliverable)).plain(format!(" est {how}."))
}

/// What is accepted stays.
#[must_use]
pub fn validated(deliverable: &Deliverable) -> Text {
    Text::from("La dernière version de ")
        .then(named(deliverable))
        .plain(" est validée\u{a0}: elle reste comme preuve. Si elle est à refaire, déposez une nouvelle version.")
}

/// Somebody changed it meanwhile; `now` is the deliverable as it is.
#[must_use]
pub fn changed(whose: &Whose<'_>, now: &Deliverable) -> Text {
    Text::from("Ce livrable a changé entre-temps, et je n’ai rien fait. Maintenant, ")
        .then(named(now))
        .plain("\u{a0}: ")
        .then(state(whose, now))
        .plain(". Refaites votre demande si elle vaut toujours.")
}

/// Nothing was withdrawn of it.
#[must_use]
pub fn nothing_withdrawn(deliverable: &Deliverable) -> Text {
    Text::from("Aucune version retirée de ").then(named(deliverable)).plain(" ne peut être rétablie.")
}

/// It was withdrawn more than a day ago.
#[must_use]
pub fn too_late() -> Text {
    Text::from(
        "Un retrait peut être annulé pendant un jour, et ce délai est passé. Déposez de nouveau le fichier ou le lien.",
    )
}

/// The version that is asked for was never handed in, or was withdrawn.
#[must_use]
pub fn no_version(deliverable: &Deliverable, version: i64) -> Text {
    Text::from(format!("Il n’y a pas de version\u{a0}{version} de "))
        .then(named(deliverable))
        .plain(". ")
        .command("livrable liste")
        .plain(" montre ce qui est déposé.")
}
