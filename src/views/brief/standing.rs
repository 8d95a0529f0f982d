//! A brief once it is published: its announcement and what can be done from it, the list, the news of a change, its end.

use crate::domain::brief::{Brief, Change, ReferentielChoice};
use crate::domain::date::Moment;
use crate::domain::key::BriefKey;
use crate::store::{self, BriefState};
use crate::views::words;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use vigie_chat::limits::{MOST_OPTIONS, WORDS};
use vigie_chat::{Block, Button, Draft, Form, FormField, Invocation, Item, List, Press, Room, Select, Text, WebLink};

/// Briefs on one page.
const PER_PAGE: usize = 8;

/// Changes of a brief that news repeat; the rest is counted.
const MOST_TOLD: usize = 15;

/// The announcement with what everybody can do from it, for as long as the brief lasts.
#[must_use]
pub fn with_ways_in(draft: Draft, brief: &Brief, number: i64) -> Draft {
    let sujet = number.to_string();
    let found = Form::new("Créer une équipe", Invocation::new("equipe creer").with("sujet", sujet.as_str()))
        .field(FormField::line("nom", "Nom de l’équipe"));
    let draft = draft
        .note(
            Text::from(format!("Sujet {number}. Pour le retrouver\u{a0}: "))
                .command(format!("brief voir sujet:{number}"))
                .plain("."),
        )
        .button(Button::primary("Créer une équipe", Press::open(found)))
        .button(Button::new("Équipes", Press::run(Invocation::new("equipe voir").with("sujet", sujet.as_str()))));
    let Some(ReferentielChoice::Known(slug)) = &brief.referentiel else { return draft };
    let criteria =
        |code: &str| Press::run(Invocation::new("criteres").with("code", code).with("referentiel", slug.as_str()));
    let coded: Vec<(&str, &str)> =
        brief.competencies.iter().filter_map(|one| Some((one.code.as_deref()?, one.wording.as_str()))).collect();
    match coded.as_slice() {
        [] => draft,
        [(code, _)] => draft.button(Button::new("Critères", criteria(code))),
        several => draft.select(
            several
                .iter()
                .take(MOST_OPTIONS)
                .fold(Select::new("Critères d’une compétence"), |select, (code, wording)| {
                    select.described(*code, words::shortened(wording, WORDS), criteria(code))
                }),
        ),
    }
}

/// A brief that is over, as it was.
#[must_use]
pub fn over(draft: Draft, number: i64) -> Draft {
    let told = Text::from("Ce sujet est clôturé\u{a0}: tout reste lisible, et rien ne change plus.");
    let note = Block::Note(Text::from(format!("Sujet {number}.")));
    Draft { blocks: [vec![Block::Paragraph(told)], draft.blocks, vec![note]].concat(), ..draft }
}

/// Where a brief was announced, as seen by whoever is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// In the room in which they are.
    Here,
    /// In another.
    InItsRoom,
}

/// The same with the way to the announcement, where its network has one.
#[must_use]
pub fn linked(draft: Draft, announcement: Option<WebLink>) -> Draft {
    match announcement {
        Some(url) => draft.link("Ouvrir l’annonce", url),
        None => draft,
    }
}

/// It is published, said to whoever published it.
#[must_use]
pub fn is_published(number: i64, title: &str, announced: Where) -> Draft {
    let place = match announced {
        Where::Here => "dans ce salon",
        Where::InItsRoom => "dans son salon",
    };
    Draft::answer()
        .private()
        .paragraph(format!(
            "Le sujet {number}, «\u{a0}{title}\u{a0}», est publié {place}. Les équipes peuvent se former."
        ))
        .note(
            Text::from("La suite\u{a0}: ")
                .command(format!("brief modifier sujet:{number}"))
                .plain(" pour le changer, ")
                .command(format!("soutenance planifier sujet:{number}"))
                .plain(" quand les équipes sont faites."),
        )
        .button(Button::new(
            "Modifier",
            Press::run(Invocation::new("brief modifier").with("sujet", number.to_string())),
        ))
}

/// It is published, and its network didn't take the announcement.
#[must_use]
pub fn is_unannounced(number: i64, key: BriefKey, room: &Room) -> Draft {
    let again = Invocation::new("brief publier").with("brouillon", key.0).with("salon", room.clone());
    Draft::answer()
        .private()
        .paragraph(format!(
            "Le sujet {number} est publié, mais l’annonce n’a pas pu être envoyée dans le salon. Vérifiez que j’ai le droit d’y \
             écrire, puis réessayez."
        ))
        .button(Button::primary("Réessayer l’annonce", Press::run(again).by_owner()))
}

/// What a list shows.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// The briefs, in order.
    pub briefs: &'a [store::Brief],
    /// The page, from 1.
    pub page: usize,
    /// Drafts that whoever asks has under way; only they are shown them, by the button.
    pub drafts: usize,
}

/// The briefs, a page of them.
#[must_use]
pub fn list(listed: Listed<'_>, zone: &TimeZone, now: Timestamp) -> Draft {
    let Listed { briefs, page, drafts } = listed;
    let mut draft = Draft::answer().title("Sujets");
    if briefs.is_empty() {
        draft = draft.paragraph(
            Text::from("Aucun sujet n’est publié pour l’instant. Un formateur le fait avec ")
                .command("brief publier")
                .plain("."),
        );
    } else {
        let open = briefs.iter().filter(|brief| brief.state == BriefState::Published).count();
        let closed = briefs.len() - open;
        let over = match closed {
            0 => String::new(),
            1 => ", 1\u{a0}clôturé".to_owned(),
            closed => format!(", {closed}\u{a0}clôturés"),
        };
        let pages = briefs.len().div_ceil(PER_PAGE);
        let page = page.clamp(1, pages);
        let place = if pages > 1 { format!(" (page {page} sur {pages})") } else { String::new() };
        let summary = format!("{} en cours{over}{place}", words::counted(open, "sujet", "sujets"));
        let shown = briefs.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
        let shown: Vec<&store::Brief> = shown.collect();
        draft = draft
            .paragraph(format!("{summary}."))
            .list(List::bulleted(shown.iter().map(|brief| Item::from(line(brief, zone, now)))));
        let select = shown.iter().fold(Select::new("Ouvrir un sujet"), |select, brief| {
            let number = brief.number.unwrap_or_default();
            let label = words::shortened(&format!("{number} — {}", brief.title), WORDS);
            select.option(label, Press::run(Invocation::new("brief voir").with("sujet", number.to_string())))
        });
        draft = draft.select(select);
        let turned = |to: usize| {
            Press::run(Invocation::new("brief liste").with("page", i64::try_from(to).unwrap_or(1))).replacing()
        };
        if page > 1 {
            draft = draft.button(Button::new("Page précédente", turned(page - 1)));
        }
        if page < pages {
            draft = draft.button(Button::new("Page suivante", turned(page + 1)));
        }
    }
    if drafts == 0 {
        return draft;
    }
    draft.button(Button::new("Mes brouillons", Press::run(Invocation::new("brief publier")).by_owner()))
}

fn line(brief: &store::Brief, zone: &TimeZone, now: Timestamp) -> Text {
    let text = Text::new().strong(format!("{}. {}", brief.number.unwrap_or_default(), brief.title));
    if brief.state == BriefState::Closed {
        return text.plain("\u{a0}: clôturé");
    }
    match brief.deadline_at {
        Some(at) => {
            let moment = Moment::new(zone.to_datetime(at), zone.clone());
            let relative = moment.relative(&now.to_zoned(zone.clone()));
            text.plain(format!("\u{a0}: à rendre {moment} ({relative})"))
        }
        None => text,
    }
}

/// Asks before a brief is closed.
#[must_use]
pub fn ask_to_close(number: i64, title: &str, teams: usize) -> Draft {
    let close = Invocation::new("brief cloturer").with("sujet", number.to_string()).with("confirmation", "oui");
    let teams = match teams {
        0 => "Aucune équipe n’y travaille.".to_owned(),
        teams => format!(
            "{} y travaillent\u{a0}: elles ne pourront plus rien changer.",
            words::counted(teams, "équipe", "équipes")
        ),
    };
    let teams = teams.replace(
        "1\u{a0}équipe y travaillent\u{a0}: elles ne pourront",
        "1\u{a0}équipe y travaille\u{a0}: elle ne pourra",
    );
    Draft::answer()
        .private()
        .title(format!("Clôturer le sujet {number}\u{a0}?"))
        .paragraph(format!("«\u{a0}{title}\u{a0}». {teams}"))
        .paragraph("Le sujet, les jalons, les dépôts, les heures et les grilles restent lisibles. Un sujet clôturé ne se rouvre pas.")
        .button(Button::danger("Clôturer", Press::run(close).by_owner()))
}

/// It is closed.
#[must_use]
pub fn closed(number: i64, title: &str) -> Draft {
    Draft::answer()
        .private()
        .paragraph(format!("Le sujet {number}, «\u{a0}{title}\u{a0}», est clôturé. Rien n’y change plus."))
        .paragraph(
            Text::from("Restent lisibles\u{a0}: le sujet avec ")
                .command(format!("brief voir sujet:{number}"))
                .plain(", le travail des équipes avec ")
                .command("suivi")
                .plain(", et pour chaque équipe le sien."),
        )
}

/// It was closed before.
#[must_use]
pub fn closed_already(number: i64, title: &str) -> Draft {
    Draft::answer().private().paragraph(format!("Le sujet {number}, «\u{a0}{title}\u{a0}», est déjà clôturé."))
}

/// Whether the announcement says the version in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announced {
    /// It does.
    Renewed,
    /// It still says the former one, or isn't there.
    Former,
}

/// A change is in force: a brief's number and its version; how many teams it has, and how many rooms could not be told.
#[must_use]
pub fn applied((number, version): (i64, i64), (teams, unsaid): (usize, usize), announced: Announced) -> Draft {
    let mut draft =
        Draft::answer().private().paragraph(format!("La version {version} du sujet {number} est en vigueur."));
    draft = match announced {
        Announced::Renewed => draft.paragraph("L’annonce du salon la montre."),
        Announced::Former => draft.paragraph(
            Text::from("L’annonce n’a pas pu être mise à jour\u{a0}: montrez la nouvelle version avec ")
                .command(format!("brief voir sujet:{number}"))
                .plain("."),
        ),
    };
    match (teams, unsaid) {
        (0, _) => draft.paragraph("Aucune équipe n’est encore formée."),
        (_, 0) => draft.paragraph(format!(
            "Les dates qui viennent du sujet ont suivi, et {} prévenue{}.",
            if teams == 1 { "l’équipe est" } else { "les équipes sont" },
            if teams == 1 { "" } else { "s" }
        )),
        (_, unsaid) => draft.paragraph(format!(
            "Les dates qui viennent du sujet ont suivi, mais {} n’{} pas pu être {}\u{a0}: dites-le vous-même aux équipes.",
            words::counted(unsaid, "salon", "salons"),
            if unsaid == 1 { "a" } else { "ont" },
            if unsaid == 1 { "prévenu" } else { "prévenus" }
        )),
    }
}

/// What a new version moved in one team: numbers of what was added, changed and removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MovedInTeam {
    /// Milestones.
    pub milestones: [Vec<u32>; 3],
    /// Deliverables.
    pub deliverables: [Vec<u32>; 3],
}

/// What changed in a brief, for one team, with what moved in its own plan.
#[must_use]
pub fn news(brief: (i64, &str), changes: &[Change], moved: &MovedInTeam) -> Draft {
    let draft = told(brief, changes);
    let items: Vec<String> = [(&moved.milestones, "jalon", 'J'), (&moved.deliverables, "livrable", 'L')]
        .into_iter()
        .flat_map(|(numbers, noun, letter)| {
            let verbs = ["ajouté", "mis à jour", "retiré"];
            verbs.into_iter().zip(numbers).filter(|(_, numbers)| !numbers.is_empty()).map(move |(verb, numbers)| {
                let names: Vec<String> = numbers.iter().map(|number| format!("{letter}{number}")).collect();
                let (noun, verb) = agreed(noun, verb, names.len());
                format!("{noun} {verb}\u{a0}: {}", words::and(&names))
            })
        })
        .collect();
    if items.is_empty() {
        return draft;
    }
    draft.heading("Dans votre équipe").list(List::bulleted(items))
}

/// `Jalons mis à jour`, `Livrable ajouté`.
fn agreed(noun: &str, verb: &str, count: usize) -> (String, String) {
    let first = noun.chars().take(1).flat_map(char::to_uppercase).collect::<String>() + &noun[1..];
    if count < 2 {
        return (first, verb.to_owned());
    }
    let verb = if verb.starts_with("mis") { verb.to_owned() } else { format!("{verb}s") };
    (format!("{first}s"), verb)
}

/// What changed in a brief, for the teams that have no room of their own.
#[must_use]
pub fn news_for(brief: (i64, &str), changes: &[Change], teams: &[&str]) -> Draft {
    let mut names: Vec<String> = teams.iter().take(20).map(|name| format!("«\u{a0}{name}\u{a0}»")).collect();
    if teams.len() > names.len() {
        names.push(words::counted(teams.len() - names.len(), "autre", "autres"));
    }
    let whose = if teams.len() == 1 { "l’équipe" } else { "les équipes" };
    told(brief, changes).note(format!(
        "Pour {whose} {}. Les jalons et les livrables qui viennent du sujet ont suivi.",
        words::and(&names)
    ))
}

fn told((number, title): (i64, &str), changes: &[Change]) -> Draft {
    let shown = changes.iter().take(MOST_TOLD).map(ToString::to_string);
    let draft = Draft::notice().title(format!("Le sujet {number} a changé\u{a0}: {title}")).list(List::bulleted(shown));
    let rest = changes.len().saturating_sub(MOST_TOLD);
    let draft = if rest == 0 {
        draft
    } else {
        draft.paragraph(format!("Et {}.", words::counted(rest, "autre changement", "autres changements")))
    };
    draft.button(Button::new(
        "Voir le sujet",
        Press::run(Invocation::new("brief voir").with("sujet", number.to_string())),
    ))
}
