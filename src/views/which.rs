//! What is said when it can't be told which brief or which team is meant.

use super::words;
use crate::store::{Brief, Team};
use vigie_chat::Text;

/// Longest name that is repeated, in characters.
const NAME: usize = 60;

/// Most things that a refusal names.
const MOST: usize = 10;

/// There is no brief yet.
#[must_use]
pub fn no_brief() -> Text {
    Text::from("Aucun sujet n’est publié pour l’instant. Un formateur le fait avec ")
        .command("brief publier")
        .plain(".")
}

/// No brief has this number or this title.
#[must_use]
pub fn no_such_brief(name: &str, all: &[Brief]) -> Text {
    let said = Text::from("Je ne connais pas le sujet ").code(words::shortened(name, NAME)).plain(".");
    if all.is_empty() {
        said.plain(" Aucun n’est publié pour l’instant.")
    } else {
        briefs(said.plain(" "), &all.iter().collect::<Vec<_>>())
    }
}

/// Several could be meant.
#[must_use]
pub fn several_briefs(several: &[&Brief]) -> Text {
    briefs(Text::from("Plusieurs sujets sont possibles\u{a0}: dites lequel avec ").code("sujet").plain(". "), several)
}

fn briefs(said: Text, all: &[&Brief]) -> Text {
    let named = all.iter().filter_map(|brief| Some((brief.number?, brief.title.as_str())));
    listed(said, named)
}

/// No team has this number or this name.
#[must_use]
pub fn no_such_team(name: &str, all: &[Team]) -> Text {
    let said = Text::from("Je ne connais pas l’équipe ").code(words::shortened(name, NAME)).plain(". ");
    if all.is_empty() {
        return said.plain("Il n’y en a pas encore\u{a0}: ").command("equipe creer").plain(" en crée une.");
    }
    listed(said, all.iter().map(|team| (team.number, team.name.as_str())))
}

/// Several could be meant.
#[must_use]
pub fn several_teams(several: &[&Team]) -> Text {
    let said = Text::from("Plusieurs équipes sont possibles\u{a0}: dites laquelle avec ").code("equipe").plain(". ");
    listed(said, several.iter().map(|team| (team.number, team.name.as_str())))
}

/// Somebody without a team.
#[must_use]
pub fn no_team() -> Text {
    Text::from("Vous n’êtes dans aucune équipe. ")
        .command("equipe voir")
        .plain(" montre celles du sujet, ")
        .command("equipe creer")
        .plain(" en crée une et ")
        .command("equipe rejoindre")
        .plain(" y prend une place.")
}

/// A trainer, who has none of their own.
#[must_use]
pub fn name_a_team() -> Text {
    Text::from("Dites de quelle équipe il s’agit avec ").code("equipe").plain(", par son numéro ou son nom.")
}

/// What a closed brief has frozen.
#[must_use]
pub fn closed(brief: &Brief) -> Text {
    Text::from(format!(
        "Le sujet «\u{a0}{}\u{a0}» est clôturé, ou cette équipe est dissoute\u{a0}: tout reste lisible et rien ne change plus.",
        words::shortened(&brief.title, NAME)
    ))
}

fn listed<'a>(said: Text, all: impl Iterator<Item = (i64, &'a str)>) -> Text {
    let names: Vec<String> = all.map(|(number, name)| format!("{number} ({})", words::shortened(name, NAME))).collect();
    let more = if names.len() > MOST { ", et d’autres" } else { "" };
    said.plain(format!("Il y a\u{a0}: {}{more}.", names[..names.len().min(MOST)].join(", ")))
}
