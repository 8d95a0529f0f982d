//! What a team's work covers: for each competency of the brief, how many of its criteria are covered, in progress, to do.
//!
//! `/grille voir` asks for it. A bar is as long as any other, whatever its number of criteria, which stands beside it. Covered,
//! in progress and to do are a full, a hatched and an empty piece. A picture is pasted into a dossier, where it must say by
//! itself of which day it is and how it is sorted. Past [`MOST`] competencies the rest is counted.

use super::frame::{MARGIN, ROOM, SIDES, head, length};
use super::legend::{self, Sample};
use super::lettering::{Line, Size, Type};
use super::planned::counted;
use super::{Anchor, Area, Fill, Ink, Paper, Pattern, Picture, Point, Stroke, Theme, Words};
use crate::domain::coverage::Progress;
use crate::domain::date::Moment;
use crate::domain::grid::Grid;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Most competencies that are drawn.
pub const MOST: usize = 60;

/// From the bar of one competency to the next one's name, in pixels.
const APART: f64 = 16.0;
/// Most lines of a competency's statement.
const LINES: usize = 2;
/// Height of a bar.
const BAR: f64 = 15.0;

/// What the lines of a grid are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Criteria of a référentiel of ours.
    Criterion,
    /// Competencies that the brief names, without criteria.
    Competency,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The team's name.
    pub team: String,
    /// The reader's day.
    pub today: Date,
    /// What is counted.
    pub unit: Unit,
    /// Each competency: its code, its statement, how far it is. Drawn in this order, which is that of what lacks most first.
    pub competencies: Vec<(String, String, Progress)>,
    /// In all, each criterion once.
    pub whole: Progress,
}

impl Chart {
    /// A team's grid on the reader's day.
    #[must_use]
    pub fn of(team: &str, today: Date, unit: Unit, grid: &Grid) -> Self {
        let row = |row: &crate::domain::grid::Row| (row.code.clone(), row.statement.clone(), row.progress);
        let competencies = grid.rows.iter().map(row).collect();
        Self { team: team.to_owned(), today, unit, competencies, whole: grid.whole }
    }

    /// The picture.
    #[must_use]
    pub fn draw(&self, theme: Theme) -> Picture {
        let mut paper = Paper::new(theme);
        let team = format!("Équipe «\u{a0}{}\u{a0}»", self.team);
        let order = if self.competencies.len() > 1 { " La compétence la moins couverte d’abord." } else { "" };
        let below = [team, format!("{}.", self.unit.told(self.whole)), format!("Au {}.{order}", self.day())];
        let title = match self.unit {
            Unit::Criterion => "Couverture des critères, par compétence",
            Unit::Competency => "Couverture des compétences",
        };
        let mut y = head(&mut paper, title, &below.each_ref().map(String::as_str));
        let key = STATES.map(|(state, words)| (Sample::Bar(state.fill(), state.outline()), words));
        y = legend::draw(&mut paper, &key, y, SIDES) + 12.0;
        for competency in self.competencies.iter().take(MOST) {
            y = self.bar(&mut paper, y, competency) + APART;
        }
        let quiet = Type::regular(Size::Body);
        let said = match self.competencies.len().saturating_sub(MOST) {
            0 if self.competencies.is_empty() => Some("Le sujet n’évalue encore aucune compétence.".to_owned()),
            0 => None,
            rest => Some(format!("Et {} dans le tableau.", counted(rest, "autre compétence", "autres compétences"))),
        };
        if let Some(said) = said {
            paper.text(&Line::cut(&said, quiet, ROOM), Point::new(MARGIN, y + 14.0), Anchor::Start, Ink::Quiet);
            y += 30.0;
        }
        paper.finish(y + 8.0, self.words())
    }

    fn day(&self) -> String {
        Moment::new(self.today.at(0, 0, 0, 0), TimeZone::UTC).day()
    }

    /// One competency: its code and its count, its statement, its bar. Gives where it ends.
    fn bar(&self, paper: &mut Paper, top: f64, (code, statement, progress): &(String, String, Progress)) -> f64 {
        let count = Line::new(&self.unit.beside(*progress), Type::bold(Size::Body));
        let mut y = top + 13.0;
        paper.text(&count, Point::new(MARGIN + ROOM, y), Anchor::End, Ink::Text);
        let named = Line::cut(code, Type::bold(Size::Body), ROOM - count.width() - 16.0);
        paper.text(&named, Point::new(MARGIN, y), Anchor::Start, Ink::Text);
        for line in Line::wrapped(statement, Type::regular(Size::Body), ROOM, LINES) {
            y += Size::Body.leading();
            paper.text(&line, Point::new(MARGIN, y), Anchor::Start, Ink::Text);
        }
        y += 8.0;
        let total = length(progress.total().max(1));
        let mut x = MARGIN;
        for (state, count) in [
            (State::Covered, progress.covered),
            (State::InProgress, progress.in_progress),
            (State::Todo, progress.todo),
        ] {
            if count > 0 {
                let width = ROOM * length(count) / total;
                paper.rect(Area::new(x, y, width, BAR), state.fill(), Some(state.outline()));
                x += width;
            }
        }
        y + BAR
    }

    fn words(&self) -> Words {
        let (day, told) = (self.day(), self.unit.told(self.whole));
        let reading = format!("Grille de l’équipe «\u{a0}{}\u{a0}» au {day}\u{a0}: {told}.", self.team);
        let words = Words::new(&reading);
        self.competencies.iter().fold(words, |words, (code, statement, progress)| {
            // A competency without criteria may have no code but the one that was made of its words.
            let name = if self.unit == Unit::Competency { statement } else { code };
            words.and(&format!("{name}\u{a0}: {}.", self.unit.aloud(*progress)))
        })
    }
}

impl Unit {
    /// `7 critères couverts`.
    fn covered(self, progress: Progress) -> String {
        match self {
            Self::Criterion => counted(progress.covered, "critère couvert", "critères couverts"),
            Self::Competency => counted(progress.covered, "compétence couverte", "compétences couvertes"),
        }
    }

    /// `7 critères couverts sur 12 (58 %), 2 en cours, 3 à faire`. Per cents are rounded down: a hundred means all.
    fn told(self, progress: Progress) -> String {
        let covered = self.covered(progress);
        let percent = progress.percent().map(|percent| format!(" ({percent}\u{a0}%)")).unwrap_or_default();
        let rest = [(progress.in_progress, "en cours"), (progress.todo, "à faire")];
        let rest = rest.into_iter().filter(|(count, _)| *count > 0);
        let rest: Vec<String> = rest.map(|(count, words)| format!(", {count}\u{a0}{words}")).collect();
        format!("{covered} sur {}{percent}{}", progress.total(), rest.concat())
    }

    /// `7/12 couverts, 2 en cours`; how far it is, where there is one thing to count.
    fn beside(self, progress: Progress) -> String {
        let noun = if progress.covered < 2 { "couvert" } else { "couverts" };
        self.one(progress)
            .unwrap_or_else(|| format!("{}/{} {noun}{}", progress.covered, progress.total(), begun(progress)))
    }

    /// The same for the ear: `7 critères couverts sur 12, 2 en cours`.
    fn aloud(self, progress: Progress) -> String {
        self.one(progress)
            .unwrap_or_else(|| format!("{} sur {}{}", self.covered(progress), progress.total(), begun(progress)))
    }

    /// How far it is, where there is only itself to count.
    fn one(self, progress: Progress) -> Option<String> {
        let state = match progress {
            Progress { covered: 1, .. } => "couverte",
            Progress { in_progress: 1, .. } => "en cours",
            _ => "à faire",
        };
        (self == Self::Competency && progress.total() == 1).then(|| state.to_owned())
    }
}

/// `, 2 en cours`.
fn begun(progress: Progress) -> String {
    match progress.in_progress {
        0 => String::new(),
        begun => format!(", {begun}\u{a0}en cours"),
    }
}

/// How far a piece of a bar is.
#[derive(Debug, Clone, Copy)]
enum State {
    Covered,
    InProgress,
    Todo,
}

const STATES: [(State, &str); 3] =
    [(State::Covered, "couvert"), (State::InProgress, "en cours"), (State::Todo, "à faire")];

impl State {
    fn fill(self) -> Fill {
        match self {
            Self::Covered => Fill::Solid(Ink::Done),
            Self::InProgress => Fill::Patterned(Pattern::Hatched, Ink::Open),
            Self::Todo => Fill::None,
        }
    }

    fn outline(self) -> Stroke {
        match self {
            Self::Covered => Stroke::new(Ink::Done, 1.2),
            Self::InProgress => Stroke::new(Ink::Open, 1.2),
            Self::Todo => Stroke::new(Ink::Quiet, 1.2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pictures::checks::{HOSTILE, long, outline, sound};
    use crate::pictures::samples::coarse;
    use jiff::civil::date;

    fn progress(covered: usize, in_progress: usize, todo: usize) -> Progress {
        Progress { todo, in_progress, covered }
    }

    fn chart(names: &[(&str, &str)]) -> Chart {
        let counts = [(0, 0, 8), (2, 1, 4), (7, 2, 3), (5, 0, 0)];
        let row = |(rank, (code, statement)): (usize, &(&str, &str))| {
            let (covered, in_progress, todo) = counts[rank % counts.len()];
            ((*code).to_owned(), (*statement).to_owned(), progress(covered, in_progress, todo))
        };
        Chart {
            team: "Les Volts".to_owned(),
            today: date(2026, 12, 7),
            unit: Unit::Criterion,
            competencies: names.iter().enumerate().map(row).collect(),
            whole: progress(14, 3, 15),
        }
    }

    #[test]
    fn each_competency_has_its_bar_and_its_count() {
        let names = [
            (
                "C1.5",
                "Auditer la qualité des données collectées au regard du besoin exprimé par le commanditaire et du cadre légal",
            ),
            ("C1.6", "Rédiger"),
            ("C1.7", "Modéliser les données"),
            ("C1.8", "Présenter"),
        ];
        let picture = chart(&names).draw(Theme::Light);
        sound(&picture);
        expect_test::expect_file!["coverage/criteria.svg"].assert_eq(&outline(&picture));
        expect_test::expect_file!["coverage/criteria.blocks"].assert_eq(&coarse(&picture));
        assert_eq!(picture, chart(&names).draw(Theme::Light));
        let dark = chart(&names).draw(Theme::Dark);
        assert_eq!((dark.words(), dark.boxes()), (picture.words(), picture.boxes()));
        assert_ne!(dark.svg(), picture.svg());
    }

    #[test]
    fn a_statement_has_two_lines_and_the_words_are_for_the_ear() {
        let long = "Analyser le besoin du commanditaire et le reformuler avec lui, ".repeat(6);
        let short = chart(&[("C1", "Analyser"), ("C2", "Rédiger")]).draw(Theme::Light);
        let picture = chart(&[("C1", &long), ("C2", "Rédiger")]).draw(Theme::Light);
        sound(&picture);
        assert_eq!(picture.boxes().len(), short.boxes().len() + 1);
        assert!(picture.svg().contains('…') && picture.svg().contains("la moins couverte d’abord"));
        let words = picture.words().replace('\u{a0}', " ");
        assert!(words.contains("» au lundi 7 décembre 2026 : 14 critères couverts sur 32 (43 %)"), "{words}");
        assert!(
            words.ends_with("C1 : 0 critère couvert sur 8. C2 : 2 critères couverts sur 7, 1 en cours."),
            "{words}"
        );
        assert!(!chart(&[("C1", "Analyser")]).draw(Theme::Light).svg().contains("d’abord"));
    }

    #[test]
    fn without_anything_to_cover_it_says_so() {
        let picture = Chart { whole: Progress::default(), ..chart(&[]) }.draw(Theme::Light);
        sound(&picture);
        assert!(picture.svg().contains("n’évalue encore aucune compétence"));
    }

    #[test]
    fn competencies_without_criteria_are_told_by_a_word() {
        let mut chart = chart(&[("libre-1a2b3c", "Parler anglais"), ("libre-4d5e6f", "Négocier")]);
        chart.unit = Unit::Competency;
        chart.competencies[0].2 = progress(1, 0, 0);
        chart.competencies[1].2 = progress(0, 0, 1);
        chart.whole = progress(1, 0, 1);
        let picture = chart.draw(Theme::Dark);
        sound(&picture);
        let words = picture.words().replace('\u{a0}', " ");
        assert!(words.contains("1 compétence couverte sur 2 (50 %), 1 à faire."), "{words}");
        assert!(words.ends_with("Parler anglais : couverte. Négocier : à faire."), "{words}");
    }

    #[test]
    fn names_can_be_anything_and_many() {
        let long = long();
        let hostile: Vec<(&str, &str)> = HOSTILE.into_iter().chain([long.as_str()]).map(|name| (name, name)).collect();
        let many: Vec<(&str, &str)> = hostile.iter().copied().cycle().take(MOST + 40).collect();
        for names in [hostile, many] {
            let picture = Chart { team: long.clone(), ..chart(&names) }.draw(Theme::Light);
            sound(&picture);
            assert_eq!(picture.svg().contains("autres compétences dans le tableau"), names.len() > MOST);
        }
    }
}
