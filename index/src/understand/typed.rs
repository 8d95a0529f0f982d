//! The words of a query, as they were typed and as they are known.

use crate::{
    Lexicon,
    analysis::{Token, is_asking, is_function, is_prefix, spelt_out, tokens},
    corpus::{Corpus, number},
    expression::Typed,
};

/// The words of a query. What a hyphenated word is made of comes in parts, as in documents.
pub(super) fn words(text: &str, corpus: &Corpus, lexicon: &Lexicon) -> Vec<Typed> {
    let plain = tokens(text).into_iter().filter(|token| !token.joined).map(|token| spelt(token, corpus)).collect();
    let tokens = prefixed(plain, corpus);
    let is_function = |at: usize| is_function(&tokens[at].text) && !means_systeme(&tokens, at);
    let kept: Vec<bool> = (0..tokens.len()).map(is_function).collect();
    let typed = tokens.into_iter().zip(kept);
    typed
        .map(|(token, is_function)| {
            let family =
                corpus.vocabulary.family_of(&token.text).or_else(|| lexicon.slip_in_a_cue(&token.text, corpus));
            Typed { token, family, is_function }
        })
        .collect()
}

/// A word of a message as it is usually spelt: short spellings in full, an article glued to its noun ("loral") cut off.
fn spelt(mut token: Token, corpus: &Corpus) -> Token {
    let vocabulary = &corpus.vocabulary;
    let known = |word: &str| vocabulary.form(word).is_some_and(|form| vocabulary.forms[form as usize].count > 0);
    if known(&token.text) {
        return token;
    }
    if let Some(word) = spelt_out(&token.text) {
        word.clone_into(&mut token.text);
        return token;
    }
    if vocabulary.family_of(&token.text).is_some() || is_function(&token.text) || is_asking(&token.text) {
        return token;
    }
    for article in ["l", "d", "qu"] {
        let Some(noun) = token.text.strip_prefix(article) else { continue };
        let spoken = noun.starts_with(['a', 'e', 'i', 'o', 'u', 'h']);
        // A listed word that no document has must be long enough to be no chance.
        let meant = known(noun) || (noun.len() >= 4 && vocabulary.form(noun).is_some());
        if spoken && meant && noun.len() >= 2 && !is_function(noun) {
            token.start += article.len();
            token.text = noun.to_owned();
            break;
        }
    }
    token
}

/// Joins what a hyphen would ("sous traitants"), and what is one word to those who write it so ("mal voyant"), where the
/// whole is a known word and a part isn't one by itself.
fn prefixed(tokens: Vec<Token>, corpus: &Corpus) -> Vec<Token> {
    let vocabulary = &corpus.vocabulary;
    let known = |word: &str| vocabulary.form(word).is_some_and(|form| vocabulary.forms[form as usize].count > 0);
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for mut token in tokens {
        if let Some(before) = out.last().filter(|before| before.text.len() >= 3) {
            let whole = format!("{}{}", before.text, token.text);
            let joins = if is_prefix(&before.text) {
                !is_function(&token.text) && vocabulary.family_of(&whole).is_some()
            } else {
                let strange = |part: &str| !is_function(part) && !known(part);
                token.text.len() >= 3
                    && (strange(&before.text) || strange(&token.text))
                    && whole.len() >= 6
                    && vocabulary.family_of(&whole).is_some()
            };
            if joins {
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
