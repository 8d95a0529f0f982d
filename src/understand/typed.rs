//! The words of a query, as they were typed and as they are known.

use crate::{
    analysis::{Token, is_function, is_prefix, tokens},
    corpus::{Corpus, number},
    expression::Typed,
};

/// The words of a query. What a hyphenated word is made of comes in parts, as in documents.
pub(super) fn words(text: &str, corpus: &Corpus) -> Vec<Typed> {
    let tokens = prefixed(tokens(text).into_iter().filter(|token| !token.joined).collect(), corpus);
    let is_function = |at: usize| is_function(&tokens[at].text) && !means_systeme(&tokens, at);
    let kept: Vec<bool> = (0..tokens.len()).map(is_function).collect();
    let typed = tokens.into_iter().zip(kept);
    typed
        .map(|(token, is_function)| Typed { family: corpus.vocabulary.family_of(&token.text), is_function, token })
        .collect()
}

/// Joins what a hyphen would ("sous traitants"), where the whole is a known word.
fn prefixed(tokens: Vec<Token>, corpus: &Corpus) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for mut token in tokens {
        if let Some(before) = out.last().filter(|before| is_prefix(&before.text)) {
            let whole = format!("{}{}", before.text, token.text);
            if !is_function(&token.text) && corpus.vocabulary.family_of(&whole).is_some() {
                (token.text, token.start) = (whole, before.start);
                out.pop();
            }
        }
        token.position = number(out.len());
        out.push(token);
    }
    out
}

/// Whether "si" is the système d'information: in capitals, or after an article.
fn means_systeme(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|token| token.text == "si") else { return false };
    let article = at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| {
        matches!(
            before.text.as_str(),
            "le" | "du" | "au" | "un" | "ce" | "son" | "mon" | "notre" | "votre" | "des" | "les"
        )
    });
    token.capitals || article
}
