//! The grid by competency, one competency with its criteria, and what is missing.

use super::mark::{Marking, begin};
use super::{STATEMENT, Source, accessible, left, line, progress, proof, quoted};
use crate::domain::coverage::AccessibleRule;
use crate::domain::grid::{Grid, Line, Row};
use crate::views::illustrated::{Sheet, Turning};
use crate::views::whose::Whose;
use crate::views::{amenagement, words};
use vigie_chat::limits::{MOST_OPTIONS, WORDS};
use vigie_chat::{Button, Draft, Invocation, Item, List, Press, Select, Text};
use vigie_referentiels::CompetencyCode;

/// Competencies or criteria on one page.
const PAGE: usize = 8;

/// The grid by competency, what lacks most first. `accessible` is the rule on that word, with the codes that it concerns.
#[must_use]
pub fn grid(
    whose: &Whose<'_>,
    grid: &Grid,
    source: Source<'_>,
    rule: Option<&(AccessibleRule<'_>, Vec<String>)>,
    sheet: Sheet,
) -> Draft {
    let (page, pages) = page_of(sheet.page, grid.rows.len());
    let turns = sheet.turning();
    let shown: Vec<&Row> = grid.rows.iter().skip((page - 1) * PAGE).take(PAGE).collect();
    let items = shown.iter().map(|row| match row.lines.as_slice() {
        [itself] if itself.id == row.code => Item::with(line(itself), proofs(itself)),
        _ => {
            let told = format!("\u{a0}: {}.", progress(row.progress, source.noun()));
            Item::with(Text::new().strong(row.code.as_str()).plain(told), [words::shortened(&row.statement, STATEMENT)])
        }
    });
    let draft = Draft::answer().title(format!("Grille de l’{}", whose.named())).paragraph(format!(
        "{}. Les compétences les moins couvertes sont en tête.",
        progress(grid.whole, source.noun())
    ));
    let mut draft = sheet.put(draft).list(List::bulleted(items));
    if let Some((rule, codes)) = rule
        && page == 1
    {
        draft = draft.paragraph(accessible(codes)).block(quoted(rule));
    }
    if let Some(referentiel) = source.referentiel
        && page == 1
    {
        let of_grid = |code: &CompetencyCode| grid.rows.iter().any(|row| row.code == code.as_str());
        draft = amenagement::on_criteria(draft, referentiel, of_grid);
    }
    let open = shown.iter().take(MOST_OPTIONS).fold(Select::new("Voir une compétence…"), |select, row| {
        let label = words::shortened(&format!("{} {}", row.code, row.statement), WORDS);
        let press = whose.invocation("grille voir").with("competence", row.code.as_str());
        select.option(label, Press::run(press))
    });
    let draft = turning(draft.select(open), (&whose.invocation("grille voir"), turns), page, pages);
    draft
        .button(Button::new("Ce qui manque", Press::run(whose.invocation("grille manque"))))
        .button(Button::new("Exporter", Press::run(whose.invocation("grille exporter"))))
        .note(format!("{} Seul le jury valide une compétence.", source.sentence()))
}

/// One competency, with each of its criteria and the proofs.
#[must_use]
pub fn competency(
    whose: &Whose<'_>,
    row: &Row,
    source: Source<'_>,
    rule: Option<&AccessibleRule<'_>>,
    page: usize,
) -> Draft {
    let (page, pages) = page_of(page, row.lines.len());
    let shown = row.lines.iter().skip((page - 1) * PAGE).take(PAGE);
    let items = shown.map(|one| Item::with(line(one), proofs(one)));
    let mut draft = Draft::answer()
        .title(Text::new().strong(row.code.as_str()).plain(format!(" — grille de l’{}", whose.named())))
        .quote(row.statement.as_str())
        .paragraph(format!("{}.", progress(row.progress, source.noun())))
        .list(List::bulleted(items));
    if let Some(rule) = rule {
        draft = draft.paragraph(accessible(std::slice::from_ref(&row.code))).block(quoted(rule));
    }
    if let Some(referentiel) = source.referentiel {
        draft = amenagement::on_criteria(draft, referentiel, |code| row.code == code.as_str());
    }
    let turn = whose.invocation("grille voir").with("competence", row.code.as_str());
    turning(draft, (&turn, Turning::Replaces), page, pages)
        .button(Button::new("Toute la grille", Press::run(whose.invocation("grille voir"))))
        .button(Button::new("Ce qui manque", Press::run(whose.invocation("grille manque"))))
        .note(source.sentence())
}

/// The proofs of a line, each with the number by which it is taken away.
fn proofs(line: &Line) -> impl Iterator<Item = Text> {
    line.proofs
        .iter()
        .enumerate()
        .map(|(at, one)| Text::from(format!("Preuve\u{a0}{}\u{a0}: ", at + 1)).then(proof(one)))
}

/// What isn't covered, what is to do before what is in progress.
#[must_use]
pub fn missing(whose: &Whose<'_>, grid: &Grid, source: Source<'_>, marking: Marking, page: usize) -> Draft {
    let draft = Draft::answer().title(format!("Ce qui manque à l’{}", whose.named()));
    if grid.missing.is_empty() {
        return draft
            .paragraph(format!("Rien ne manque\u{a0}: {}.", progress(grid.whole, source.noun())))
            .button(Button::new("Toute la grille", Press::run(whose.invocation("grille voir"))))
            .note(format!("{} Seul le jury valide une compétence.", source.sentence()));
    }
    let (page, pages) = page_of(page, grid.missing.len());
    let shown: Vec<&Line> = grid.missing.iter().skip((page - 1) * PAGE).take(PAGE).collect();
    let count = source.noun().not_covered(grid.missing.len(), grid.whole.total());
    let said = format!("{count}{}.", left(grid.whole, "\u{a0}: "));
    let mut draft = draft.paragraph(said).list(List::bulleted(shown.iter().map(|one| line(one))));
    if marking == Marking::Offered
        && let Some(select) = begin(whose, &shown)
    {
        draft = draft.select(select);
    }
    turning(draft, (&whose.invocation("grille manque"), Turning::Replaces), page, pages)
        .button(Button::new("Toute la grille", Press::run(whose.invocation("grille voir"))))
        .note(Text::from(format!("{} Pour noter une preuve\u{a0}: ", source.sentence())).command("grille couvrir"))
}

/// The page that is meant, from 1, and how many there are.
fn page_of(page: usize, count: usize) -> (usize, usize) {
    let pages = count.div_ceil(PAGE).max(1);
    (page.clamp(1, pages), pages)
}

/// The buttons that turn pages, and which page it is.
fn turning(mut draft: Draft, (turn, turns): (&Invocation, Turning), page: usize, pages: usize) -> Draft {
    for (label, other) in [("Page précédente", page.checked_sub(1)), ("Page suivante", Some(page + 1))] {
        if let Some(other) = other.filter(|other| (1..=pages).contains(other)) {
            let turn = turn.clone().with("page", i64::try_from(other).unwrap_or(1));
            draft = draft.button(Button::new(label, turns.press(Press::run(turn))));
        }
    }
    if pages > 1 { draft.note(format!("Page {page} sur {pages}.")) } else { draft }
}
