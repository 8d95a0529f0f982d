//! What the check of a plan found, in sentences: most important first, each complete by itself, so that a screen reader
//! says it as well as a screen shows it.

use super::words;
use crate::domain::duration::hours;
use crate::domain::person::PersonKey;
use crate::domain::plan::{Finding, Plan, Severity};
use std::collections::{BTreeMap, HashMap};
use vigie_chat::{Item, List, Text};

/// What things are called in a plan. Titles and names are people's own words.
#[derive(Debug)]
pub struct Names<'a> {
    milestones: HashMap<u32, &'a str>,
    deliverables: HashMap<u32, &'a str>,
    people: &'a BTreeMap<PersonKey, String>,
}

impl<'a> Names<'a> {
    /// The names of a plan's milestones, deliverables and people.
    #[must_use]
    pub fn new(plan: &'a Plan, people: &'a BTreeMap<PersonKey, String>) -> Self {
        let milestones = plan.tasks.iter().rev().map(|task| (task.number, task.title.as_str())).collect();
        let deliverables = plan.deliverables.iter().map(|wanted| (wanted.number, wanted.title.as_str())).collect();
        Self { milestones, deliverables, people }
    }

    /// `Le jalon 3 « Maquette »`, at the beginning of a sentence.
    fn milestone_first(&self, number: u32) -> Text {
        titled(Text::from(format!("Le jalon\u{a0}{number}")), self.milestones.get(&number).copied())
    }

    /// `le jalon 3 « Maquette »`.
    fn milestone(&self, number: u32) -> Text {
        titled(Text::from(format!("le jalon\u{a0}{number}")), self.milestones.get(&number).copied())
    }

    fn deliverable(&self, number: u32) -> Text {
        titled(Text::from(format!("le livrable\u{a0}{number}")), self.deliverables.get(&number).copied())
    }

    fn person(&self, person: PersonKey) -> Text {
        Text::new().strong(self.people.get(&person).map_or("Une personne", String::as_str))
    }
}

/// Longest title in a sentence, in characters.
const TITLE: usize = 60;

/// Most numbers in a sentence.
const NUMBERS: usize = 10;

fn titled(text: Text, title: Option<&str>) -> Text {
    match title.filter(|title| !title.trim().is_empty()) {
        Some(title) => text.plain(" «\u{a0}").emphasis(words::shortened(title, TITLE)).plain("\u{a0}»"),
        None => text,
    }
}

/// A finding as a sentence, with what to do.
#[must_use]
pub fn sentence(finding: &Finding, names: &Names<'_>) -> Text {
    match finding {
        Finding::Cycle { numbers } => Text::from(format!(
            "Les jalons {} dépendent les uns des autres en boucle\u{a0}: aucun ne peut commencer. Retirez une de ces dépendances.",
            listed(numbers)
        )),
        Finding::DeadlinePassed { by, open } => Text::from(format!(
            "L’échéance du sujet est passée depuis {by}, et {} {} encore à faire\u{a0}: {}.",
            words::counted(open.len(), "jalon", "jalons"),
            if open.len() < 2 { "reste" } else { "restent" },
            listed(open)
        )),
        Finding::Late { number, by } => names.milestone_first(*number).plain(format!(
            " est en retard de {by}. S’il est terminé, dites-le\u{a0}; sinon, donnez-lui une nouvelle date."
        )),
        Finding::AfterDeadline { number, by } => {
            names.milestone_first(*number).plain(format!(" est prévu {by} après l’échéance du sujet. Avancez sa date."))
        }
        Finding::OutOfOrder { number, needs, by } => names
            .milestone_first(*number)
            .plain(format!(" est prévu {by} avant "))
            .then(names.milestone(*needs))
            .plain(", qui doit pourtant être fait avant lui. Changez une des deux dates ou la dépendance."),
        Finding::WillBeLate { number, chain, work, room } => will_be_late(*number, chain, (*work, *room), names),
        Finding::NothingPlanned => {
            Text::from("L’équipe n’a encore rien planifié. Commencez par un jalon pour chaque livrable.")
        }
        Finding::NothingForDeliverable { deliverable } => Text::from("Rien n’est planifié pour ")
            .then(names.deliverable(*deliverable))
            .plain(", que le sujet exige. Ajoutez un jalon qui s’y rapporte."),
        Finding::Overloaded { person, number, work, room } => names
            .person(*person)
            .plain(format!(" a {} de travail d’ici la date prévue pour ", hours(*work)))
            .then(names.milestone(*number))
            .plain(format!(
                ", et seulement {} pour le faire. Répartissez autrement ou reculez des dates.",
                fitting(*room)
            )),
        Finding::OverBudget { planned, budget } => Text::from(format!(
            "Le plan compte {} de travail, pour {} de préparation prévues par le sujet. Réduisez ce qui peut l’être.",
            hours(i64::try_from(*planned).unwrap_or(i64::MAX)),
            hours(i64::try_from(*budget).unwrap_or(i64::MAX)),
        )),
        Finding::Blocked { number } => {
            names.milestone_first(*number).plain(" est bloqué. Voyez en équipe, ou avec le formateur, ce qui manque.")
        }
        Finding::Uneven { person, minutes, share } => names.person(*person).plain(format!(
            " porte {} du travail prévu, pour une part égale de {}. Voyez si quelqu’un peut en reprendre.",
            hours(i64::try_from(*minutes).unwrap_or(i64::MAX)),
            hours(i64::try_from(*share).unwrap_or(i64::MAX)),
        )),
        Finding::WithoutDate { numbers } => lacking(numbers, "n’a pas de date", "n’ont pas de date"),
        Finding::WithoutPerson { numbers } => lacking(numbers, "n’a pas de responsable", "n’ont pas de responsable"),
        Finding::WithoutHours { numbers } => lacking(
            numbers,
            "n’a pas d’heures prévues, et la charge n’en tient pas compte",
            "n’ont pas d’heures prévues, et la charge n’en tient pas compte",
        ),
    }
}

fn will_be_late(number: u32, chain: &[u32], (work, room): (i64, i64), names: &Names<'_>) -> Text {
    let text = names.milestone_first(number).plain(format!(
        " sera en retard si rien ne change\u{a0}: il reste {} de travail, et {} avant sa date.",
        hours(work),
        fitting(room)
    ));
    match chain {
        [before @ .., _] if !before.is_empty() => {
            let needed: Vec<String> = before.iter().map(u32::to_string).collect();
            let (noun, must) =
                if needed.len() < 2 { ("le jalon", "doit être fait") } else { ("les jalons", "doivent être faits") };
            text.plain(format!(" Avant lui, {noun}\u{a0}{} {must}.", words::and(&needed)))
        }
        _ => text,
    }
}

/// Findings as a list: at most `most`, then how many more there are.
#[must_use]
pub fn list(findings: &[Finding], names: &Names<'_>, most: usize) -> List {
    let mut items: Vec<Item> = findings.iter().take(most).map(|finding| Item::from(sentence(finding, names))).collect();
    let more = findings.len().saturating_sub(most);
    if more > 0 {
        let rest = words::counted(more, "autre point à voir", "autres points à voir");
        items.push(Item::from(format!("Et {rest}, une fois ceux-ci réglés.")));
    }
    List::bulleted(items)
}

/// The state of a plan in one sentence, said before the list.
#[must_use]
pub fn summary(findings: &[Finding]) -> String {
    let of = |severity| findings.iter().filter(|finding| finding.severity() == severity).count();
    let parts: Vec<String> = [
        (Severity::Wrong, "point à corriger tout de suite", "points à corriger tout de suite"),
        (Severity::AtRisk, "risque", "risques"),
        (Severity::ToComplete, "point à compléter", "points à compléter"),
    ]
    .into_iter()
    .map(|(severity, one, several)| (of(severity), one, several))
    .filter(|(number, ..)| *number > 0)
    .map(|(number, one, several)| words::counted(number, one, several))
    .collect();
    if parts.is_empty() {
        "Le plan tient\u{a0}: rien n’est en retard et rien ne manque.".to_owned()
    } else {
        format!("Le plan a {}.", words::and(&parts))
    }
}

fn lacking(numbers: &[u32], one: &str, several: &str) -> Text {
    match numbers {
        [number] => Text::from(format!("Le jalon\u{a0}{number} {one}.")),
        _ => Text::from(format!("Les jalons {} {several}.", listed(numbers))),
    }
}

/// `1, 2 et 3`, and how many more past a few.
fn listed(numbers: &[u32]) -> String {
    let mut named: Vec<String> = numbers.iter().take(NUMBERS).map(u32::to_string).collect();
    let more = numbers.len().saturating_sub(NUMBERS);
    if more > 0 {
        named.push(words::counted(more, "autre", "autres"));
    }
    words::and(&named)
}

/// Room for work before a date, which may have gone by.
fn fitting(room: i64) -> String {
    if room <= 0 { "aucun temps".to_owned() } else { format!("{} possibles", hours(room)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::plan::{Task, Wanted};
    use crate::domain::timing::Lapse;

    fn plan() -> Plan {
        let task = |number, title: &str| Task { number, title: title.to_owned(), ..Task::default() };
        let wanted = Wanted { number: 2, title: "Dossier".to_owned(), is_required: true, is_handed_in: false };
        Plan {
            tasks: vec![task(3, "Maquette"), task(4, "@everyone **tests**")],
            deliverables: vec![wanted],
            ..Plan::default()
        }
    }

    #[track_caller]
    fn check(finding: &Finding, words: &str) {
        let plan = plan();
        let people = BTreeMap::from([(PersonKey(1), "Alice".to_owned())]);
        let said = sentence(finding, &Names::new(&plan, &people)).words();
        assert_eq!(said.replace(['\u{a0}', '\u{202f}'], "~"), words);
    }

    #[test]
    fn every_finding_is_a_french_sentence() {
        let by = Lapse::of_minutes(1_500);
        check(
            &Finding::Cycle { numbers: vec![3, 4] },
            "Les jalons 3 et 4 dépendent les uns des autres en boucle~: aucun ne peut commencer. Retirez une de ces dépendances.",
        );
        check(
            &Finding::DeadlinePassed { by, open: (1..=12).collect() },
            "L’échéance du sujet est passée depuis 1~jour et 1~h, et 12~jalons restent encore à faire~: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 et 2~autres.",
        );
        check(
            &Finding::Late { number: 3, by },
            "Le jalon~3 «~Maquette~» est en retard de 1~jour et 1~h. S’il est terminé, dites-le~; sinon, donnez-lui une nouvelle date.",
        );
        check(
            &Finding::AfterDeadline { number: 9, by },
            "Le jalon~9 est prévu 1~jour et 1~h après l’échéance du sujet. Avancez sa date.",
        );
        check(
            &Finding::OutOfOrder { number: 3, needs: 4, by },
            "Le jalon~3 «~Maquette~» est prévu 1~jour et 1~h avant le jalon~4 «~@everyone **tests**~», qui doit pourtant être fait avant lui. Changez une des deux dates ou la dépendance.",
        );
        check(
            &Finding::WillBeLate { number: 3, chain: vec![4, 3], work: 630, room: 420 },
            "Le jalon~3 «~Maquette~» sera en retard si rien ne change~: il reste 10~h~30 de travail, et 7~h possibles avant sa date. Avant lui, le jalon~4 doit être fait.",
        );
        check(
            &Finding::WillBeLate { number: 3, chain: vec![1, 4, 3], work: 30, room: -5 },
            "Le jalon~3 «~Maquette~» sera en retard si rien ne change~: il reste 30~min de travail, et aucun temps avant sa date. Avant lui, les jalons~1 et 4 doivent être faits.",
        );
        check(
            &Finding::NothingForDeliverable { deliverable: 2 },
            "Rien n’est planifié pour le livrable~2 «~Dossier~», que le sujet exige. Ajoutez un jalon qui s’y rapporte.",
        );
        check(
            &Finding::Overloaded { person: PersonKey(1), number: 3, work: 900, room: 840 },
            "Alice a 15~h de travail d’ici la date prévue pour le jalon~3 «~Maquette~», et seulement 14~h possibles pour le faire. Répartissez autrement ou reculez des dates.",
        );
        check(
            &Finding::OverBudget { planned: 2_400, budget: 1_800 },
            "Le plan compte 40~h de travail, pour 30~h de préparation prévues par le sujet. Réduisez ce qui peut l’être.",
        );
        check(
            &Finding::Uneven { person: PersonKey(7), minutes: 600, share: 240 },
            "Une personne porte 10~h du travail prévu, pour une part égale de 4~h. Voyez si quelqu’un peut en reprendre.",
        );
        check(&Finding::WithoutDate { numbers: vec![3] }, "Le jalon~3 n’a pas de date.");
        check(&Finding::WithoutPerson { numbers: vec![3, 4] }, "Les jalons 3 et 4 n’ont pas de responsable.");
    }

    #[test]
    fn the_list_is_cut_and_says_so() {
        let (plan, people) = (plan(), BTreeMap::new());
        let findings = vec![Finding::NothingPlanned, Finding::Blocked { number: 3 }, Finding::Blocked { number: 4 }];
        let items = list(&findings, &Names::new(&plan, &people), 2).items;
        let last = items.last().map(|item| item.text.words().replace('\u{a0}', " "));
        assert_eq!((items.len(), last.as_deref()), (3, Some("Et 1 autre point à voir, une fois ceux-ci réglés.")));
        assert_eq!(summary(&findings).replace('\u{a0}', " "), "Le plan a 3 risques.");
        assert_eq!(summary(&[]).replace('\u{a0}', " "), "Le plan tient : rien n’est en retard et rien ne manque.");
    }
}
