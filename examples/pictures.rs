//! Draws the pictures of a believable MSPR into `docs/pictures`, in both themes, with their words in an index.
//!
//! `cargo run --no-default-features --example pictures` from the root of the repository. The same program writes the same
//! bytes: what changes in the samples was changed by somebody.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use vigie::domain::person::PersonKey;
use vigie::domain::plan::{Budget, Plan, State, Task, Wanted, schedule};
use vigie::domain::reminder::Calendar;
use vigie::pictures::gantt::{Chart, Grouping};
use vigie::pictures::precedence::Network;
use vigie::pictures::{Picture, Planned, Theme};

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
