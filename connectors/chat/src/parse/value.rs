//! Reading one value.

use super::{Directory, misread::Problem};
use crate::{
    command::{Alternative, CommandSet, ParamKind, ParamSpec},
    event::Attachment,
    fold::folded,
    invocation::Value,
};

/// What values are read against.
pub(super) struct Values<'a> {
    pub(super) commands: &'a CommandSet,
    pub(super) directory: &'a dyn Directory,
    pub(super) attachments: &'a [Attachment],
}

impl Values<'_> {
    /// Whether the words, taken together, read as a value of this kind.
    pub(super) fn reads(&self, kind: &ParamKind, words: &str) -> bool {
        match kind {
            ParamKind::Text => true,
            ParamKind::Code => looks_like_a_code(words),
            ParamKind::Date => (self.commands.date)(words),
            ParamKind::Duration => (self.commands.duration)(words),
            kind => self.exact(kind, words).is_some(),
        }
    }

    /// The value of a parameter.
    pub(super) fn value(&self, param: &ParamSpec, words: &str) -> Result<Value, Problem> {
        self.exact(&param.kind, words).ok_or_else(|| Problem::BadValue {
            param: param.name.clone(),
            typed: words.to_owned(),
            expected: expected(&param.kind),
        })
    }

    fn exact(&self, kind: &ParamKind, words: &str) -> Option<Value> {
        match kind {
            ParamKind::Text | ParamKind::Code | ParamKind::Date | ParamKind::Duration => Some(words.into()),
            ParamKind::Integer { min, max } => {
                let number: i64 = words.trim().parse().ok()?;
                (*min..=*max).contains(&number).then_some(Value::Integer(number))
            }
            ParamKind::Choice(all) => alternative(all, words).map(|found| found.value.as_str().into()),
            ParamKind::Person => self.directory.person(words).map(Value::Person),
            ParamKind::Room => self.directory.room(words).map(Value::Room),
            ParamKind::Attachment => {
                let name = folded(words);
                self.attachments.iter().find(|file| folded(&file.name) == name).cloned().map(Value::Attachment)
            }
        }
    }
}

/// The alternative meant: its value, its label, another word for it, or the beginning of only one.
fn alternative<'a>(all: &'a [Alternative], words: &str) -> Option<&'a Alternative> {
    let typed = folded(words.trim());
    let whole = |a: &&Alternative| folded(&a.value) == typed;
    let label = |a: &&Alternative| {
        let mut others = a.synonyms.iter().map(|synonym| folded(synonym));
        folded(&a.label) == typed || others.any(|synonym| synonym == typed)
    };
    let begun = |a: &&Alternative| folded(&a.value).starts_with(&typed) || folded(&a.label).starts_with(&typed);
    let by_beginning = || {
        let mut found = all.iter().filter(begun);
        match (found.next(), found.next()) {
            (Some(only), None) if typed.chars().count() >= 3 => Some(only),
            _ => None,
        }
    };
    all.iter().find(whole).or_else(|| all.iter().find(label)).or_else(by_beginning)
}

/// Whether words look like a code: groups of at most three letters, with digits in each word (`c1 5`, `CE12.1`, `B2.C3`);
/// the letters may stand apart before the first number (`C 5`).
fn looks_like_a_code(words: &str) -> bool {
    let folded = folded(words);
    let mut seen_digit = false;
    for (rank, word) in folded.split_whitespace().enumerate() {
        let groups = word.split(|c: char| !c.is_ascii_alphabetic()).all(|letters| letters.len() <= 3);
        let known = word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/'));
        let digits = word.contains(|c: char| c.is_ascii_digit());
        let letters_apart = rank == 0 && word.len() <= 2 && word.chars().all(|c| c.is_ascii_alphabetic());
        if !groups || !known || !(digits || letters_apart || (seen_digit && word == "-")) {
            return false;
        }
        seen_digit |= digits;
    }
    seen_digit
}

/// What a kind takes, as a French phrase.
fn expected(kind: &ParamKind) -> String {
    match kind {
        ParamKind::Text => "du texte".to_owned(),
        ParamKind::Integer { min, max } => format!("un nombre entier de {min} à {max}"),
        ParamKind::Choice(all) => {
            let values: Vec<&str> = all.iter().map(|a| a.value.as_str()).collect();
            format!("l’une de ces valeurs\u{a0}: {}", values.join(", "))
        }
        ParamKind::Code => "un code, par exemple C1.5".to_owned(),
        ParamKind::Person => "une personne, par exemple @alice".to_owned(),
        ParamKind::Room => "un salon, par exemple #general".to_owned(),
        ParamKind::Attachment => "le nom d’un fichier joint".to_owned(),
        ParamKind::Date => "une date, par exemple vendredi 18h".to_owned(),
        ParamKind::Duration => "une durée, par exemple 30min".to_owned(),
    }
}
