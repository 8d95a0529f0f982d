//! Parts that both views of a brief share.

use crate::domain::brief::{
    Assessed, BlocChoice, Brief, Expected, How, Jury, Need, ReferentielChoice, TeamSize, WallTime,
};
use crate::domain::duration::Minutes;
use crate::views::words;
use vigie_chat::{Block, Item, List, Text};
use vigie_referentiels::Referentiel;

/// Most items that are shown without a fold.
pub(super) const SHORT: usize = 8;
/// Longest wording of a competency or line of details, in characters.
const WORDING: usize = 220;
/// Longest details of a deliverable, in characters.
const DETAILS: usize = 400;

/// The référentiel of a brief, if it is one of ours.
pub(super) fn known<'a>(brief: &Brief, all: &'a [Referentiel]) -> Option<&'a Referentiel> {
    match brief.referentiel.as_ref()? {
        ReferentielChoice::Known(slug) => all.iter().find(|r| r.slug == *slug),
        ReferentielChoice::Free(_) => None,
    }
}

/// Its title, or the brief's own words.
pub(super) fn referentiel(brief: &Brief, all: &[Referentiel]) -> Option<String> {
    brief.referentiel.as_ref().map(|choice| match choice {
        ReferentielChoice::Known(slug) => known(brief, all).map_or(slug.clone(), |r| words::title(r).to_owned()),
        ReferentielChoice::Free(text) => text.clone(),
    })
}

/// Code and title of the bloc, or the brief's own words.
pub(super) fn bloc(brief: &Brief, all: &[Referentiel]) -> Option<String> {
    brief.bloc.as_ref().map(|choice| match choice {
        BlocChoice::Known(code) => {
            let bloc = known(brief, all).and_then(|r| r.blocs.iter().find(|bloc| bloc.code == *code));
            bloc.filter(|bloc| !bloc.titre.is_empty()).map_or(code.clone(), |bloc| format!("{code} — {}", bloc.titre))
        }
        BlocChoice::Free(text) => text.clone(),
    })
}

/// `1 h 30`, for minutes that are a duration.
pub(super) fn duration(minutes: Option<u32>) -> Option<String> {
    minutes.and_then(Minutes::new).map(|minutes| minutes.to_string())
}

pub(super) fn team(team: Option<TeamSize>) -> Option<String> {
    team.map(|team| team.to_string())
}

/// How many, and the brief's own words where they say more.
pub(super) fn jury(jury: Option<&Jury>) -> Option<String> {
    let jury = jury?;
    let people = jury.people.map(|n| words::counted(usize::try_from(n).unwrap_or(0), "personne", "personnes"));
    match (people, &jury.words) {
        (Some(people), Some(said)) => Some(format!("{people} («\u{a0}{said}\u{a0}»)")),
        (people, said) => people.or_else(|| said.clone()),
    }
}

/// Days and hours one after the other.
pub(super) fn days(times: &[WallTime]) -> Option<String> {
    let days: Vec<String> = times.iter().map(WallTime::as_day).collect();
    (!days.is_empty()).then(|| words::and(&days))
}

/// A competency with its code, and with how sure it is where that isn't certain.
pub(super) fn competency(assessed: &Assessed) -> Text {
    let text = match &assessed.code {
        Some(code) => Text::new().strong(code.as_str()).plain(" "),
        None => Text::new(),
    };
    text.plain(words::shortened(&assessed.wording, WORDING))
}

/// The same, for the one who may correct it.
pub(super) fn competency_to_check(assessed: &Assessed) -> Text {
    let text = competency(assessed);
    match assessed.how {
        How::ByCode => text,
        How::ByWording => text.plain(format!(" (reconnue à ses mots, à {}\u{a0}%)", assessed.confidence)),
        How::Free => text.plain(" (non reconnue, gardée telle quelle)"),
    }
}

/// A deliverable with its need and its date; its details are items under it.
pub(super) fn deliverable(expected: &Expected) -> Item {
    let mut text = Text::new().strong(expected.title.as_str());
    if expected.required == Need::Optional {
        text = text.plain(" (facultatif)");
    }
    if let Some(due) = &expected.due {
        text = text.plain(format!(", pour le {due}"));
    }
    let details = words::shortened(&expected.details, DETAILS);
    let lines = details.lines().map(|line| line.trim_start_matches("- ").to_owned()).filter(|line| !line.is_empty());
    Item::with(text, lines)
}

/// A list, under a fold when it is long.
pub(super) fn list(summary: &str, list: List) -> Block {
    if list.items.len() <= SHORT {
        return Block::List(list);
    }
    Block::Fold { summary: summary.into(), blocks: vec![Block::List(list)] }
}

/// A text as paragraphs, one a line; what a list was stays lines with their dash.
pub(super) fn paragraphs(text: &str) -> Vec<Block> {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| Block::Paragraph(line.trim_end().into())).collect()
}
