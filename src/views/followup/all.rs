//! All the teams of a brief, ten a page, those that need attention first.

use super::{Followed, Need, Page, deliverables, late_deliverables};
use crate::store::Brief;
use crate::views::illustrated::Sheet;
use crate::views::whose::reference;
use crate::views::words;
use vigie_chat::limits::WORDS;
use vigie_chat::{Button, Draft, Invocation, Item, List, Press, Select, Text};

/// Teams on one page.
const PAGE: usize = 10;
/// Risks told of one team; its detail tells all.
const RISKS: usize = 2;

/// Nobody works on the brief yet.
#[must_use]
pub fn no_team(brief: &Brief) -> Text {
    Text::from(format!("Aucune équipe ne travaille encore sur «\u{a0}{}\u{a0}». ", words::shortened(&brief.title, 80)))
        .plain("Les candidats en créent une avec ")
        .command("equipe creer")
        .plain(".")
}

/// The teams, already in the order of their need.
#[must_use]
pub fn all(page: &Page<'_>, teams: &[Followed], sheet: Sheet) -> Draft {
    let pages = teams.len().div_ceil(PAGE).max(1);
    let number = sheet.page.clamp(1, pages);
    let turning = sheet.turning();
    let shown: Vec<&Followed> = teams.iter().skip((number - 1) * PAGE).take(PAGE).collect();
    let title = words::shortened(&page.brief.title, 80);
    let draft = Draft::answer().private().title(format!("Suivi\u{a0}: {title}")).paragraph(summary(teams));
    let mut draft = sheet.put(draft).list(List::bulleted(shown.iter().map(|team| item(team, page))));
    let open = shown.iter().fold(Select::new("Voir une équipe…"), |select, team| {
        let team_reference = reference(page.brief, i64::from(team.overview.team.number));
        let press = Invocation::new("suivi").with("equipe", team_reference);
        select.option(words::shortened(&team.named(), WORDS), Press::run(press))
    });
    draft = draft.select(open);
    let brief = page.brief.number.map(|number| number.to_string());
    for (label, other) in [("Page précédente", number.checked_sub(1)), ("Page suivante", Some(number + 1))] {
        if let Some(other) = other.filter(|other| (1..=pages).contains(other)) {
            let turn = Invocation::new("suivi").with_some("sujet", brief.clone());
            let turn = turn.with("page", i64::try_from(other).unwrap_or(1));
            draft = draft.button(Button::new(label, turning.press(Press::run(turn))));
        }
    }
    if pages > 1 { draft.note(format!("Page {number} sur {pages}.")) } else { draft }
}

/// `12 équipes : 2 en retard, 3 à risque, 7 sans alerte.`
fn summary(teams: &[Followed]) -> String {
    let count = |need| teams.iter().filter(|team| team.need() == need).count();
    let parts = [(Need::Late, "en retard"), (Need::AtRisk, "à risque"), (Need::None, "sans alerte")];
    let parts = parts.map(|(need, words)| (count(need), words));
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}"));
    let told = parts.collect::<Vec<_>>().join(", ");
    format!("{}\u{a0}: {told}.", words::counted(teams.len(), "équipe", "équipes"))
}

fn item(team: &Followed, page: &Page<'_>) -> Item {
    let need = match team.need() {
        Need::Late => "en retard",
        Need::AtRisk => "à risque",
        Need::None => "sans alerte",
    };
    let mut under = vec![team.next_said(page.zone)];
    under.extend(team.late_milestones(page.now).map(Text::from));
    let (late, waited) = team.wanting();
    under.extend(late_deliverables(&late).map(Text::from));
    if !waited.is_empty() {
        under.push(Text::from(format!("À rendre\u{a0}: {}.", deliverables(&waited))));
    }
    let risks = team.risks();
    let rest = risks.len().saturating_sub(RISKS);
    under.extend(risks.into_iter().take(RISKS));
    if rest > 0 {
        under.push(Text::from(format!("Et {}.", words::counted(rest, "autre risque", "autres risques"))));
    }
    under.push(Text::from(format!("Heures\u{a0}: {}\u{a0}; {}.", team.hours(), team.covered())));
    Item::with(Text::new().strong(team.named()).plain(format!("\u{a0}: {need}")), under)
}
