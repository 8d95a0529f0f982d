//! What a heading or a label announces, in whatever words and with a typo.

use regex::Regex;
use std::sync::LazyLock;
use strsim::osa_distance;
use vigie_chat::folded;

/// What a part of a brief is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Topic {
    Title,
    Referentiel,
    Bloc,
    Competencies,
    Context,
    Deliverables,
    Preparation,
    Team,
    Oral,
    Interview,
    Jury,
    Starts,
    Deadline,
    Defences,
    Calendar,
    Resources,
    Modalities,
    /// "Durée", of what its size tells.
    Duration,
}

/// Longest heading or label, in characters.
const LONGEST: usize = 90;

/// Patterns on folded words, the first that matches wins.
const PATTERNS: [(Topic, &str); 23] = [
    (
        Topic::Title,
        r"^(?:titre|intitule|nom)(?: du (?:sujet|projet|cas|brief)| de la mspr)?$|^(?:sujet|mspr|objet|projet|theme)(?: (?:de |d'une |de la )?mspr)?(?: n?°? ?\d+)?$",
    ),
    (Topic::Competencies, r"\bcompetences?\b"),
    (
        Topic::Deadline,
        r"\bdate (?:limite|butoir|de (?:rendu|remise|depot|fin|livraison))|\bdead ?line\b|\blimite de (?:depot|remise|rendu)|^(?:rendu|depot|remise|echeance)(?: final\w*)?(?: (?:pour|avant) le)?$|^a (?:rendre|remettre) (?:pour|avant|le)\b|\bdernier delai\b|^fin$",
    ),
    (
        Topic::Deliverables,
        r"\blivrables?\b|\brendus?\b|\ba (?:rendre|remettre|produire|livrer)\b|\bproductions?\b|\battendus?\b|\btravail demande\b|\bce que (?:vous|l'equipe|les)\b.*\b(?:rend|remet|produi|livr)",
    ),
    (Topic::Starts, r"^(?:date )?(?:de |du )?(?:debut|lancement|demarrage)\b"),
    (
        Topic::Defences,
        r"\bdates? (?:des?|de la|du|d')? ?(?:soutenances?|passages?|ora(?:l|ux))|^(?:passages?|convocations?)\b",
    ),
    (Topic::Interview, r"^(?:l')?entretien\b|\bquestions (?:du|de) jury|^questions(?: reponses)?$"),
    (Topic::Jury, r"\bjury\b"),
    (Topic::Oral, r"\bsoutenances?\b|\bora(?:l|le|ux)\b|^(?:la )?presentation$|^passage devant"),
    (
        Topic::Preparation,
        r"\bprepar(?:ation|er)\b|\btemps (?:alloue|imparti|de travail|prevu|disponible)|\bvolume horaire\b|\bcharge de travail\b|\bduree (?:du travail|du projet|de la mspr|de realisation)",
    ),
    (Topic::Duration, r"^(?:la )?durees?(?: (?:totale|prevue|de l'epreuve))?$|^temps$"),
    (Topic::Team, r"\bequipes?\b|\bgroupes?\b|\bconstitution\b|\beffectifs?\b|\bbinomes?\b|\btrinomes?\b"),
    (
        Topic::Calendar,
        r"\bdates?\b|\bcalendrier\b|\bplanning\b|\becheances?\b|\becheancier\b|\bjalons?\b|\betapes?\b|\bagenda\b|\bplanification\b|\bretroplanning\b|^quand\b",
    ),
    (Topic::Bloc, r"^(?:le )?blocs?\b"),
    (
        Topic::Referentiel,
        r"\breferentiels?\b|\bcertifications?\b|\btitre (?:vise|prepare|professionnel|rncp|concerne)|\brncp\b|\bdiplome\b|^parcours\b|^formation$|^filiere$",
    ),
    (
        Topic::Resources,
        r"\bressources?\b|\bdocumentation\b|\bliens?\b|\bannexes?\b|\boutils\b|\bmateriel\b|\bfournis?\b|\bfournies?\b|\bbibliographie\b|\bpour demarrer\b",
    ),
    (
        Topic::Modalities,
        r"\bmodalites?\b|\borganisation\b|\bconditions?\b|\bconsignes?\b|\bregles?\b|\bderoulement\b|\bdeontologie\b|\bplagiat\b|^epreuve$|\bevaluation\b",
    ),
    (
        Topic::Context,
        r"\bcontexte\b|\bsituation\b|\bscenario\b|\bmissions?\b|\bproblematique\b|\bbesoins?\b|\benjeux\b|\bobjectifs?\b|\bcas (?:d'etude|pratique|concret)|\bpresentation\b",
    ),
    (
        Topic::Context,
        r"\b(?:l'|votre |notre |une )?entreprise\b|\bl'organisation cliente\b|\ble client\b|\bl'histoire\b|\bdemande\b",
    ),
    (Topic::Deadline, r"^echeance\b"),
    (Topic::Context, r"^(?:le |votre )?(?:sujet|projet)\b"),
    (Topic::Starts, r"^a partir du$"),
    (Topic::Deadline, r"^pour le$"),
];

static COMPILED: LazyLock<Vec<(Topic, Regex)>> = LazyLock::new(|| {
    PATTERNS.iter().map(|(topic, pattern)| (*topic, Regex::new(pattern).expect("the patterns are constant"))).collect()
});

/// Words that announce something by themselves, to which a misspelt word is brought back.
const STEMS: [&str; 16] = [
    "competences",
    "livrables",
    "livrable",
    "preparation",
    "soutenance",
    "soutenances",
    "entretien",
    "equipe",
    "equipes",
    "calendrier",
    "ressources",
    "contexte",
    "modalites",
    "referentiel",
    "certification",
    "echeances",
];

static NUMBERING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:partie|section|chapitre|etape)\s+)?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4}|[a-h])\s*[.):\-/]+\s*|^[^\p{L}\p{N}]+")
        .expect("the pattern is constant")
});

/// What a heading announces.
pub(super) fn of(heading: &str) -> Option<Topic> {
    if heading.chars().count() > LONGEST {
        return None;
    }
    let folded = folded(heading);
    let plain = NUMBERING.replace(folded.trim(), "");
    let plain = NUMBERING.replace(&plain, "");
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
    matched(plain).or_else(|| matched(&respelt(plain)))
}

fn matched(plain: &str) -> Option<Topic> {
    COMPILED.iter().find(|(_, pattern)| pattern.is_match(plain)).map(|(topic, _)| *topic)
}

/// The same words, the misspelt ones brought back: one letter in a word of five or more, two in nine or more.
fn respelt(plain: &str) -> String {
    let right = |word: &str| {
        let length = word.chars().count();
        let slack = if length >= 9 { 2 } else { usize::from(length >= 5) };
        STEMS
            .into_iter()
            .find(|stem| slack > 0 && osa_distance(word, stem) <= slack)
            .map_or(word.to_owned(), str::to_owned)
    };
    plain.split_whitespace().map(right).collect::<Vec<_>>().join(" ")
}

/// A line that names what it tells: "Jury : deux professionnels".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label<'a> {
    pub topic: Topic,
    /// What it tells; empty when it only announces.
    pub value: &'a str,
}

/// The label of a line, if it has one: a few words that announce something, and a colon.
pub(super) fn label(line: &str) -> Option<Label<'_>> {
    let (name, value) = line.split_once(':')?;
    let short = name.chars().count() <= 60 && name.split_whitespace().count() <= 7;
    // "https:" and "18:00" announce nothing.
    if !short
        || value.starts_with("//")
        || name.ends_with(|c: char| c.is_ascii_digit()) && value.starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    Some(Label { topic: of(name)?, value: value.trim() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_many_words() {
        for (heading, topic) in [
            ("Compétences visées", Topic::Competencies),
            ("3. Compétences évaluées (bloc 2)", Topic::Competencies),
            ("LIVRABELS", Topic::Deliverables),
            ("Ce que vous devez rendre", Topic::Deliverables),
            ("II - Travail à rendre", Topic::Deliverables),
            ("Date limite de dépôt", Topic::Deadline),
            ("À rendre pour le", Topic::Deadline),
            ("Dates des soutenances", Topic::Defences),
            ("Soutenance orale", Topic::Oral),
            ("Le jury", Topic::Jury),
            ("Constitution des groupes", Topic::Team),
            ("Temps de préparation", Topic::Preparation),
            ("Planning prévisionnel", Topic::Calendar),
            ("Resources fournies", Topic::Resources),
            ("Modalités de l’épreuve", Topic::Modalities),
            ("La situation", Topic::Context),
            ("Présentation de l’entreprise", Topic::Context),
            ("Certification visée", Topic::Referentiel),
            ("Bloc 2", Topic::Bloc),
            ("→ Durée", Topic::Duration),
        ] {
            assert_eq!(of(heading), Some(topic), "{heading}");
        }
        assert_eq!(of("Norvalis"), None);
    }

    #[test]
    fn labels_tell_something() {
        assert_eq!(
            label("Jury : deux professionnels"),
            Some(Label { topic: Topic::Jury, value: "deux professionnels" })
        );
        assert_eq!(label("Livrables :"), Some(Label { topic: Topic::Deliverables, value: "" }));
        assert_eq!(label("https://example.org"), None);
        assert_eq!(label("Un tout autre propos : rien"), None);
    }
}
