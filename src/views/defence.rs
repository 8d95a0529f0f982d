//! Defences (soutenances): the whole timetable for those who plan it, its own slot for a team, and rehearsing.
//!
//! How long each slot lasts is shown to trainers alone ([`all`], [`planned`]). What a team reads, and what is said where
//! several teams read, holds no length but the one that the brief gives for all, and no hour of another team, from which a
//! longer slot could be told.

use super::words;
use crate::domain::brief::Brief;
use crate::domain::coverage::{Asked, Coverage};
use crate::domain::date::Moment;
use crate::domain::defence::end;
use crate::domain::duration::Minutes;
use crate::store::{DefenceSlot, Shared, When};
use jiff::Zoned;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use vigie_chat::{Button, Draft, Field, Invocation, Item, List, Press, Text};

/// Longest list of slots that isn't folded.
const SHORT: usize = 12;

/// A slot with its team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The team's number within its brief.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// Its slot.
    pub slot: DefenceSlot,
}

/// What was planned.
#[derive(Debug, Clone, Copy)]
pub struct Planned<'a> {
    /// All slots, in the order of their hours.
    pub slots: &'a [Shown],
    /// How many of them are new or changed.
    pub changed: usize,
    /// How many teams are told of a new hour, room or jury.
    pub told: usize,
    /// Days that the brief doesn't give for defences.
    pub off_days: &'a [DateTime],
    /// Rooms that could not be told.
    pub unsaid: usize,
}

/// A moment of a slot, in its own zone.
fn moment(when: &When) -> Moment {
    Moment::new(when.wall, TimeZone::get(&when.zone).unwrap_or(TimeZone::UTC))
}

fn hour(civil: DateTime) -> String {
    format!("{}\u{a0}h\u{a0}{:02}", civil.hour(), civil.minute())
}

/// The whole timetable, for those who plan. `without` are the teams that have no slot.
#[must_use]
pub fn all(brief: (i64, &str), slots: &[Shown], without: &[&str], usual: Option<Minutes>) -> Draft {
    let draft = Draft::answer().private().title(format!("Soutenances du sujet {}\u{a0}: {}", brief.0, brief.1));
    if slots.is_empty() {
        return draft.paragraph("Aucune soutenance n’est planifiée.").note(example("Pour les planifier toutes"));
    }
    let summary = words::counted(slots.len(), "équipe a son créneau", "équipes ont leur créneau");
    let draft = draft.paragraph(format!("{summary}."));
    let draft = if without.is_empty() {
        draft
    } else {
        let names: Vec<String> = without.iter().take(20).map(|name| format!("«\u{a0}{name}\u{a0}»")).collect();
        draft.paragraph(format!("Sans créneau\u{a0}: {}.", words::and(&names)))
    };
    timetable(draft, slots).note(kept_to_trainers(usual))
}

fn example(lead: &str) -> Text {
    Text::from(format!("{lead}\u{a0}: "))
        .command("soutenance planifier debut:3 décembre 2026 à 9h duree:50 min pause:10 min")
        .plain(".")
}

fn kept_to_trainers(usual: Option<Minutes>) -> Text {
    let usual = usual.map_or_else(String::new, |usual| format!(" ({usual}, prévus par le sujet)"));
    Text::from(format!(
        "Les durées ne se voient qu’ici. Chaque équipe ne voit que l’heure de son passage et la durée habituelle{usual}."
    ))
}

/// The slots, day by day.
fn timetable(mut draft: Draft, slots: &[Shown]) -> Draft {
    for day in slots.chunk_by(|one, next| one.slot.starts.wall.date() == next.slot.starts.wall.date()) {
        let Some(first) = day.first() else { continue };
        let items: Vec<Item> = day.iter().map(|shown| Item::from(line(shown))).collect();
        let list = vigie_chat::Block::List(List::numbered(1, items));
        let heading = capital(&moment(&first.slot.starts).day());
        draft = if day.len() > SHORT {
            draft.heading(heading).fold(words::counted(day.len(), "passage", "passages"), [list])
        } else {
            draft.heading(heading).block(list)
        };
    }
    draft
}

fn line(shown: &Shown) -> Text {
    let slot = &shown.slot;
    let until = end(slot.starts.wall, slot.minutes);
    let text = Text::from(format!("{} à {}\u{a0}: ", hour(slot.starts.wall), hour(until)))
        .strong(shown.name.as_str())
        .plain(format!(" (équipe {}, {})", shown.number, slot.minutes));
    place(text, slot)
}

fn place(text: Text, slot: &DefenceSlot) -> Text {
    let text = match &slot.room {
        Some(room) => text.plain(", salle «\u{a0}").plain(room.as_str()).plain("\u{a0}»"),
        None => text,
    };
    match &slot.jury {
        Some(jury) => text.plain(", jury «\u{a0}").plain(jury.as_str()).plain("\u{a0}»"),
        None => text,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What was just planned.
#[must_use]
pub fn planned(brief: (i64, &str), planned: Planned<'_>, usual: Option<Minutes>) -> Draft {
    let Planned { slots, changed, told, off_days, unsaid } = planned;
    let mut draft = Draft::answer().private().title(format!("Soutenances du sujet {}\u{a0}: {}", brief.0, brief.1));
    draft = draft.paragraph(match changed {
        0 => "Rien n’a changé\u{a0}: ces créneaux étaient déjà ceux-là.".to_owned(),
        1 => "1\u{a0}créneau est posé ou changé.".to_owned(),
        changed => format!("{changed}\u{a0}créneaux sont posés ou changés."),
    });
    draft = match told {
        0 if changed > 0 => draft.paragraph("Seule la durée change\u{a0}: personne n’en est prévenu."),
        0 => draft,
        1 => draft.paragraph("L’équipe dont l’heure, la salle ou le jury change est prévenue."),
        _ => draft.paragraph("Les équipes dont l’heure, la salle ou le jury change sont prévenues."),
    };
    if !off_days.is_empty() {
        let days: Vec<String> = off_days.iter().map(|day| Moment::new(*day, TimeZone::UTC).day()).collect();
        draft = draft.paragraph(
            Text::new()
                .strong("À vérifier")
                .plain(format!("\u{a0}: le sujet n’annonce pas de soutenance le {}.", words::and(&days))),
        );
    }
    if unsaid > 0 {
        draft = draft.paragraph(format!(
            "{} n’{} pas pu être {}\u{a0}: dites-le vous-même.",
            words::counted(unsaid, "salon", "salons"),
            if unsaid == 1 { "a" } else { "ont" },
            if unsaid == 1 { "prévenu" } else { "prévenus" }
        ));
    }
    timetable(draft, slots).note(kept_to_trainers(usual)).note(
        Text::from("Pour changer un seul passage\u{a0}: ")
            .command("soutenance planifier equipe:2 duree:1h10")
            .plain("."),
    )
}

/// A team's own slot.
#[must_use]
pub fn own(team: &str, slot: Option<&DefenceSlot>, brief: &Brief, now: &Zoned) -> Draft {
    let draft = Draft::answer().title(format!("Soutenance de l’équipe {team}"));
    let rehearse = Button::new("Répéter", Press::run(Invocation::new("soutenance repetition")));
    let Some(slot) = slot else {
        let draft = draft.paragraph("Votre passage n’est pas encore planifié.");
        let days: Vec<String> = brief.defences.iter().map(crate::domain::brief::WallTime::day).collect();
        let draft = if days.is_empty() {
            draft
        } else {
            draft.paragraph(format!("Le sujet annonce les soutenances\u{a0}: {}.", words::and(&days)))
        };
        return draft.fields(lengths(brief)).button(rehearse);
    };
    let at = moment(&slot.starts);
    let mut fields = vec![Field::new("Passage", format!("{at} ({})", at.relative(now)))];
    fields.extend(slot.room.as_deref().map(|room| Field::new("Salle", room)));
    fields.extend(slot.jury.as_deref().map(|jury| Field::new("Jury", jury)));
    fields.extend(lengths(brief));
    draft.fields(fields).button(rehearse)
}

/// The lengths that the brief gives for all teams alike.
fn lengths(brief: &Brief) -> Vec<Field> {
    let length = |name: &str, minutes: Option<u32>| {
        let minutes = minutes.and_then(Minutes::new)?;
        Some(Field::new(name, format!("{minutes}, prévus par le sujet")))
    };
    [length("Oral", brief.oral_minutes), length("Entretien", brief.interview_minutes)].into_iter().flatten().collect()
}

/// A team's slot, said in its room when it is planned.
#[must_use]
pub fn told(team: &str, slot: &DefenceSlot, brief: &Brief, now: &Zoned) -> Draft {
    let draft = own(team, Some(slot), brief, now);
    let said = vigie_chat::Block::Paragraph("Votre passage est planifié.".into());
    Draft { kind: vigie_chat::Kind::Notice, blocks: [vec![said], draft.blocks].concat(), ..draft }
}

/// Slots are planned, said where several teams read.
#[must_use]
pub fn told_all(brief: (i64, &str), teams: usize) -> Draft {
    let whose = if teams == 1 { "Une équipe a" } else { "Les équipes ont" };
    Draft::notice()
        .title(format!("Soutenances du sujet {}\u{a0}: {}", brief.0, brief.1))
        .paragraph(
            Text::from(format!("{whose} un créneau nouveau ou changé. Chaque équipe voit le sien avec "))
                .command("soutenance voir")
                .plain("."),
        )
        .button(Button::new("Voir mon passage", Press::run(Invocation::new("soutenance voir"))))
}

/// Asks whether a date is the one that is meant.
#[must_use]
pub fn is_this_the_date(at: &Moment, doubts: &[String], again: Invocation) -> Draft {
    Draft::answer()
        .private()
        .paragraph(Text::from("J’ai compris\u{a0}: ").strong(at.to_string()).plain("."))
        .list(List::bulleted(doubts.iter().map(String::as_str)))
        .paragraph("Rien n’est planifié tant que vous ne confirmez pas.")
        .button(Button::primary("Oui, planifier", Press::run(again).by_owner()))
}

/// Two defences at once, in one room or before one jury.
#[must_use]
pub fn overlap((one, other): (Option<&str>, Option<&str>), shared: Shared, shift: Option<Invocation>) -> Draft {
    let name = |name: Option<&str>| {
        name.map_or_else(|| "une équipe d’un autre sujet".to_owned(), |name| format!("«\u{a0}{name}\u{a0}»"))
    };
    let what = match shared {
        Shared::Room => "dans la même salle",
        Shared::Jury => "devant le même jury",
    };
    let draft = Draft::error().paragraph(format!(
        "Rien n’est changé\u{a0}: {} et {} passeraient en même temps {what}. Changez l’heure, la durée, la salle ou le jury.",
        name(one),
        name(other)
    ));
    match shift {
        Some(again) => draft.button(Button::new("Décaler les passages suivants", Press::run(again).by_owner())),
        None => draft,
    }
}

/// A criterion to rehearse.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The criterion.
    pub asked: &'a Asked<'a>,
    /// How far the team is with it.
    pub coverage: Coverage,
}

/// Criteria drawn by chance, of so many in all.
#[must_use]
pub fn rehearsal(team: &str, questions: &[Question<'_>], total: usize, again: Invocation) -> Draft {
    let items = questions.iter().map(|question| {
        let codes: Vec<&str> = question.asked.competencies.iter().map(|code| code.as_str()).collect();
        let state = match question.coverage {
            Coverage::Covered => "couvert dans votre grille",
            Coverage::InProgress => "en cours dans votre grille",
            Coverage::Todo => "pas encore couvert dans votre grille",
        };
        Item::with(
            Text::from("Qu’est-ce qui, dans votre travail, répond à ce critère\u{a0}? «\u{a0}")
                .plain(question.asked.text)
                .plain("\u{a0}»"),
            [format!("Critère {} ({}), {state}", question.asked.id, words::and(&codes))],
        )
    });
    Draft::answer()
        .title(format!("Répétition de l’équipe {team}"))
        .paragraph(format!(
            "{} parmi les {total} du sujet, au hasard, ceux qui restent à couvrir plus souvent. Le jury peut interroger sur tous.",
            words::counted(questions.len(), "critère", "critères")
        ))
        .list(List::numbered(1, items))
        .button(Button::new("D’autres critères", Press::run(again).replacing()))
}

/// There are no criteria to draw from.
#[must_use]
pub fn no_criteria() -> Text {
    Text::from(
        "Ce sujet ne nomme pas de compétence d’un référentiel que je connais\u{a0}: il n’y a pas de critère à tirer. Un formateur \
         peut en ajouter avec ",
    )
    .command("brief modifier")
    .plain(".")
}

/// The hour is missing.
#[must_use]
pub fn no_hour(at: &Moment) -> Text {
    Text::from(format!("Donnez aussi l’heure du passage, par exemple «\u{a0}{} à 9\u{a0}h\u{a0}».", at.day()))
}

/// The beginning is missing.
#[must_use]
pub fn no_start() -> Text {
    Text::from("Dites quand commence le premier passage, par exemple ").code("debut:3 décembre 2026 à 9h").plain(".")
}

/// The length is missing, and the brief says none.
#[must_use]
pub fn no_length() -> Text {
    Text::from("Le sujet ne dit pas combien dure un passage\u{a0}: donnez-le, par exemple ")
        .code("duree:50 min")
        .plain(".")
}

/// Something lasts too long.
#[must_use]
pub fn too_long(most_minutes: u32) -> Text {
    Text::from(format!("Un passage ou une pause dure {}\u{a0}heures au plus.", most_minutes / 60))
}

/// What was typed isn't two hours.
#[must_use]
pub fn not_lunch() -> Text {
    Text::from("La pause de midi s’écrit avec ses deux heures, par exemple ").code("12h30-13h30").plain(".")
}

/// Nobody would defend.
#[must_use]
pub fn no_team() -> Text {
    Text::from("Aucune équipe n’est formée pour ce sujet. Planifiez les soutenances quand elles le sont.")
}

/// The days don't do for all teams.
#[must_use]
pub fn days_too_short(fit: usize, teams: usize) -> Text {
    Text::from(format!(
        "{} sur {teams} tiennent avant 19\u{a0}h, dans les jours de soutenance du sujet. Raccourcissez les passages ou les pauses, \
         commencez plus tôt, ou ajoutez un jour avec ",
        words::counted(fit, "équipe", "équipes")
    ))
    .command("brief modifier champ:soutenances")
    .plain(".")
}

/// Somebody else planned meanwhile.
#[must_use]
pub fn planned_meanwhile() -> Text {
    Text::from("Quelqu’un d’autre vient de changer ces soutenances, et rien n’a été écrasé. Regardez-les avec ")
        .command("soutenance voir")
        .plain(", puis recommencez s’il le faut.")
}

/// The teams changed meanwhile.
#[must_use]
pub fn teams_changed() -> Text {
    Text::from(
        "Les équipes de ce sujet viennent de changer. Recommencez\u{a0}: la commande prendra celles d’à présent.",
    )
}
