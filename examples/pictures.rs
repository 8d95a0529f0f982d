//! Draws the pictures of a believable MSPR into `docs/pictures`, in both themes, with their words in an index.
//!
//! `cargo run --no-default-features --example pictures` from the root of the repository. The same program writes the same
//! bytes: what changes in the samples was changed by somebody.

use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use vigie::domain::coverage::Progress;
use vigie::domain::person::PersonKey;
use vigie::domain::plan::{Budget, Plan, State, Task, Wanted, schedule};
use vigie::domain::reminder::Calendar;
use vigie::pictures::cohort::{Need, Team};
use vigie::pictures::coverage::Unit;
use vigie::pictures::gantt::{Chart, Grouping};
use vigie::pictures::precedence::Network;
use vigie::pictures::{Picture, Planned, Theme, burn_down, cohort, coverage};

type Failure = Box<dyn std::error::Error>;

/// Where the samples are kept.
const FOLDER: &str = "docs/pictures";

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
        defence: Some(at("2027-01-12T14:00")?),
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
    let (hours, grid, cohort) = (hours()?, grid(), cohort()?);
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

const MILESTONES: [Row; 11] = [
    (1, "Lire le sujet et cadrer le besoin", "2026-11-25T18:00", 120, &[1, 2], &[], 1),
    (2, "Analyse des risques et conformité RGPD", "2026-11-27T18:00", 150, &[3], &[1], 1),
    (3, "Maquettes accessibles des écrans", "2026-12-02T18:00", 180, &[4], &[1], 2),
    (4, "Modèle de données", "2026-12-04T12:00", 150, &[1], &[1], 2),
    (5, "Import des données ouvertes", "2026-12-04T18:00", 150, &[2], &[4], 2),
    (6, "API et authentification", "2026-12-09T18:00", 240, &[1], &[4], 2),
    (7, "Interface de consultation", "2026-12-11T18:00", 240, &[4], &[3, 6], 2),
    (8, "Jeu de tests et recette avec un utilisateur de lecteur d’écran", "2026-12-15T12:00", 120, &[2, 3], &[5, 7], 2),
    (9, "Déploiement sur le serveur de l’école", "2026-12-15T18:00", 120, &[2], &[6], 2),
    (10, "Rédaction du dossier", "2026-12-17T18:00", 210, &[1, 3], &[2, 8], 1),
    (11, "Support de présentation", "2027-01-06T18:00", 120, &[1, 2, 3, 4], &[10], 3),
];

fn mspr() -> Result<Sample, Failure> {
    let mut tasks = Vec::new();
    for (number, title, due, minutes, people, needs, deliverable) in MILESTONES {
        let state = match number {
            1..=3 => State::Done,
            9 => State::Blocked,
            _ => State::Open,
        };
        tasks.push(Task {
            number,
            title: title.to_owned(),
            due: Some(at(due)?),
            minutes: Some(minutes),
            state,
            people: people.iter().copied().map(PersonKey).collect(),
            needs: needs.to_vec(),
            deliverable: Some(deliverable),
            ..Task::default()
        });
    }
    tasks.push(Task {
        number: 12,
        title: "Répétition générale de l’oral".to_owned(),
        needs: vec![11],
        deliverable: Some(3),
        ..Task::default()
    });
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
            budget: Some(Budget::Team(30 * 60)),
            deliverables: deliverables.into_iter().map(wanted).collect(),
            starts_at: Some(at("2026-11-23T09:00")?),
            deadline: Some(at("2026-12-18T18:00")?),
        },
        people: people.into_iter().map(|(key, name)| (PersonKey(key), name.to_owned())).collect(),
        now: paris("2026-12-07T09:30")?,
    })
}

/// What the team logged, day by day.
fn hours() -> Result<burn_down::Chart, Failure> {
    let logged = [(24, 120), (25, 90), (27, 210), (31, 180), (32, 60), (33, 150), (34, 90)];
    let first = date(2026, 11, 1);
    let day = |day: i64| first.checked_add(jiff::Span::new().days(day - 1));
    Ok(burn_down::Chart {
        team: "Les Vigies".to_owned(),
        budget: Some(30 * 60),
        starts: Some(date(2026, 11, 23)),
        deadline: Some(date(2026, 12, 18).at(18, 0, 0, 0)),
        now: date(2026, 12, 7).at(9, 30, 0, 0),
        logged: logged.into_iter().map(|(on, minutes)| Ok((day(on)?, minutes))).collect::<Result<_, Failure>>()?,
    })
}

/// How far the team is with the criteria of the competencies that the brief assesses.
fn grid() -> coverage::Chart {
    let rows = [
        ("A2C4", "Analyser et hiérarchiser les problématiques d’une solution d’intelligence artificielle", (0, 0, 9)),
        ("A2C1", "Recueillir et qualifier le besoin du commanditaire", (2, 1, 5)),
        ("A2C2", "Concevoir et évaluer un modèle", (7, 2, 3)),
        ("A2C3", "Assurer une veille réglementaire, technologique et éthique", (6, 0, 0)),
    ];
    let row = |(code, statement, (covered, in_progress, todo)): (&str, &str, (usize, usize, usize))| {
        (code.to_owned(), statement.to_owned(), Progress { todo, in_progress, covered })
    };
    coverage::Chart {
        team: "Les Vigies".to_owned(),
        today: date(2026, 12, 7),
        unit: Unit::Criterion,
        competencies: rows.into_iter().map(row).collect(),
        whole: Progress { todo: 17, in_progress: 3, covered: 15 },
    }
}

/// Name, milestones done and all, the next date and what is due then, dates gone by, risks.
type Line = (&'static str, (u32, u32), Option<(&'static str, &'static str)>, usize, usize);

const TEAMS: [Line; 6] = [
    ("Les Quatre Fantastiques du lac de données", (2, 11), Some(("2026-12-08T18:00", "jalon 4 « Maquettes »")), 3, 2),
    ("Les Vigies", (3, 12), Some(("2026-12-09T18:00", "jalon 6 « API et authentification »")), 2, 2),
    ("Équipe 404", (4, 9), Some(("2026-12-11T12:00", "livrable L1 « Dossier »")), 0, 2),
    ("Les Indexés", (6, 10), Some(("2026-12-10T18:00", "jalon 7 « Recette »")), 0, 0),
    ("Pythonistes", (7, 8), Some(("2027-01-06T18:00", "jalon 8 « Répétition »")), 0, 0),
    ("Byte me", (0, 0), None, 0, 0),
];

/// The teams of the brief, those that need attention first.
fn cohort() -> Result<cohort::Chart, Failure> {
    let mut teams = Vec::new();
    for (number, (name, milestones, next, late, risks)) in (1..).zip(TEAMS) {
        let next = next.map(|(due, what)| Ok::<_, Failure>((at(due)?, what.to_owned()))).transpose()?;
        let need = match (late, risks) {
            (0, 0) => Need::None,
            (0, _) => Need::AtRisk,
            _ => Need::Late,
        };
        teams.push(Team { number, name: name.to_owned(), milestones, next, late, risks, risk: None, need });
    }
    let now = at("2026-12-07T09:30")?;
    let zone = TimeZone::get("Europe/Paris")?;
    Ok(cohort::Chart { brief: "Plateforme de données ouvertes".to_owned(), now, zone, teams })
}
