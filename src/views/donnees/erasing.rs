//! Erasing: what goes, what stays, and that it is done.

use super::{in_space, space};
use crate::domain::key::TenantKey;
use crate::store::{Presence, Team};
use crate::views::words;
use vigie_chat::limits::{MOST_OPTIONS, WORDS};
use vigie_chat::{Button, Draft, Invocation, Item, List, Press, Select, Text};

/// Longest name of a team, in characters.
const NAME: usize = 60;
/// Teams that are named.
const TEAMS: usize = 8;

/// What somebody would give up in one space.
#[derive(Debug, Clone)]
pub struct Stake {
    /// The space.
    pub presence: Presence,
    /// Teams at work of which they are the captain.
    pub leads: Vec<Team>,
    /// Other teams at work in which they sit.
    pub sits: Vec<Team>,
    /// Briefs that they didn't publish.
    pub drafts: usize,
    /// Whether they are a trainer by name rather than by a role.
    pub trains: Trains,
}

/// Whether somebody is a trainer by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trains {
    /// Their name was chosen.
    ByName,
    /// They aren't, or by a role of the network.
    Otherwise,
}

fn effacer(which: &str) -> Invocation {
    Invocation::new("donnees effacer").with("espace", which)
}

fn number(tenant: TenantKey) -> String {
    tenant.0.to_string()
}

fn all_spaces(count: usize) -> Button<Press> {
    let label = format!("Voir pour mes {count}\u{a0}espaces");
    Button::new(label, Press::run(effacer("tous")).by_owner())
}

fn keep_a_copy() -> Button<Press> {
    Button::new("Recevoir d’abord mes données", Press::run(Invocation::new("donnees exporter")).by_owner())
}

/// In which space: asked where none is the one of the room.
#[must_use]
pub fn choose(presences: &[Presence]) -> Draft {
    let select = presences.iter().take(MOST_OPTIONS).fold(Select::new("Choisir un espace…"), |select, presence| {
        let label = words::shortened(&format!("Espace {}", space(presence)), WORDS);
        select.option(label, Press::run(effacer(&number(presence.tenant))).by_owner())
    });
    Draft::answer()
        .private()
        .title("Effacer mes données")
        .paragraph(format!(
            "Ce compte est connu dans {}. Dans lequel effacer ce que je garde sur vous\u{202f}? Rien n’est encore effacé.",
            words::counted(presences.len(), "espace", "espaces")
        ))
        .select(select)
        .button(all_spaces(presences.len()))
        .button(keep_a_copy())
}

/// What would go and what would stay. `which` is what the command calls the spaces, `known` how many know the account, and
/// `backups` for how many days copies are kept.
#[must_use]
pub fn ask(stakes: &[Stake], which: &str, known: usize, backups: u16) -> Draft {
    let mut draft = Draft::answer()
        .private()
        .title("Effacer mes données\u{202f}?")
        .paragraph("Rien n’est encore effacé. Si vous confirmez, ceci part tout de suite et ne revient pas\u{a0}:")
        .list(List::bulleted([
            "votre nom et votre fuseau horaire",
            "vos comptes reliés, et les codes en attente",
            "vos demandes d’entrer dans une équipe et vos brouillons de sujets",
            "ce que font les boutons sous les réponses que vous avez demandées",
        ]))
        .paragraph("Ceci reste, sans votre nom, parce que c’est le travail d’une équipe ou d’un espace\u{a0}:")
        .list(List::bulleted([
            "dépôts, heures, jalons, preuves et avis",
            "sujets publiés",
            "le journal, où vous n’êtes plus qu’un numéro",
        ]))
        .paragraph(
            "Je ne relis pas ce qui est écrit dans un titre, un commentaire ou un fichier\u{a0}: si votre nom s’y trouve, \
             changez-le d’abord.",
        );
    for stake in stakes {
        let items = items(stake);
        draft = draft.heading(format!("Dans {}", in_space(&stake.presence)));
        draft = if items.is_empty() {
            draft.paragraph("Vous n’y avez ni équipe, ni brouillon.")
        } else {
            draft.list(List::bulleted(items))
        };
    }
    let label = match stakes {
        [_] => "Effacer dans cet espace".to_owned(),
        all => format!("Effacer dans mes {}\u{a0}espaces", all.len()),
    };
    let confirmed = Press::run(effacer(which).with("confirmation", "oui")).by_owner();
    draft = draft.button(Button::danger(label, confirmed)).button(keep_a_copy());
    if known > stakes.len() {
        draft = draft.button(all_spaces(known));
    }
    draft
        .note(
            "Vos rôles, votre place dans le serveur et les messages déjà envoyés sont à votre réseau\u{a0}: ils n’en sont pas \
             changés, et qui administre un espace l’administre toujours.",
        )
        .note(copies(backups))
}

fn copies(backups: u16) -> String {
    let days = words::counted(usize::from(backups), "jour", "jours");
    format!("Dans les sauvegardes du centre, vos données disparaissent au plus tard {days} après l’effacement.")
}

fn items(stake: &Stake) -> Vec<Item> {
    let named =
        |team: &Team| format!("l’équipe\u{a0}{} «\u{a0}{}\u{a0}»", team.number, words::shortened(&team.name, NAME));
    let mut items: Vec<Item> = Vec::new();
    for team in stake.leads.iter().take(TEAMS) {
        items.push(Item::from(Text::from("Vous quittez ").plain(named(team)).plain(match team.members.len() {
            ..2 => ", où il ne reste personne\u{a0}; son travail est gardé.",
            _ => {
                "\u{a0}: le membre le plus ancien en devient capitaine, et vos jalons ouverts sont proposés aux autres."
            }
        })));
    }
    for team in stake.sits.iter().take(TEAMS) {
        let text = Text::from("Vous quittez ").plain(named(team));
        items.push(Item::from(text.plain("\u{a0}: vos jalons ouverts sont proposés aux autres.")));
    }
    if stake.leads.len().max(stake.sits.len()) > TEAMS {
        items.push(Item::from("Vous quittez aussi vos autres équipes."));
    }
    if stake.drafts > 0 {
        let drafts = words::counted(stake.drafts, "brouillon de sujet est effacé", "brouillons de sujets sont effacés");
        items.push(Item::from(format!("{drafts}.")));
    }
    if stake.trains == Trains::ByName {
        items.push(Item::from(
            "Vous n’y êtes plus formateur choisi par votre nom\u{a0}; l’administration peut vous choisir de nouveau.",
        ));
    }
    items
}

/// It is done.
#[must_use]
pub fn erased(spaces: &[Presence], left: usize, backups: u16) -> Draft {
    let names: Vec<String> = spaces.iter().map(in_space).collect();
    let mut draft = Draft::answer().private().paragraph(format!(
        "C’est fait\u{a0}: je ne garde plus ni votre nom ni vos comptes dans {}.",
        words::and(&names)
    ));
    if left > 0 {
        let teams = words::counted(left, "équipe", "équipes");
        draft =
            draft.paragraph(format!("Vous avez quitté {teams}\u{a0}; vos jalons ouverts y sont proposés aux autres."));
    }
    draft
        .paragraph("Si vous m’écrivez de nouveau, je vous rencontrerai comme une nouvelle personne.")
        .note(copies(backups))
}

/// No such space, or none that knows the account: which of the two isn't told.
#[must_use]
pub fn no_such_space() -> Text {
    Text::from(
        "Je ne vous connais pas dans cet espace\u{a0}: il n’y a rien à y effacer. Pour voir ce que je garde\u{a0}: ",
    )
    .command("donnees exporter")
    .plain(".")
}
