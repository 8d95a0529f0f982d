//! Where the teams of a brief stand, for trainers: a line a team with its milestones, its next date and what threatens it.
//!
//! `/suivi` asks for it, with the teams in the order of need: nothing here ranks anybody, and nothing is about one person. Late,
//! at risk and without alert are three fillings and three words; late is drawn as in a team's own plan, and no filling of a
//! plan means something else here. Past [`MOST`] teams the rest is counted.

use super::frame::{MARGIN, ROOM, SIDES, head};
use super::legend::{self, Sample};
use super::lettering::{Line, Size, Type};
use super::planned::{Status, counted};
use super::{Anchor, Area, Fill, Ink, Paper, Pattern, Picture, Point, Stroke, Theme, Words};
use crate::domain::date::Moment;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Most teams that are drawn.
pub const MOST: usize = 80;

/// From one team to the next, in pixels.
const STEP: f64 = 40.0;
/// Where the columns begin.
const COLUMNS: [f64; 4] = [MARGIN + 6.0, 232.0, 374.0, 578.0];
/// Room between a column and the next.
const GAP: f64 = 12.0;
/// Width of the bar of milestones.
const BAR: f64 = 72.0;

/// How much a team needs attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A date has gone by.
    Late,
    /// One will, or something is in the way.
    AtRisk,
    /// Nothing to tell.
    None,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its number in the brief.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Its milestones that are done, and all of them.
    pub milestones: (u32, u32),
    /// Its next date, and what is due then.
    pub next: Option<(Timestamp, String)>,
    /// How many dates have gone by.
    pub late: usize,
    /// How many things put it at risk, besides.
    pub risks: usize,
    /// The first of them in a few words: `jalon 9 bloqué`.
    pub risk: Option<String>,
    /// How much it needs attention.
    pub need: Need,
}

/// What is drawn.
#[derive(Debug, Clone)]
pub struct Chart {
    /// The brief's title.
    pub brief: String,
    /// When it was so.
    pub now: Timestamp,
    /// The zone of the reader's dates.
    pub zone: TimeZone,
    /// The teams, drawn in this order.
    pub teams: Vec<Team>,
}

impl Chart {
    /// The picture.
    #[must_use]
    pub fn draw(&self, theme: Theme) -> Picture {
        let mut paper = Paper::new(theme);
        let below = [format!("Sujet «\u{a0}{}\u{a0}»", self.brief), self.when(), format!("{}.", self.summary())];
        let mut y = head(&mut paper, "Où en sont les équipes", &below.each_ref().map(String::as_str));
        let mut key = Need::ALL.map(|need| (Sample::Bar(need.fill(), need.outline()), need.words())).to_vec();
        key.push((Sample::Bar(Fill::Solid(Ink::Done), Stroke::new(Ink::Done, 1.2)), "part des jalons faits"));
        y = legend::draw(&mut paper, &key, y, SIDES) + 10.0;
        let band = Area::new(MARGIN, y, ROOM, 24.0);
        paper.rect(band, Fill::Solid(Ink::Band), None);
        for (x, name) in COLUMNS.into_iter().zip(["Équipe", "Jalons faits", "Prochaine date", "Situation"]) {
            let name = Line::new(name, Type::bold(Size::Small));
            paper.text(&name, Point::new(x, y + 16.0), Anchor::Start, Ink::Text);
        }
        y += 24.0;
        for team in self.teams.iter().take(MOST) {
            self.line(&mut paper, y, team);
            y += STEP;
            paper.line(&[Point::new(MARGIN, y), Point::new(MARGIN + ROOM, y)], Stroke::new(Ink::Rule, 1.0));
        }
        let said = match self.teams.len().saturating_sub(MOST) {
            0 if self.teams.is_empty() => Some("Aucune équipe ne travaille encore sur ce sujet.".to_owned()),
            0 => None,
            rest => Some(format!("Et {} dans le tableau.", counted(rest, "autre équipe", "autres équipes"))),
        };
        if let Some(said) = said {
            let line = Line::cut(&said, Type::regular(Size::Body), ROOM);
            paper.text(&line, Point::new(MARGIN, y + 22.0), Anchor::Start, Ink::Quiet);
            y += 28.0;
        }
        paper.finish(y + 16.0, self.words())
    }

    /// One team.
    fn line(&self, paper: &mut Paper, top: f64, team: &Team) {
        let [name, done, next, situation] = COLUMNS;
        let (upper, middle, lower) = (top + 17.0, top + 25.0, top + 32.0);
        let number = Line::new(&team.number.to_string(), Type::bold(Size::Body));
        let room = done - name - GAP - number.width() - 6.0;
        let lines = Line::wrapped(&team.name, Type::regular(Size::Body), room, 2);
        let first = if lines.len() > 1 { upper } else { middle };
        paper.text(&number, Point::new(name, first), Anchor::Start, Ink::Text);
        for (line, y) in lines.iter().zip([first, lower + 1.0]) {
            paper.text(line, Point::new(name + number.width() + 6.0, y), Anchor::Start, Ink::Text);
        }
        let (made, all) = team.milestones;
        let bar = Area::new(done, top + 13.0, BAR, 14.0);
        paper.rect(bar, Fill::None, Some(Stroke::new(Ink::Quiet, 1.2)));
        if made > 0 && all > 0 {
            let share = f64::from(made.min(all)) / f64::from(all);
            let part = Area { width: bar.width * share, ..bar };
            paper.rect(part, Fill::Solid(Ink::Done), Some(Stroke::new(Ink::Done, 1.2)));
        }
        let count = if all == 0 { "aucun".to_owned() } else { format!("{made}/{all}") };
        let count = Line::cut(&count, Type::regular(Size::Body), next - done - BAR - 8.0 - GAP);
        paper.text(&count, Point::new(done + BAR + 8.0, middle), Anchor::Start, Ink::Text);
        let room = situation - next - GAP;
        if let Some((at, what)) = &team.next {
            let day = Line::cut(&self.day(*at), Type::regular(Size::Body), room);
            paper.text(&day, Point::new(next, upper), Anchor::Start, Ink::Text);
            let what = Line::cut(what, Type::regular(Size::Small), room);
            paper.text(&what, Point::new(next, lower + 1.0), Anchor::Start, Ink::Quiet);
        } else {
            let none = Line::new("aucune", Type::regular(Size::Body));
            paper.text(&none, Point::new(next, middle), Anchor::Start, Ink::Quiet);
        }
        team.need.mark(paper, Point::new(situation + 8.0, top + STEP / 2.0));
        let told = team.told();
        let room = MARGIN + ROOM - situation - 22.0;
        let style = if team.need == Need::Late { Type::bold(Size::Body) } else { Type::regular(Size::Body) };
        let first = if told.len() > 1 { upper } else { middle };
        for (words, y) in told.iter().zip([first, lower + 1.0]) {
            let style = if y > middle { Type::regular(Size::Small) } else { style };
            paper.text(&Line::cut(words, style, room), Point::new(situation + 22.0, y), Anchor::Start, Ink::Text);
        }
    }

    /// `ven. 27 nov.`, with its year where it isn't this one.
    fn day(&self, at: Timestamp) -> String {
        let moment = self.moment(at);
        let year = moment.civil().year();
        if year == self.zone.to_datetime(self.now).year() {
            moment.short_day()
        } else {
            format!("{} {year}", moment.short_day())
        }
    }

    fn when(&self) -> String {
        format!("Au {}", self.moment(self.now))
    }

    fn moment(&self, at: Timestamp) -> Moment {
        Moment::new(self.zone.to_datetime(at), self.zone.clone())
    }

    /// `12 équipes : 2 en retard, 3 à risque, 7 sans alerte`.
    fn summary(&self) -> String {
        let parts = Need::ALL.map(|need| (self.teams.iter().filter(|team| team.need == need).count(), need.words()));
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, words)| format!("{count}\u{a0}{words}")).collect();
        let all = counted(self.teams.len(), "équipe", "équipes");
        if parts.is_empty() { all } else { format!("{all}\u{a0}: {}", parts.join(", ")) }
    }

    fn words(&self) -> Words {
        let reading = format!("Suivi du sujet «\u{a0}{}\u{a0}», {}.", self.brief, self.summary());
        self.teams.iter().fold(Words::new(&reading), |words, team| {
            let done = match team.milestones {
                (_, 0) => "aucun jalon".to_owned(),
                (made, all) => {
                    let made = counted(usize::try_from(made).unwrap_or(usize::MAX), "jalon fait", "jalons faits");
                    format!("{made} sur {all}")
                }
            };
            let next = team.next.as_ref().map(|(at, _)| format!("prochaine date le {}", self.moment(*at).day()));
            let told: Vec<String> = team.aloud().into_iter().chain([done]).chain(next).collect();
            words.and(&format!("Équipe\u{a0}{} ({})\u{a0}: {}.", team.number, team.name, told.join(", ")))
        })
    }
}

impl Team {
    /// What threatens it, on two lines: `2 dates dépassées`, then `jalon 9 bloqué, 1 autre`.
    fn told(&self) -> Vec<String> {
        let others = |others| format!(", {}", counted(others, "autre", "autres"));
        [Some(self.state()), self.threat(others)].into_iter().flatten().collect()
    }

    /// The same for the ear: `2 dates dépassées`, then `jalon 9 bloqué et 1 autre risque`.
    fn aloud(&self) -> Vec<String> {
        let others = |others| format!(" et {}", counted(others, "autre risque", "autres risques"));
        [Some(self.state()), self.threat(others)].into_iter().flatten().collect()
    }

    fn state(&self) -> String {
        match self.need {
            Need::Late => counted(self.late, "date dépassée", "dates dépassées"),
            Need::AtRisk | Need::None => self.need.words().to_owned(),
        }
    }

    /// The first thing that puts it at risk, and how many others do; how many do, where nobody says which.
    fn threat(&self, others: impl Fn(usize) -> String) -> Option<String> {
        let count = if self.need == Need::None { 0 } else { self.risks };
        match (&self.risk, count) {
            (_, 0) => None,
            (None, count) => Some(counted(count, "risque", "risques")),
            (Some(risk), 1) => Some(risk.clone()),
            (Some(risk), count) => Some(format!("{risk}{}", others(count - 1))),
        }
    }
}

impl Need {
    const ALL: [Self; 3] = [Self::Late, Self::AtRisk, Self::None];

    fn words(self) -> &'static str {
        match self {
            Self::Late => "en retard",
            Self::AtRisk => "à risque",
            Self::None => "sans alerte",
        }
    }

    fn fill(self) -> Fill {
        match self {
            Self::Late => Status::Late.fill(),
            Self::AtRisk => Fill::Patterned(Pattern::Striped, Ink::Blocked),
            Self::None => Fill::None,
        }
    }

    fn outline(self) -> Stroke {
        match self {
            Self::Late => Stroke::new(Ink::Late, 1.6),
            Self::AtRisk => Stroke::new(Ink::Blocked, 1.6),
            Self::None => Stroke::new(Ink::Done, 1.6),
        }
    }

    /// The sign before the words.
    fn mark(self, paper: &mut Paper, at: Point) {
        let half = 7.0;
        paper.rect(Area::new(at.x - half, at.y - half, 2.0 * half, 2.0 * half), self.fill(), Some(self.outline()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pictures::checks::{HOSTILE, long, outline, sound};
    use crate::pictures::samples::coarse;
    use jiff::ToSpan;

    fn now() -> Timestamp {
        "2026-11-23T08:00:00Z".parse().expect("an instant")
    }

    fn chart(names: &[&str]) -> Chart {
        let zone = TimeZone::get("Europe/Paris").expect("the database of zones is in the program");
        let team = |(rank, name): (u32, &&str)| {
            let need = [Need::Late, Need::AtRisk, Need::None][rank as usize % 3];
            let due = now() + (i64::from(rank) * 240).hours();
            let late = if need == Need::Late { 2 } else { 0 };
            Team {
                number: rank + 1,
                name: (*name).to_owned(),
                milestones: (rank % 7, 6 + rank % 7),
                next: (rank % 4 > 0).then(|| (due, format!("jalon\u{a0}{} «\u{a0}{name}\u{a0}»", rank + 2))),
                late,
                risks: if need == Need::None { 0 } else { rank as usize % 4 },
                risk: (rank % 8 < 4).then(|| format!("livrable\u{a0}{} sans jalon", rank + 1)),
                need,
            }
        };
        Chart { brief: "Chaîne de données".to_owned(), now: now(), zone, teams: (0..).zip(names).map(team).collect() }
    }

    #[test]
    fn each_team_has_its_line() {
        let names = ["Les Volts", "Les Watts", "Les Ampères de la filière électrique", "Ohm"];
        let picture = chart(&names).draw(Theme::Light);
        sound(&picture);
        expect_test::expect_file!["cohort/four.svg"].assert_eq(&outline(&picture));
        expect_test::expect_file!["cohort/four.blocks"].assert_eq(&coarse(&picture));
        assert_eq!(picture, chart(&names).draw(Theme::Light));
        let dark = chart(&names).draw(Theme::Dark);
        assert_eq!((dark.words(), dark.boxes()), (picture.words(), picture.boxes()));
        assert_ne!(dark.svg(), picture.svg());
    }

    #[test]
    fn what_threatens_a_team_is_said_in_words() {
        let team = |need, late, risks, risk: Option<&str>| {
            let mut team = chart(&["Volts"]).teams.remove(0);
            (team.need, team.late, team.risks, team.risk) = (need, late, risks, risk.map(str::to_owned));
            (team.told().join(" / ").replace('\u{a0}', " "), team.aloud().join(", ").replace('\u{a0}', " "))
        };
        let check =
            |found: (String, String), told: &str, aloud: &str| assert_eq!((&*found.0, &*found.1), (told, aloud));
        let blocked = Some("jalon 9 bloqué");
        check(team(Need::Late, 1, 0, None), "1 date dépassée", "1 date dépassée");
        check(
            team(Need::Late, 3, 3, blocked),
            "3 dates dépassées / jalon 9 bloqué, 2 autres",
            "3 dates dépassées, jalon 9 bloqué et 2 autres risques",
        );
        check(team(Need::AtRisk, 0, 1, blocked), "à risque / jalon 9 bloqué", "à risque, jalon 9 bloqué");
        check(team(Need::AtRisk, 0, 2, None), "à risque / 2 risques", "à risque, 2 risques");
        check(team(Need::None, 0, 0, None), "sans alerte", "sans alerte");
    }

    #[test]
    fn no_sign_means_something_else_in_a_plan() {
        assert_eq!(Need::Late.fill(), Status::Late.fill());
        let pattern = |fill| match fill {
            Fill::Patterned(pattern, _) => Some(pattern),
            _ => None,
        };
        let at_risk = pattern(Need::AtRisk.fill());
        assert!(at_risk.is_some() && Status::ALL.iter().all(|status| pattern(status.fill()) != at_risk));
    }

    #[test]
    fn sixty_teams_fit_and_more_are_counted() {
        for count in [0, 1, 60, MOST, MOST + 20] {
            let names: Vec<String> = (0..count).map(|rank| format!("Équipe des {rank}")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let picture = chart(&names).draw(Theme::Dark);
            sound(&picture);
            assert_eq!(picture.svg().contains("autres équipes dans le tableau"), count > MOST);
            assert_eq!(picture.svg().contains("Aucune équipe"), count == 0);
        }
    }

    #[test]
    fn whatever_teams_are_called() {
        let long = long();
        let names: Vec<&str> = HOSTILE.into_iter().chain([long.as_str()]).collect();
        sound(&Chart { brief: long.clone(), ..chart(&names) }.draw(Theme::Light));
    }
}
