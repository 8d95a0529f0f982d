//! Does a text announce an assessment?

use crate::import::pattern::pattern;
use crate::import::reading::wording::fold;

// On folded text.
pattern!(LISTING, r"^modalites? d'evaluation d(?:es|e la) competences?\b");
pattern!(NUMBERED, r"^(?:epreuve|evaluation)\s*n?°?\s*\d+\b");
pattern!(NAMED, r"^epreuve\b");
pattern!(
    NATURE,
    r"^(?:mise en situation|etude de cas|cas pratique|dossier professionnel|questionnaires?|controle continu|entretien|rapport d|memoire|qcm|soutenance|jeux? de roles?|simulation|portfolio)\b"
);

/// How strongly a text announces an assessment: the strongest way found in a document is the one that counts there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import::reading) enum Announce {
    Nature,
    Named,
    Numbered,
    Listing,
}

/// How a text announces an assessment, if it does.
pub(in crate::import::reading) fn announce(text: &str) -> Option<Announce> {
    let folded = fold(text);
    [
        (&LISTING, Announce::Listing),
        (&NUMBERED, Announce::Numbered),
        (&NAMED, Announce::Named),
        (&NATURE, Announce::Nature),
    ]
    .into_iter()
    .find(|(pattern, _)| pattern.is_match(&folded))
    .map(|(_, announce)| announce)
}
