//! One's own accounts: the code that links them, what is linked, one's zone.

mod display;

pub use display::{display, display_chosen, in_words};

use super::config::clock;
use super::words;
use crate::domain::display::{Display, Pictures};
use crate::domain::joining::JoiningCode;
use crate::store::{Account, Brief, Team};
use jiff::Zoned;
use vigie_chat::limits::BUTTON_LABEL;
use vigie_chat::{Button, Draft, Field, Invocation, Item, List, Press, Text};

/// Longest name of a team or a brief that is repeated, in characters.
const NAME: usize = 60;

/// A team in which somebody has a seat.
#[derive(Debug, Clone)]
pub struct Seated<'a> {
    /// The team.
    pub team: Team,
    /// What it works on.
    pub brief: &'a Brief,
}

/// A code, for the one who asked for it, and for how many minutes it is of use.
#[must_use]
pub fn code(code: &JoiningCode, minutes: i64) -> Draft {
    Draft::answer()
        .private()
        .title("Relier un autre compte")
        .paragraph(Text::from("Votre code\u{a0}: ").code(code.shown()).plain("."))
        .paragraph(
            Text::from("Avec votre autre compte, dites-moi\u{a0}: ").command(format!("compte relier {}", code.shown())),
        )
        .note(format!(
            "Il sert une seule fois, pendant {minutes}\u{a0}minutes, et remplace le code précédent. Ne le donnez à personne\u{a0}: \
             le compte qui le dit devient le vôtre."
        ))
}

/// Says whose a code is, and asks whether this account is theirs too.
#[must_use]
pub fn ask_to_link(name: Option<&str>, accounts: &[Account], confirmed: Invocation) -> Draft {
    let whose = match name {
        Some(name) => Text::from("Ce code est à ").strong(words::shortened(name, NAME)).plain(", avec\u{a0}:"),
        None => Text::from("Ce code est à une personne qui me parle avec\u{a0}:"),
    };
    Draft::answer()
        .private()
        .title("Est-ce bien vous\u{202f}?")
        .paragraph(whose)
        .list(List::bulleted(accounts.iter().map(account)))
        .paragraph(
            "Si vous confirmez, ce compte-ci devient le sien\u{a0}: ses messages privés, ses équipes et ses rappels seront les \
             mêmes. Si quelqu’un d’autre vous a donné ce code, ne confirmez pas.",
        )
        .button(Button::danger("C’est moi, relier", Press::run(confirmed).by_owner()))
}

/// Two accounts are one person.
#[must_use]
pub fn linked(accounts: &[Account]) -> Draft {
    Draft::answer()
        .private()
        .paragraph("Vos comptes sont reliés\u{a0}: je vous reconnais maintenant avec chacun d’eux.")
        .list(List::bulleted(accounts.iter().map(account)))
        .button(Button::new("Voir mes comptes", Press::run(Invocation::new("compte voir"))))
}

/// Whether the account to unlink is the one with which it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlinked {
    /// It is.
    This,
    /// It is another of theirs.
    Another,
}

/// Asks which of several accounts is to be unlinked.
#[must_use]
pub fn which_to_unlink(accounts: &[Account]) -> Draft {
    let draft =
        Draft::answer().private().title("Quel compte délier\u{a0}?").list(List::bulleted(accounts.iter().map(account)));
    accounts.iter().fold(draft, |draft, account| {
        let label = format!("Délier {}", words::network(&account.connector));
        draft.button(Button::new(words::shortened(&label, BUTTON_LABEL), Press::run(unlink(account)).by_owner()))
    })
}

/// Asks whether an account is really to be unlinked, and says what stays.
#[must_use]
pub fn ask_to_unlink(theirs: &Account, which: Unlinked) -> Draft {
    let mut draft = Draft::answer()
        .private()
        .title("Délier ce compte\u{a0}?")
        .list(List::bulleted([account(theirs)]))
        .paragraph(
            "Vos places dans les équipes, vos jalons, vos heures et vos réglages restent à vous, avec le compte que vous gardez. \
             Avec celui-ci, je ne vous reconnaîtrai plus\u{a0}: ce sera pour moi une autre personne, sans équipe.",
        );
    if which == Unlinked::This {
        draft = draft.paragraph("C’est avec ce compte que vous me parlez en ce moment.");
    }
    draft.button(Button::danger("Délier", Press::run(unlink(theirs).with("confirmation", "oui")).by_owner()))
}

/// An account is no longer theirs.
#[must_use]
pub fn unlinked(theirs: &Account) -> Draft {
    Draft::answer()
        .private()
        .paragraph(
            "Ce compte est délié\u{a0}: ce qui a été fait avec lui reste à vous, avec le compte que vous gardez.",
        )
        .list(List::bulleted([account(theirs)]))
        .note(
            Text::from("Pour le relier de nouveau\u{a0}: ")
                .command("compte code")
                .plain(" avec le compte que vous gardez, puis ")
                .command("compte relier")
                .plain(" avec celui-ci."),
        )
}

fn unlink(account: &Account) -> Invocation {
    Invocation::new("compte delier").with("reseau", account.connector.as_str())
}

/// There is nothing to unlink.
#[must_use]
pub fn only_one() -> Text {
    Text::from("Vous n’avez qu’un compte ici, sans lequel je ne vous reconnaîtrais plus\u{a0}: il n’y a rien à délier. Pour en relier un autre\u{a0}: ")
        .command("compte code")
        .plain(".")
}

/// They have no account on that network.
#[must_use]
pub fn not_on(network: &str, accounts: &[Account]) -> Text {
    let names: Vec<String> = accounts.iter().map(|account| words::network(&account.connector)).collect();
    Text::from("Vous n’avez pas de compte relié sur le réseau ")
        .code(words::shortened(network, NAME))
        .plain(format!(". Les vôtres sont sur {}.", words::and(&names)))
}

/// It was unlinked meanwhile.
#[must_use]
pub fn not_theirs() -> Text {
    Text::from("Ce compte n’est plus parmi les vôtres. Pour les voir\u{a0}: ").command("compte voir").plain(".")
}

/// The zone of somebody's dates, and who chose it.
#[derive(Debug, Clone, Copy)]
pub enum Zone<'a> {
    /// They did.
    Own(&'a str),
    /// It is the space's.
    OfSpace(&'a str),
}

/// Who somebody is here.
#[must_use]
pub fn shown(accounts: &[Account], zone: Zone<'_>, display: Display, seated: &[Seated<'_>]) -> Draft {
    let zone = match zone {
        Zone::Own(own) => Text::from(own).plain(", choisi par vous"),
        Zone::OfSpace(zone) => Text::from(zone).plain(", celui de l’espace"),
    };
    let shown = match display.pictures() {
        Pictures::With => format!("images sur fond {}, et texte", display.theme().name()),
        Pictures::Without => "texte seul".to_owned(),
    };
    let mut draft = Draft::answer()
        .private()
        .title("Votre compte")
        .fields([
            Field::new("Comptes reliés", words::counted(accounts.len(), "compte", "comptes")),
            Field::new("Fuseau horaire", zone),
            Field::new("Affichage", shown),
        ])
        .list(List::bulleted(accounts.iter().map(account)));
    if !seated.is_empty() {
        let items = seated.iter().map(|Seated { team, brief }| {
            let text =
                Text::from(format!("Équipe\u{a0}{} «\u{a0}", team.number)).plain(words::shortened(&team.name, NAME));
            Item::from(
                text.plain("\u{a0}», sujet «\u{a0}").plain(words::shortened(&brief.title, NAME)).plain("\u{a0}»"),
            )
        });
        draft = draft.heading("Vos équipes").list(List::bulleted(items));
    }
    let mut ways = vec![
        Text::new().command("compte code").plain("\u{a0}: un code pour relier votre compte sur un autre réseau"),
        Text::new().command("compte fuseau").plain("\u{a0}: un autre fuseau horaire, pour vous"),
        Text::new().command("compte affichage").plain("\u{a0}: texte seul, ou images sur fond clair ou sombre"),
    ];
    if accounts.len() > 1 {
        ways.push(Text::new().command("compte delier").plain("\u{a0}: délier l’un de vos comptes"));
    }
    draft.heading("Ce que vous pouvez changer").list(List::bulleted(ways))
}

fn account(account: &Account) -> Item {
    Item::from(Text::from(words::network(&account.connector)).plain("\u{a0}: ").code(account.id.as_str()))
}

/// Somebody has a zone of their own.
#[must_use]
pub fn zone(name: &str, now: &Zoned) -> Draft {
    let text = Text::from("Vos dates sont maintenant à l’heure du fuseau ")
        .code(name)
        .plain(format!(", où il est {}.", clock(now)));
    Draft::answer()
        .private()
        .paragraph(text)
        .button(Button::new("Revenir au fuseau de l’espace", Press::run(Invocation::new("compte fuseau"))))
}

/// Somebody has the space's zone again.
#[must_use]
pub fn zone_of_space() -> Draft {
    Draft::answer().private().paragraph("Vos dates sont de nouveau à l’heure de l’espace.")
}

/// No such code, or no longer: which of the two isn't told.
#[must_use]
pub fn no_such_code() -> Text {
    Text::from("Ce code n’est pas valable, ou ne l’est plus\u{a0}: un code sert une fois, pendant 15\u{a0}minutes. Demandez-en un autre avec ")
        .command("compte code")
        .plain(", depuis votre autre compte.")
}

/// Too many wrong codes.
#[must_use]
pub fn too_many_codes(minutes: i64) -> Text {
    let wait = words::counted(usize::try_from(minutes).unwrap_or(1), "minute", "minutes");
    Text::from(format!("Trop de codes erronés. Réessayez dans {wait}, avec un code que vous venez d’obtenir."))
}

/// The code was asked for with this very account.
#[must_use]
pub fn known() -> Text {
    Text::from(
        "Ce code a été obtenu avec ce compte, ou un compte qui lui est déjà relié. Dites-le avec le compte à relier\u{a0}; il reste valable.",
    )
}

/// Both accounts are on one network.
#[must_use]
pub fn same_network() -> Text {
    Text::from(
        "Vous avez déjà un compte relié sur ce réseau, et un seul par réseau peut l’être. Le code reste valable pour un autre réseau.",
    )
}

/// Both accounts have a seat for one brief.
#[must_use]
pub fn both_seated(brief: i64) -> Text {
    Text::from(format!(
        "Vos deux comptes ont chacun une place dans une équipe du sujet\u{a0}{brief}. Quittez-en une avec "
    ))
    .command("equipe quitter")
    .plain(", puis dites de nouveau ce code\u{a0}: il reste valable.")
}
