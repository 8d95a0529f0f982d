//! Answers longer than networks take at once.

use vigie_chat::Draft;

/// Paragraphs of [`article`], each of which says its number, from 1.
pub(crate) const PARAGRAPHS: usize = 125;

/// Words of [`block`], each of which says its number, from 1.
pub(crate) const WORDS: usize = 2_700;

/// Many short paragraphs, then an end.
pub(super) fn article() -> Draft {
    let body = "Chaque compétence est évaluée par un jury qui lit le dossier, écoute l’oral et pose des questions ; ce \
                qu’il attend est écrit dans le référentiel de la certification visée.";
    let draft = (1..=PARAGRAPHS).fold(Draft::answer().title("Article"), |draft, rank| {
        draft.paragraph(format!("Alinéa {rank} sur {PARAGRAPHS}. {body}"))
    });
    draft.paragraph("Fin de l’article.")
}

/// One paragraph without a line break.
pub(super) fn block() -> Draft {
    let words: Vec<String> = (1..=WORDS).map(|rank| format!("mot{rank}")).collect();
    Draft::answer().paragraph(words.join(" ") + " fin.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_long() {
        for draft in [article(), block()] {
            assert!(vigie_chat::plain(&draft).chars().count() >= 20_000);
        }
    }
}
