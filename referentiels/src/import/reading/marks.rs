//! The marks that documents set before things: codes of competencies, activities and criteria, headings of blocs.

use super::wording::fold;
use crate::code::CompetencyCode;
use crate::import::pattern::pattern;

// A code, then a separator or a space, then the text. `version 4.1` and `2.1, 2.2` don't match: they begin nothing.
pattern!(
    COMPETENCY,
    r"^(?<code>(?:[A-Z]\d{1,2}\.?\s?)?C\s?\d{1,2}(?:\s?[.\-]\s?\d{1,2}){0,2}|[A-Z]\d{1,2}C\d{1,2}|\d{1,2}(?:\.\d{1,2}){1,3})(?:\s*[.):]?\s*[-–—:]\s*|[.):]?\s+|[.):]?$)(?<text>.*)$"
);
pattern!(
    ACTIVITY,
    r"^(?<code>[A-Z]\d{1,2}(?:[TS]\d{1,2}){0,2}(?:\s?[.\-]\s?\d{1,2})?|\d{1,2}(?:\.\d{1,2}){0,2})(?:\s*[.):]?\s*[-–—:]+\s*|[.):]?\s+)(?<text>.+)$"
);
pattern!(
    BLOC,
    r"(?i)^blocs?(?:\s+de\s+comp[ée]tences)?(?:\s+(?P<kind>commun|optionnel|obligatoire|transversal|facultatif|sp[ée]cialis[ée]))?(?:\s*n?°?\s*(?P<number>[A-Z]{0,2}\d{1,2}))?\s*[:\-–—.]\s*(?P<title>\S.*)$"
);
pattern!(CRITERION, r"\b(?P<code>[A-Z]{1,3}\d{1,3}(?:[.\-]\d{1,2})?)\s+(?P<next>\p{Lu})");
pattern!(IN_LIST, r"(?:[A-Z]\d{1,2})?[A-Z]\s?\d{1,2}(?:\s?[.\-]\s?\d{1,2})?|\d{1,2}(?:\.\d{1,2})+");
pattern!(OPTIONAL, r"(?i)\s*\((?:bloc )?(?:optionnel|facultatif|au choix)\)\s*");

/// The competency code that a text begins with, and the rest.
pub(super) fn competency(text: &str) -> Option<(CompetencyCode, &str)> {
    let found = COMPETENCY.captures(text)?;
    let rest = found.name("text")?.as_str();
    let sentence = rest.is_empty() || rest.starts_with(|c: char| c.is_uppercase() || "«(\"".contains(c));
    sentence.then(|| found["code"].parse().ok().map(|code| (code, rest))).flatten()
}

/// The activity code that a text begins with (as printed, without spaces), and the rest.
pub(super) fn activity(text: &str) -> Option<(String, &str)> {
    let found = ACTIVITY.captures(text)?;
    let rest = found.name("text")?.as_str();
    let code: String = found["code"].split_whitespace().collect();
    (rest.starts_with(char::is_uppercase) && !code.chars().all(|c| c.is_ascii_digit())).then_some((code, rest))
}

/// The heading of a bloc.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BlocHeading {
    pub(super) line: usize,
    /// The document's own code, where it makes part of the competencies' codes.
    pub(super) code: Option<String>,
    pub(super) title: String,
    pub(super) optional: bool,
    /// The words around the title that say that it is a bloc, and which.
    pub(super) frame: String,
}

impl BlocHeading {
    /// Reads `Bloc 2 - …`, `BLOC optionnel : …`.
    pub(super) fn read(line: usize, text: &str) -> Option<Self> {
        let found = BLOC.captures(text.trim())?;
        let kind = found.name("kind").map(|k| fold(k.as_str()));
        let optional = kind.is_some_and(|k| k == "optionnel" || k == "facultatif");
        let heading = Self::titled(line, None, &found["title"]);
        let frame = &text.trim()[..found.name("title")?.start()];
        Some(Self { optional: optional || heading.optional, frame: format!("{frame} {}", heading.frame), ..heading })
    }

    /// A heading that is only a title.
    pub(super) fn titled(line: usize, code: Option<String>, title: &str) -> Self {
        let mark = OPTIONAL.find(title).map(|m| m.as_str().trim().to_owned());
        let (optional, frame) = (mark.is_some(), mark.unwrap_or_default());
        Self { line, code, title: OPTIONAL.replace(title, " ").trim().to_owned(), optional, frame }
    }

    /// Whether it is the same heading, repeated on another page.
    pub(super) fn repeats(&self, other: &Self) -> bool {
        fold(&self.title) == fold(&other.title)
    }
}

/// Where criteria codes stand in a text: the code and the place of the text after it.
pub(super) fn criteria(text: &str) -> Vec<(String, usize, usize)> {
    CRITERION
        .captures_iter(text)
        .filter_map(|found| Some((found.name("code")?, found.name("next")?)))
        .map(|(code, next)| (code.as_str().to_owned(), code.start(), next.start()))
        .collect()
}

/// Every code named in a list such as `C1.1, C1.2 et C1.3`.
pub(super) fn codes_in(text: &str) -> Vec<CompetencyCode> {
    IN_LIST.find_iter(text).filter_map(|m| m.as_str().parse().ok()).collect()
}

/// What follows a list of codes on the same line.
pub(super) fn after_codes(text: &str) -> &str {
    let end = IN_LIST
        .find_iter(text)
        .take_while(|m| m.as_str().parse::<CompetencyCode>().is_ok())
        .last()
        .map_or(0, |m| m.end());
    text[end..].trim_start_matches(|c: char| c.is_whitespace() || ",;:.".contains(c))
}

/// Every activity code named in a text such as `activités 2.1, 2.2. et 2.3`.
pub(super) fn activities_in(text: &str) -> Vec<String> {
    IN_LIST.find_iter(text).map(|m| m.as_str().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_competency(text: &str, expect: Option<(&str, &str)>) {
        let found = competency(text);
        assert_eq!(found.as_ref().map(|(code, rest)| (code.as_str(), *rest)), expect, "{text:?}");
    }

    #[test]
    fn a_competency_code_begins_its_text() {
        check_competency("C1.2. Analyser", Some(("C1.2", "Analyser")));
        check_competency("C5-4 Stocker", Some(("C5.4", "Stocker")));
        check_competency("A1C1 – Collecter", Some(("A1C1", "Collecter")));
        check_competency("A4C7. Adopter", Some(("A4C7", "Adopter")));
        check_competency("1.1.1. Analyser", Some(("1.1.1", "Analyser")));
        check_competency("C9 Planifier", Some(("C9", "Planifier")));
        check_competency("3.4.2.", Some(("3.4.2", "")));
    }

    #[test]
    fn numbers_inside_a_sentence_are_not_codes() {
        check_competency("version 4.1 du RGAA", None);
        check_competency("4.1 du RGAA", None);
        check_competency("2.1, 2.2. et 2.3.", None);
        check_competency("Analyser", None);
    }

    #[test]
    fn bloc_headings() {
        let read = |text| BlocHeading::read(1, text).map(|b| (b.title, b.optional));
        assert_eq!(read("Bloc 2 - Manager"), Some(("Manager".into(), false)));
        assert_eq!(read("BLOC optionnel : ORCHESTRER"), Some(("ORCHESTRER".into(), true)));
        assert_eq!(read("Bloc n°3 : Vendre (optionnel)"), Some(("Vendre".into(), true)));
        assert_eq!(read("Un bloc est validé"), None);
        assert_eq!(read("Blocs validés"), None);
    }

    #[test]
    fn activity_codes() {
        let read = |text| activity(text).map(|(code, rest)| (code, rest.to_owned()));
        assert_eq!(read("A2. 1 Définition"), Some(("A2.1".into(), "Définition".into())));
        assert_eq!(read("A1-3 Conception"), Some(("A1-3".into(), "Conception".into())));
        assert_eq!(read("A3-Déploiement"), Some(("A3".into(), "Déploiement".into())));
        assert_eq!(read("A2T1S1 - Collecte"), Some(("A2T1S1".into(), "Collecte".into())));
        assert_eq!(read("T1 Analyse"), Some(("T1".into(), "Analyse".into())));
        assert_eq!(read("1.1. Conception"), Some(("1.1".into(), "Conception".into())));
        assert_eq!(read("Analyse"), None);
    }
}
