//! What free text means: a greeting, a code, or a search.

use super::{Command, aide, chercher, competence, criteres, params};
use crate::library::Library;
use vigie_chat::{Invocation, folded};
use vigie_index::{Kind, Query};
use vigie_referentiels::CompetencyCode;

/// Words with which people begin or end a conversation, or ask what can be asked.
const GREETINGS: [&str; 22] = [
    "bonjour",
    "bonsoir",
    "salut",
    "slt",
    "coucou",
    "hello",
    "hey",
    "bjr",
    "merci",
    "mci",
    "vigie",
    "aide",
    "aidez",
    "help",
    "menu",
    "commandes",
    "moi",
    "toi",
    "ca",
    "va",
    "stp",
    "svp",
];

/// The invocation that a text means.
#[must_use]
pub fn meant(text: String, library: &Library) -> Invocation {
    let folded = folded(&text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    if words.iter().all(|word| GREETINGS.contains(word)) {
        return Invocation::new(aide::Aide::PATH);
    }
    let bare = text.trim().trim_end_matches(['?', '!', '.', ' ', '\u{a0}', '\u{202f}']);
    if bare.parse::<CompetencyCode>().is_ok_and(|code| !library.meant_by(&code).is_empty()) {
        return Invocation::new(competence::Competence::PATH).with(params::CODE, bare);
    }
    if library.criteria(bare).len() == 1 {
        return Invocation::new(criteres::Criteres::PATH).with(params::CODE, bare);
    }
    // A sentence around a code that means one competency asks for its sheet, or for its criteria.
    let answer = library.index.search(&Query::new(text.as_str()).page(0, 2));
    if let ([hit], false) = (answer.hits.as_slice(), answer.understood.codes.is_empty())
        && let (Kind::Competence, Some(code)) = (hit.kind, &hit.code)
    {
        let criteria = words.iter().any(|word| word.starts_with("criter"));
        let path = if criteria { criteres::Criteres::PATH } else { competence::Competence::PATH };
        return Invocation::new(path)
            .with(params::CODE, code.as_str())
            .with(params::REFERENTIEL, hit.referentiel.as_str());
    }
    Invocation::new(chercher::Chercher::PATH).with("texte", text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static LIBRARY: LazyLock<Library> =
        LazyLock::new(|| Library::new(vigie_referentiels::embedded(), None).expect("the embedded référentiels"));

    #[track_caller]
    fn check(text: &str, path: &str) {
        assert_eq!(meant(text.to_owned(), &LIBRARY).path.as_str(), path, "{text:?}");
    }

    #[test]
    fn free_text_is_what_people_mean() {
        check("Bonjour !", "aide");
        check("merci", "aide");
        check("   ", "aide");
        check("c18", "competence");
        check("C1.5 ?", "competence");
        check("c1.5/3", "criteres");
        check("CE17.1", "criteres");
        check("c quoi les criteres de c1.5 data engineer", "criteres");
        check("bonjour la veille", "chercher");
        check("rgpd", "chercher");
    }
}
