//! Draws the pictures of a believable MSPR into `docs/pictures`, in both themes, with their words in an index.
//!
//! `cargo run --no-default-features --example pictures` from the root of the repository. The same program writes the same
//! bytes: what changes in the samples was changed by somebody.

use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use vigie::domain::brief::{Assessed, Brief, How};
use vigie::domain::coverage::{Mark, Proof, asked as coverage_of};
use vigie::domain::grid::Grid;
use vigie::domain::person::PersonKey;
use vigie::domain::plan::{Budget, Finding, Plan, Severity, State, Task, Wanted, check, schedule};
use vigie::domain::reminder::Calendar;
use vigie::pictures::cohort::{Need, Team};
use vigie::pictures::coverage::Unit;
use vigie::pictures::gantt::{Chart, Grouping};
use vigie::pictures::precedence::Network;
use vigie::pictures::{Picture, Planned, Theme, burn_down, cohort, coverage};
use vigie::views::followup::in_few_words;
use vigie_referentiels::CompetencyCode;

type Failure = Box<dyn std::error::Error>;

/// Where the samples are kept.
const FOLDER: &str = "docs/pictures";
/// When it is, in Paris.
const NOW: &str = "2026-12-07T09:30";

fn main() -> Result<(), Failure> {
    let folder = Path::new(FOLDER);
    std::fs::create_dir_all(folder)?;
    let sample = mspr()?;
    let schedule = schedule(&sample.plan, sample.now.timestamp());
    let calendar = Calendar::default();
    let planned = Planned {
        team: "Les Vigies",
        plan: &sample.plan,
        schedule: &schedule,
        people: &sample.people,
        calendar: &calendar,
        now: &sample.now,
    };
    let by_deliverable = Chart::new(&planned, Grouping::Deliverable);
    let by_person = Chart::new(&planned, Grouping::Person);
    let network = Network::new(&planned);
    let mut index = String::from(
        "# Pictures\n\nWhat the bot draws of a team’s work, here of a believable MSPR: 12 milestones, 4 people, 30 hours. \
         Made by `cargo run --no-default-features --example pictures`; under each picture stands the alternative text that \
         travels with it.\n",
    );
    let mut show = |name: &str, title: &str, draw: &dyn Fn(Theme) -> Picture| -> Result<(), Failure> {
        let light = draw(Theme::Light);
        let dark = draw(Theme::Dark);
        std::fs::write(folder.join(format!("{name}.svg")), light.svg())?;
        std::fs::write(folder.join(format!("{name}.png")), light.png()?)?;
        std::fs::write(folder.join(format!("{name}-dark.png")), dark.png()?)?;
        let words = light.words();
        write!(
            index,
            "\n## {title}\n\n![{words}]({name}.png)\n\n![The same on a dark background]({name}-dark.png)\n\n\
             [As SVG]({name}.svg)\n\n> {words}\n"
        )?;
        Ok(())
    };
    show("gantt", "Gantt, by deliverable", &|theme| by_deliverable.draw(theme))?;
    show("gantt-people", "Gantt, by person", &|theme| by_person.draw(theme))?;
    show("precedence", "Precedence graph (PERT)", &|theme| network.draw(theme))?;
    let (hours, grid, cohort) = (hours()?, grid()?, cohort(&sample)?);
    show("hours", "Hours of preparation", &|theme| hours.draw(theme))?;
    show("coverage", "Coverage of criteria", &|theme| grid.draw(theme))?;
    show("cohort", "Teams of a brief, for trainers", &|theme| cohort.draw(theme))?;
    std::fs::write(folder.join("README.md"), index)?;
    Ok(())
}

struct Sample {
    plan: Plan,
    people: BTreeMap<PersonKey, String>,
    now: Zoned,
}

fn paris(civil: &str) -> Result<Zoned, Failure> {
    Ok(civil.parse::<DateTime>()?.to_zoned(TimeZone::get("Europe/Paris")?)?)
}

fn at(civil: &str) -> Result<Timestamp, Failure> {
    Ok(paris(civil)?.timestamp())
}

/// Number, title, date, minutes, people, needs, deliverable.
type Row = (u32, &'static str, &'static str, u32, &'static [i64], &'static [u32], u32);

const MILESTONES: [Row; 12] = [
    (1, "Cadrage du besoin et analyse des risques", "2026-11-25T18:00", 120, &[1, 2], &[], 1),
    (2, "Inventaire des sources et conformité RGPD", "2026-11-27T18:00", 90, &[3], &[1], 1),
    (3, "Import des données ouvertes", "2026-12-01T18:00", 120, &[2], &[2], 2),
    (4, "Nettoyage et préparation des données", "2026-12-04T18:00", 180, &[2, 3], &[3], 2),
    (5, "Maquettes accessibles des écrans", "2026-12-03T18:00", 90, &[4], &[1], 2),
    (6, "Entraînement et comparaison de deux modèles", "2026-12-09T18:00", 240, &[1, 3], &[4], 2),
    (7, "API de prédiction", "2026-12-11T12:00", 120, &[1], &[6], 2),
    (8, "Interface de consultation", "2026-12-14T12:00", 150, &[4], &[5, 7], 2),
    (9, "Recette avec un utilisateur de lecteur d’écran", "2026-12-15T12:00", 60, &[2, 4], &[8], 2),
    (10, "Déploiement sur le serveur de l’école", "2026-12-15T18:00", 60, &[2], &[7], 2),
    (11, "Rédaction et relecture du dossier", "2026-12-18T12:00", 510, &[1, 2, 3, 4], &[9], 1),
    (12, "Répétition générale de l’oral", "2027-01-08T18:00", 60, &[1, 2, 3, 4], &[11], 3),
];

/// What the team logged: the day, the milestone, the minutes. With what is left of the milestones it makes their 30 hours.
const LOGGED: [(&str, u32, u32); 8] = [
    ("2026-11-24", 1, 120),
    ("2026-11-26", 2, 75),
    ("2026-11-30", 3, 60),
    ("2026-12-01", 3, 75),
    ("2026-12-02", 5, 90),
    ("2026-12-03", 4, 90),
    ("2026-12-04", 4, 60),
    ("2026-12-04", 10, 30),
];

/// Minutes that the brief gives the team.
const BUDGET: u32 = 30 * 60;

fn mspr() -> Result<Sample, Failure> {
    let mut tasks = Vec::new();
    for (number, title, due, minutes, people, needs, deliverable) in MILESTONES {
        let state = match number {
            1..=3 | 5 => State::Done,
            10 => State::Blocked,
            _ => State::Open,
        };
        let spent = LOGGED.iter().filter(|(_, on, _)| *on == number).map(|(.., minutes)| minutes).sum();
        tasks.push(Task {
            number,
            title: title.to_owned(),
            due: Some(at(due)?),
            minutes: Some(minutes),
            spent_minutes: spent,
            state,
            people: people.iter().copied().map(PersonKey).collect(),
            needs: needs.to_vec(),
            deliverable: Some(deliverable),
            ..Task::default()
        });
    }
    let wanted = |(number, title): (u32, &str)| Wanted {
        number,
        title: title.to_owned(),
        is_required: true,
        is_handed_in: false,
    };
    let people = [(1, "Alice"), (2, "Bob"), (3, "Chloé"), (4, "David")];
    let deliverables = [(1, "Dossier de l’équipe"), (2, "Application et sa documentation"), (3, "Oral")];
    Ok(Sample {
        plan: Plan {
            tasks,
            members: people.iter().map(|(key, _)| PersonKey(*key)).collect(),
            budget: Some(Budget::Team(BUDGET)),
            deliverables: deliverables.into_iter().map(wanted).collect(),
            starts_at: Some(at("2026-11-23T09:00")?),
            deadline: Some(at("2026-12-18T18:00")?),
            defence: Some(at("2027-01-12T14:00")?),
        },
        people: people.into_iter().map(|(key, name)| (PersonKey(key), name.to_owned())).collect(),
        now: paris(NOW)?,
    })
}

/// What the team logged, day by day.
fn hours() -> Result<burn_down::Chart, Failure> {
    let logged = LOGGED.into_iter().map(|(on, _, minutes)| Ok::<_, Failure>((on.parse()?, minutes)));
    Ok(burn_down::Chart {
        team: "Les Vigies".to_owned(),
        budget: Some(BUDGET),
        starts: Some(date(2026, 11, 23)),
        deadline: Some(date(2026, 12, 18).at(18, 0, 0, 0)),
        now: NOW.parse()?,
        logged: logged.collect::<Result<_, Failure>>()?,
    })
}

/// How far the team is with the criteria of the competencies that the brief assesses, in the words of their référentiel.
fn grid() -> Result<coverage::Chart, Failure> {
    // Of each competency's criteria: how many are covered, how many in progress.
    let assessed = [("A2C1", 6, 0), ("A2C2", 6, 1), ("A2C3", 3, 2), ("A2C7", 0, 2), ("A2C8", 0, 0)];
    let all = vigie_referentiels::embedded();
    let referentiel = all.iter().find(|one| one.slug == "projet-ia").ok_or("no such référentiel")?;
    let (mut brief, mut marks) = (Brief::default(), BTreeMap::new());
    for (code, covered, in_progress) in assessed {
        let code: CompetencyCode = code.parse()?;
        let (_, competency) = referentiel.competency(&code).ok_or("no such competency")?;
        let wording = competency.intitule.clone();
        brief.competencies.push(Assessed { code: Some(code.to_string()), wording, confidence: 100, how: How::ByCode });
        let codes = [code];
        for (rank, asked) in coverage_of(referentiel, &codes).into_iter().enumerate() {
            let mark = match rank {
                _ if rank < covered => Mark::in_progress().with(Proof::Deliverable(1))?,
                _ if rank < covered + in_progress => Mark::in_progress(),
                _ => continue,
            };
            marks.insert(asked.id.to_owned(), mark);
        }
    }
    let grid = Grid::of(&brief, Some(referentiel), &marks);
    Ok(coverage::Chart::of("Les Vigies", paris(NOW)?.date(), Unit::Criterion, &grid))
}

/// Number, name, milestones done and all, the next date and what is due then, dates gone by, how many risks and the first.
type Line = (u32, &'static str, (u32, u32), Option<(&'static str, &'static str)>, usize, (usize, Option<Finding>));

/// The other teams of the brief, in the order of their numbers.
const TEAMS: [Line; 5] = [
    (
        1,
        "Les Quatre Fantastiques du lac de données",
        (2, 11),
        Some(("2026-12-08T18:00", "jalon\u{a0}4 «\u{a0}Maquettes\u{a0}»")),
        3,
        (2, Some(Finding::Blocked { number: 5 })),
    ),
    (
        2,
        "Équipe 404",
        (4, 9),
        Some(("2026-12-11T12:00", "livrable L1 «\u{a0}Dossier\u{a0}»")),
        0,
        (2, Some(Finding::NothingForDeliverable { deliverable: 3 })),
    ),
    (3, "Byte me", (0, 0), None, 0, (1, Some(Finding::NothingPlanned))),
    (4, "Les Indexés", (6, 10), Some(("2026-12-10T18:00", "jalon\u{a0}7 «\u{a0}Recette\u{a0}»")), 0, (0, None)),
    (
        6,
        "Pythonistes",
        (7, 8),
        Some(("2026-12-17T18:00", "jalon\u{a0}8 «\u{a0}Relecture du dossier\u{a0}»")),
        0,
        (0, None),
    ),
];

/// The teams of the brief, those that need attention first.
fn cohort(sample: &Sample) -> Result<cohort::Chart, Failure> {
    let mut teams = vec![vigies(sample)];
    for (number, name, milestones, next, late, (risks, risk)) in TEAMS {
        let next = next.map(|(due, what)| Ok::<_, Failure>((at(due)?, what.to_owned()))).transpose()?;
        let need = need(late, risks);
        let risk = risk.as_ref().map(in_few_words);
        teams.push(Team { number, name: name.to_owned(), milestones, next, late, risks, risk, need });
    }
    teams.sort_by_key(|team| (team.need, Reverse(team.late), Reverse(team.risks), team.number));
    let zone = TimeZone::get("Europe/Paris")?;
    Ok(cohort::Chart { brief: "Plateforme de données ouvertes".to_owned(), now: at(NOW)?, zone, teams })
}

/// The team of the other pictures, as a trainer sees it.
fn vigies(sample: &Sample) -> Team {
    let now = sample.now.timestamp();
    let (late, others): (Vec<Finding>, Vec<Finding>) = check(&sample.plan, now)
        .into_iter()
        .filter(|finding| finding.severity() <= Severity::AtRisk)
        // What is about one person isn't a trainer's business.
        .filter(|finding| !matches!(finding, Finding::Overloaded { .. } | Finding::Uneven { .. }))
        .partition(|finding| matches!(finding, Finding::Late { .. }));
    let tasks = &sample.plan.tasks;
    let done = tasks.iter().filter(|task| task.state == State::Done).count();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let ahead = tasks.iter().filter(|task| task.state != State::Done && task.due > Some(now));
    let next = ahead.filter_map(|task| Some((task.due?, task))).min_by_key(|(due, task)| (*due, task.number));
    Team {
        number: 5,
        name: "Les Vigies".to_owned(),
        milestones: (count(done), count(tasks.len())),
        next: next.map(|(due, task)| (due, format!("jalon\u{a0}{} «\u{a0}{}\u{a0}»", task.number, task.title))),
        late: late.len(),
        risks: others.len(),
        risk: others.first().map(in_few_words),
        need: need(late.len(), others.len()),
    }
}

fn need(late: usize, risks: usize) -> Need {
    match (late, risks) {
        (0, 0) => Need::None,
        (0, _) => Need::AtRisk,
        _ => Need::Late,
    }
}
