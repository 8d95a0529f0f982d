//! One's own accounts: the code that links them, what is linked, one's zone.

use super::config::clock;
use super::words;
use crate::domain::joining::JoiningCode;
use crate::store::{Account, Brief, Team};
use jiff::Zoned;
use vigie_chat::{Button, ConnectorName, Draft, Field, Invocation, Item, List, Press, Text};

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

/// Two accounts are one person.
#[must_use]
pub fn linked(accounts: &[Account]) -> Draft {
    Draft::answer()
        .private()
        .paragraph("Vos comptes sont reliés\u{a0}: je vous reconnais maintenant avec chacun d’eux.")
        .list(List::bulleted(accounts.iter().map(account)))
        .button(Button::new("Voir mes comptes", Press::run(Invocation::new("compte voir"))))
}

/// Who somebody is here.
#[must_use]
pub fn shown(accounts: &[Account], own: Option<&str>, zone: &str, seated: &[Seated<'_>]) -> Draft {
    let zone = match own {
        Some(own) => Text::from(own).plain(", choisi par vous"),
        None => Text::from(zone).plain(", celui de l’espace"),
    };
    let mut draft = Draft::answer()
        .private()
        .title("Votre compte")
        .fields([
            Field::new("Comptes reliés", words::counted(accounts.len(), "compte", "comptes")),
            Field::new("Fuseau horaire", zone),
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
    let ways = [
        Text::new().command("compte code").plain("\u{a0}: un code pour relier votre compte sur un autre réseau"),
        Text::new().command("compte fuseau").plain("\u{a0}: un autre fuseau horaire, pour vous"),
    ];
    draft.heading("Ce que vous pouvez changer").list(List::bulleted(ways))
}

fn account(account: &Account) -> Item {
    Item::from(Text::from(network(&account.connector)).plain("\u{a0}: ").code(account.id.as_str()))
}

pub(super) fn network(connector: &ConnectorName) -> String {
    match connector.as_str() {
        "discord" => "Discord".to_owned(),
        "matrix" => "Matrix".to_owned(),
        "console" => "Console".to_owned(),
        other => other.to_owned(),
    }
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
