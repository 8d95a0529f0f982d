//! What sections, columns and the store's own words are called in French. A test of the store's tables fails when one of
//! them has no name here.

use crate::domain::coverage::Proof;
use crate::domain::date::Moment;
use crate::domain::duration::Minutes;
use crate::domain::handin::Size;
use crate::store::Datum;
use crate::views::whose;
use crate::views::words::network;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::fmt::Write as _;
use vigie_chat::{ConnectorName, Effect, Invocation, Press, Value};

/// Sections, in words.
const SECTIONS: &[(&str, &str)] = &[
    ("person", "Qui vous êtes ici"),
    ("accounts", "Vos comptes"),
    ("trainer", "Formateur choisi par son nom"),
    ("linking_codes", "Codes en attente"),
    ("seats", "Vos places dans les équipes"),
    ("requests", "Vos demandes d’entrer dans une équipe"),
    ("milestones", "Les jalons dont vous êtes responsable"),
    ("milestones_done", "Les jalons que vous avez dits faits"),
    ("handins", "Vos dépôts"),
    ("judged", "Vos avis sur des dépôts"),
    ("hours", "Vos heures"),
    ("coverage", "Les critères que vous avez notés en dernier"),
    ("defences", "Les soutenances de vos équipes"),
    ("briefs", "Les sujets que vous avez écrits"),
    ("brief_versions", "Les versions de sujets que vous avez écrites"),
    ("journal", "Ce que vous avez fait, d’après le journal"),
    ("journal_about", "Ce que d’autres ont fait à votre sujet, d’après le journal"),
    ("reminders", "Les rappels que vous avez demandés"),
    ("acknowledgements", "Les rappels que vous avez dits vus"),
    ("alarms", "Ce qui vous sera rappelé"),
    ("deliveries", "Ce qui vous a été rappelé"),
    ("reminder_settings", "Vos réglages de rappel"),
    ("feeds", "L’adresse secrète de votre calendrier"),
    ("direct_rooms", "Votre salon privé avec moi"),
    ("buttons", "Ce que font les boutons sous les réponses que vous avez demandées"),
];

/// Columns, in words.
const COLUMNS: &[(&str, &str)] = &[
    ("about", "À propos de"),
    ("account", "Compte"),
    ("asked_at", "Demandé le"),
    ("became", "Ce qu’il en est advenu"),
    ("brief", "Sujet"),
    ("changed_at", "Changé le"),
    ("closed_at", "Clôturé le"),
    ("comment", "Commentaire"),
    ("criterion", "Critère"),
    ("deed", "Quoi"),
    ("deleted_at", "Supprimé le"),
    ("done_at", "Fait le"),
    ("due_at", "Échéance"),
    ("ended_at", "Terminé le"),
    ("expires_at", "Gardé jusqu’au"),
    ("file", "Fichier ou lien"),
    ("handed_in_at", "Déposé le"),
    ("joined_at", "Entrée le"),
    ("judged_at", "Avis donné le"),
    ("jury", "Jury"),
    ("kind", "Nature"),
    ("leads_to", "Mène à"),
    ("left_at", "Sortie le"),
    ("logged_at", "Noté le"),
    ("made_at", "Écrit le"),
    ("met_at", "Première rencontre"),
    ("minutes", "Durée"),
    ("name", "Nom"),
    ("named", "Nom de la chose"),
    ("network", "Réseau"),
    ("next_at", "Prochaine fois"),
    ("number", "Numéro"),
    ("pictures", "Images"),
    ("presses", "Ce qu’ils font"),
    ("proofs", "Preuves"),
    ("published_at", "Publié le"),
    ("rank", "Place"),
    ("reminds_of", "Rappelle"),
    ("role", "Choisi comme"),
    ("room", "Salle ou salon"),
    ("rule", "Rythme"),
    ("read_on", "Lue en dernier le"),
    ("seen_at", "Vu pour la dernière fois"),
    ("setting", "Réglage"),
    ("sha256", "Empreinte SHA-256"),
    ("size", "Taille"),
    ("spent_on", "Jour"),
    ("starts_at", "Début"),
    ("state", "État"),
    ("team", "Équipe"),
    ("theme", "Fond des images"),
    ("title", "Titre"),
    ("value", "Valeur"),
    ("verdict", "Avis"),
    ("version", "Version"),
    ("what", "Travail"),
    ("zone", "Fuseau horaire"),
];

/// Words of ours, as they are kept and as they are told.
const KEPT: &[(&str, &str)] = &[
    ("accepted", "accepté"),
    ("account", "un autre compte"),
    ("active", "au travail"),
    ("blocked", "bloqué"),
    ("captain", "capitaine"),
    ("closed", "clôturé"),
    ("covered", "couvert"),
    ("defence", "une soutenance"),
    ("dark", "sombre"),
    ("deliverable", "un livrable"),
    ("digest", "ce qui vous attend"),
    ("dissolved", "dissoute"),
    ("done", "fait"),
    ("draft", "brouillon"),
    ("dropped", "n’avait plus lieu d’être"),
    ("due", "à envoyer"),
    ("erased", "effacé"),
    ("expected", "attendu"),
    ("failed", "n’a pas pu être remis"),
    ("file", "fichier"),
    ("form", "formulaire ouvert"),
    ("handed_in", "déposé"),
    ("held", "attend la fin des heures calmes"),
    ("in_progress", "en cours"),
    ("lasting", "message durable"),
    ("light", "clair"),
    ("link", "lien"),
    ("member", "membre"),
    ("message", "message"),
    ("milestone", "un jalon"),
    ("open", "ouvert"),
    ("person", "formateur, par son nom"),
    ("published", "publié"),
    ("reminder", "ce qui a été demandé"),
    ("rights", "l’information à tous les candidats"),
    ("role", "formateur, par un rôle"),
    ("sending", "en cours d’envoi"),
    ("sent", "envoyé"),
    ("sent_back", "à reprendre"),
    ("space", "un autre espace"),
    ("to_do", "à faire"),
    ("with", "avec"),
    ("without", "texte seul"),
];

/// Columns that hold words of ours.
const OURS: &[&str] =
    &["became", "kind", "leads_to", "pictures", "rank", "reminds_of", "role", "state", "theme", "verdict"];

/// Deeds of the journal, in words.
const DEEDS: &[(&str, &str)] = &[
    ("account.linked", "compte relié"),
    ("account.unlinked", "compte délié"),
    ("brief.changed", "sujet changé"),
    ("brief.closed", "sujet clôturé"),
    ("brief.published", "sujet publié"),
    ("criterion.marked", "critère noté"),
    ("deliverable.handed_in", "dépôt"),
    ("deliverable.accepted", "dépôt accepté"),
    ("deliverable.restored", "dépôt rétabli"),
    ("deliverable.sent_back", "dépôt à reprendre"),
    ("deliverable.withdrawn", "dépôt retiré"),
    ("hours.logged", "heures notées"),
    ("hours.removed", "heures retirées"),
    ("hours.restored", "heures rétablies"),
    ("milestone.added", "jalon ajouté"),
    ("milestone.blocked", "jalon bloqué"),
    ("milestone.changed", "jalon changé"),
    ("milestone.deleted", "jalon supprimé"),
    ("milestone.done", "jalon fait"),
    ("milestone.reopened", "jalon rouvert"),
    ("milestone.restored", "jalon rétabli"),
    ("person.erased", "données effacées"),
    ("reminder.added", "rappel demandé"),
    ("reminder.deleted", "rappel supprimé"),
    ("setting.changed", "réglage changé"),
    ("team.captain", "capitaine nommé"),
    ("team.dissolved", "équipe dissoute"),
    ("team.founded", "équipe créée"),
    ("team.joined", "entrée dans une équipe"),
    ("team.left", "sortie d’une équipe"),
    ("team.renamed", "équipe renommée"),
    ("trainer.added", "formateur ajouté"),
    ("trainer.removed", "formateur retiré"),
];

/// What things of the journal are called.
const ABOUT: &[(&str, &str)] = &[
    ("brief", "un sujet"),
    ("deliverable", "un livrable"),
    ("person", "une personne"),
    ("reminder", "un rappel"),
    ("role", "un rôle"),
    ("setting", "un réglage"),
    ("team", "une équipe"),
];

fn among(all: &'static [(&'static str, &'static str)], key: &str) -> Option<&'static str> {
    all.iter().find(|(known, _)| *known == key).map(|(_, words)| *words)
}

/// What a section is called, if it has a name.
pub(super) fn section(key: &str) -> Option<&'static str> {
    among(SECTIONS, key)
}

/// What a column is called, if it has a name.
pub(super) fn column(name: &str) -> Option<&'static str> {
    among(COLUMNS, name)
}

/// A value in words.
pub(super) fn value(column: &str, datum: &Datum, zone: &TimeZone) -> String {
    match (column, datum) {
        (_, Datum::At(at)) => whose::full(*at, zone).words(),
        ("minutes", Datum::Number(number)) => {
            let minutes = u32::try_from(*number).ok().and_then(Minutes::new);
            minutes.map_or_else(|| format!("{number}\u{a0}min"), |minutes| minutes.to_string())
        }
        ("size", Datum::Number(number)) => Size(u64::try_from(*number).unwrap_or_default()).to_string(),
        (_, Datum::Number(number)) => number.to_string(),
        ("spent_on", Datum::Text(text)) => match text.parse::<Date>() {
            Ok(day) => Moment::new(day.at(12, 0, 0, 0), zone.clone()).day(),
            Err(_) => text.clone(),
        },
        ("network", Datum::Text(text)) => network(&ConnectorName::new(text.as_str())),
        ("deed", Datum::Text(text)) => among(DEEDS, text).unwrap_or(text).to_owned(),
        ("about", Datum::Text(text)) => {
            let kind = text.split(':').next().unwrap_or_default();
            among(ABOUT, kind).unwrap_or(text).to_owned()
        }
        ("presses", Datum::Text(text)) => presses(text),
        ("proofs", Datum::Text(text)) => proofs(text),
        (column, Datum::Text(text)) if OURS.contains(&column) => among(KEPT, text).unwrap_or(text).to_owned(),
        (_, Datum::Text(text)) => text.clone(),
    }
}

/// What the buttons of a message do: the commands, with what was typed.
fn presses(json: &str) -> String {
    let Ok(presses) = serde_json::from_str::<Vec<Press>>(json) else { return "un formulaire à remplir".to_owned() };
    let mut told: Vec<String> = Vec::new();
    for press in presses {
        let line = match &press.effect {
            Effect::Run(invocation) => command(invocation),
            Effect::Open(form) => command(&form.submit),
        };
        if !told.contains(&line) {
            told.push(line);
        }
    }
    told.join(", ")
}

fn command(invocation: &Invocation) -> String {
    let mut line = format!("/{}", invocation.path);
    for (name, value) in &invocation.args {
        let value = match value {
            Value::Text(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Person(person) => person.name.clone(),
            Value::Room(_) => "un salon".to_owned(),
            Value::Attachment(file) => file.name.clone(),
        };
        // Writing to a string never fails.
        let _ = write!(line, " {name}:{value}");
    }
    line
}

fn proofs(json: &str) -> String {
    let Ok(proofs) = serde_json::from_str::<Vec<Proof>>(json) else { return json.to_owned() };
    let told: Vec<String> = proofs
        .iter()
        .map(|proof| match proof {
            Proof::Deliverable(number) => format!("livrable L{number}"),
            Proof::Link(link) => link.as_str().to_owned(),
            Proof::Sentence(sentence) => sentence.clone(),
        })
        .collect();
    told.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Scope;
    use std::path::Path;

    /// What the names of deeds begin with.
    const KINDS: [&str; 13] = [
        "account",
        "alarm",
        "brief",
        "criterion",
        "defence",
        "deliverable",
        "hours",
        "milestone",
        "person",
        "reminder",
        "setting",
        "team",
        "trainer",
    ];

    #[test]
    fn every_section_has_a_name() {
        for key in Scope::sections() {
            assert!(section(key).is_some(), "{key}");
        }
    }

    /// Every deed that the sources name is told in words.
    #[test]
    fn every_deed_has_words() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut folders = vec![root.join("commands"), root.join("store")];
        let mut found = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("the sources") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = std::fs::read_to_string(&path).expect("a source");
                for text in source.split('"') {
                    // `team.joined`; a column, as `teams.id`, begins with several.
                    let Some((kind, deed)) = text.split_once('.') else { continue };
                    let lower =
                        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                    if lower(deed) && KINDS.contains(&kind) {
                        found += 1;
                        assert!(among(DEEDS, text).is_some(), "{text}, in {}", path.display());
                    }
                }
            }
        }
        assert!(found > 25, "the deeds were not found: {found}");
    }

    #[test]
    fn what_is_kept_is_told_in_words() {
        let zone = TimeZone::UTC;
        let told = |column: &str, text: &str| value(column, &Datum::Text(text.to_owned()), &zone);
        assert_eq!(told("rank", "captain"), "capitaine");
        assert_eq!(told("name", "captain"), "captain", "what people wrote stays");
        assert_eq!(told("spent_on", "2026-11-27"), "vendredi 27\u{a0}novembre\u{a0}2026");
        assert_eq!(told("about", "team:12"), "une équipe");
        assert_eq!(told("proofs", r#"[{"deliverable":2},{"sentence":"Page 3"}]"#), "livrable L2, Page 3");
        assert_eq!(value("minutes", &Datum::Number(90), &zone), "1\u{a0}h\u{a0}30");
        let press = serde_json::to_string(&[Press::run(Invocation::new("chercher").with("texte", "rgpd"))]);
        assert_eq!(told("presses", &press.expect("JSON")), "/chercher texte:rgpd");
    }
}
