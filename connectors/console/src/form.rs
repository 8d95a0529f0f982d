//! Filling in a form line by line.
//!
//! `champ : valeur` fills the field of that label or parameter. A line that names no field continues a field of several
//! lines, or else fills the next empty one. An empty line or `.` submits.

use std::collections::BTreeMap;
use vigie_chat::{Draft, Form, FormInput, Item, List, MessageId, Need, SealedForm, Text, Token, folded};

/// A form that is being filled in.
#[derive(Debug)]
pub(crate) struct OpenForm {
    form: SealedForm,
    /// The message whose action opened it.
    pub(crate) message: Option<MessageId>,
    /// By rank.
    filled: BTreeMap<usize, String>,
    current: Option<usize>,
}

/// What a line did to a form.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// It needs more.
    Open,
    /// It is complete: what to submit.
    Complete {
        /// What the form held.
        token: Token,
        /// Values by parameter.
        fields: BTreeMap<String, String>,
    },
    /// It was submitted without these fields, by label.
    Missing(Vec<String>),
    /// The line fits no field.
    NoField,
}

impl OpenForm {
    /// A form as it opens.
    pub(crate) fn new(form: SealedForm, message: Option<MessageId>) -> Self {
        Self { form, message, filled: BTreeMap::new(), current: None }
    }

    /// Whether a line that looks like a comment may belong to the text of a field.
    pub(crate) fn inside_paragraph(&self) -> bool {
        self.current.is_some_and(|rank| self.form.fields[rank].input == FormInput::Paragraph)
    }

    /// Takes one line.
    pub(crate) fn take(&mut self, line: &str) -> Progress {
        if matches!(line.trim(), "" | ".") {
            return self.submit();
        }
        if let Some((rank, value)) = self.named(line) {
            self.filled.insert(rank, value.to_owned());
            self.current = Some(rank);
        } else if self.inside_paragraph()
            && let Some(text) = self.current.and_then(|rank| self.filled.get_mut(&rank))
        {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line);
        } else {
            let Some(next) = (0..self.form.fields.len()).find(|rank| !self.filled.contains_key(rank)) else {
                return Progress::NoField;
            };
            self.filled.insert(next, line.trim().to_owned());
            self.current = Some(next);
        }
        Progress::Open
    }

    fn named<'l>(&self, line: &'l str) -> Option<(usize, &'l str)> {
        let (name, value) = line.split_once([':', '='])?;
        let name = folded(name.trim());
        let rank = self.form.fields.iter().position(|f| folded(&f.param) == name || folded(&f.label) == name)?;
        Some((rank, value.trim()))
    }

    fn submit(&self) -> Progress {
        let mut fields = BTreeMap::new();
        let mut missing = Vec::new();
        for (rank, field) in self.form.fields.iter().enumerate() {
            let value = self.filled.get(&rank).or(field.initial.as_ref()).filter(|value| !value.trim().is_empty());
            match value {
                Some(value) => drop(fields.insert(field.param.clone(), value.clone())),
                None if field.need == Need::Required => missing.push(field.label.clone()),
                None => {}
            }
        }
        if missing.is_empty() {
            Progress::Complete { token: self.form.submit.clone(), fields }
        } else {
            Progress::Missing(missing)
        }
    }
}

/// The form as a message that says how to fill it in.
pub(crate) fn as_message<S>(form: &Form<S>) -> Draft {
    let items = form.fields.iter().map(|field| {
        let need = match (field.need, field.input) {
            (Need::Required, FormInput::Line) => "obligatoire",
            (Need::Required, FormInput::Paragraph) => "obligatoire, sur plusieurs lignes au besoin",
            (Need::Optional, FormInput::Line) => "facultatif",
            (Need::Optional, FormInput::Paragraph) => "facultatif, sur plusieurs lignes au besoin",
        };
        let text = Text::new().strong(&field.label).plain(format!(" ({need})"));
        Item::from(match &field.initial {
            Some(initial) => text.plain("\u{a0}: ").plain(initial),
            None => text,
        })
    });
    let how = "Tapez une ligne «\u{a0}champ\u{a0}: valeur\u{a0}» par champ, puis une ligne vide ou un point pour envoyer, \
               ou «\u{a0}:annuler\u{a0}».";
    Draft::answer().private().title(form.title.as_str()).list(List::bulleted(items)).note(how)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use vigie_chat::FormField;

    #[track_caller]
    fn check(lines: &[&str], expected: &Expect) {
        let form = Form::new("Sujet", Token::new("t"))
            .field(FormField::line("titre", "Titre du sujet"))
            .field(FormField::paragraph("texte", "Texte"))
            .field(FormField::line("duree", "Durée").optional().holding("24 h"));
        let mut form = OpenForm::new(form, None);
        let last = lines.iter().map(|line| form.take(line)).last();
        expected.assert_eq(&format!("{:?}", last.expect("there is a line")));
    }

    #[test]
    fn fields_are_named_by_label_or_parameter() {
        let expected = expect![[
            r#"Complete { token: Token("t"), fields: {"duree": "30 h", "texte": "un\n# deux", "titre": "Data"} }"#
        ]];
        check(&["titre du sujet : Data", "texte: un", "# deux", "DUREE = 30 h", "."], &expected);
    }

    #[test]
    fn a_line_without_a_name_goes_on_or_fills_the_next() {
        let expected = expect![[
            r#"Complete { token: Token("t"), fields: {"duree": "24 h", "texte": "un\nà: deux", "titre": "Data"} }"#
        ]];
        check(&["Data", "un", "à: deux", ""], &expected);
    }

    #[test]
    fn what_is_required_must_be_filled() {
        check(&["texte: un", "."], &expect![[r#"Missing(["Titre du sujet"])"#]]);
    }
}
