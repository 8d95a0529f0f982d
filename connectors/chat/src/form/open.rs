//! Filling in a form line by line, on networks that have only text.
//!
//! `champ : valeur` fills the field of that label or parameter, also one that was filled before. A line that names no
//! field continues a field of several lines, or else fills the next empty one.

use super::{Form, FormInput, SealedForm};
use crate::{
    action::Token,
    command::Need,
    fold::folded,
    message::{Draft, Item, List},
    text::Text,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A form that is being filled in. It can be kept as JSON between two lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenForm {
    form: SealedForm,
    /// By rank.
    filled: BTreeMap<usize, String>,
    current: Option<usize>,
}

/// What a line did to a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormProgress {
    /// It needs more, or to be submitted.
    Open,
    /// It is complete: what to submit, as [`crate::Event::Submit`] takes it.
    Complete {
        /// What the form held.
        token: Token,
        /// Values by parameter.
        fields: BTreeMap<String, String>,
    },
    /// It was submitted without these required fields, by label. It stays open.
    Missing(Vec<String>),
    /// The line fits no field.
    NoField,
}

impl OpenForm {
    /// A form as it opens.
    #[must_use]
    pub fn new(form: SealedForm) -> Self {
        Self { form, filled: BTreeMap::new(), current: None }
    }

    /// The form that is filled in.
    #[must_use]
    pub fn form(&self) -> &SealedForm {
        &self.form
    }

    /// Whether a line without a name belongs to the text of a field of several lines.
    #[must_use]
    pub fn inside_paragraph(&self) -> bool {
        self.current.and_then(|rank| self.form.fields.get(rank)).is_some_and(|f| f.input == FormInput::Paragraph)
    }

    /// Takes one line; an empty one or `.` submits.
    pub fn take(&mut self, line: &str) -> FormProgress {
        if matches!(line.trim(), "" | ".") { self.submit() } else { self.line(line) }
    }

    /// Takes a message of several lines and submits; after [`FormProgress::Missing`] another message completes or
    /// corrects. An empty line parts two paragraphs of a text, and says nothing elsewhere.
    pub fn take_all(&mut self, message: &str) -> FormProgress {
        for line in message.trim().lines() {
            let skipped = line.trim() == "." || (line.trim().is_empty() && !self.inside_paragraph());
            if !skipped && self.line(line) == FormProgress::NoField {
                return FormProgress::NoField;
            }
        }
        // What the next message begins with is no continuation of this one.
        self.current = None;
        self.submit()
    }

    fn line(&mut self, line: &str) -> FormProgress {
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
                return FormProgress::NoField;
            };
            self.filled.insert(next, line.trim().to_owned());
            self.current = Some(next);
        }
        FormProgress::Open
    }

    fn named<'l>(&self, line: &'l str) -> Option<(usize, &'l str)> {
        let (name, value) = line.split_once([':', '='])?;
        let name = folded(name.trim());
        let rank = self.form.fields.iter().position(|f| folded(&f.param) == name || folded(&f.label) == name)?;
        Some((rank, value.trim()))
    }

    fn submit(&self) -> FormProgress {
        let mut fields = BTreeMap::new();
        let mut missing = Vec::new();
        for (rank, field) in self.form.fields.iter().enumerate() {
            let value = self.filled.get(&rank).or(field.initial.as_ref()).map(|value| value.trim_end());
            match value.filter(|value| !value.trim().is_empty()) {
                Some(value) => drop(fields.insert(field.param.clone(), value.to_owned())),
                None if field.need == Need::Required => missing.push(field.label.clone()),
                None => {}
            }
        }
        if missing.is_empty() {
            FormProgress::Complete { token: self.form.submit.clone(), fields }
        } else {
            FormProgress::Missing(missing)
        }
    }
}

impl<S> Form<S> {
    /// The form as a private message: its fields, then `how` to fill them in on this network.
    #[must_use]
    pub fn template(&self, how: impl Into<Text>) -> Draft {
        let items = self.fields.iter().map(|field| {
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
        Draft::answer().private().title(self.title.as_str()).list(List::bulleted(items)).note(how)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{form::FormField, plain::plain};
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn form() -> SealedForm {
        Form::new("Sujet", Token::new("t"))
            .field(FormField::line("titre", "Titre du sujet"))
            .field(FormField::paragraph("texte", "Texte"))
            .field(FormField::line("duree", "Durée").optional().holding("24 h"))
    }

    #[track_caller]
    fn check(lines: &[&str], expected: &Expect) {
        let mut form = OpenForm::new(form());
        let last = lines.iter().map(|line| form.take(line)).last();
        expected.assert_eq(&format!("{:?}", last.expect("there is a line")));
    }

    #[track_caller]
    fn check_messages(messages: &[&str], expected: &Expect) {
        let mut form = OpenForm::new(form());
        let all: Vec<String> = messages.iter().map(|message| format!("{:?}", form.take_all(message))).collect();
        expected.assert_eq(&all.join("\n"));
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

    #[test]
    fn a_field_named_again_is_corrected() {
        check(
            &["titre: Dta", "texte: un", "titre: Data", ""],
            &expect![[r#"Complete { token: Token("t"), fields: {"duree": "24 h", "texte": "un", "titre": "Data"} }"#]],
        );
    }

    #[test]
    fn a_message_fills_and_the_next_corrects() {
        check_messages(
            &["titre: Data\n\nTexte : un\n\ndeux\n"],
            &expect![[
                r#"Complete { token: Token("t"), fields: {"duree": "24 h", "texte": "un\n\ndeux", "titre": "Data"} }"#
            ]],
        );
        check_messages(
            &["texte: un", "Data", "duree: 3 h", "encore"],
            &expect![[r#"
            Missing(["Titre du sujet"])
            Complete { token: Token("t"), fields: {"duree": "24 h", "texte": "un", "titre": "Data"} }
            Complete { token: Token("t"), fields: {"duree": "3 h", "texte": "un", "titre": "Data"} }
            NoField"#]],
        );
    }

    #[test]
    fn the_template_says_what_is_asked() {
        let expected = expect![[r"
            Sujet

            - Titre du sujet (obligatoire)
            - Texte (obligatoire, sur plusieurs lignes au besoin)
            - Durée (facultatif)~: 24 h

            Répondez «~champ~: valeur~»."]];
        expected
            .assert_eq(&plain(&form().template("Répondez «\u{a0}champ\u{a0}: valeur\u{a0}».")).replace('\u{a0}', "~"));
    }

    proptest! {
        #[test]
        fn no_line_breaks_it(lines in proptest::collection::vec("(titre|Texte|duree)?[:= ]{0,2}\\PC{0,8}|\\.|", 0..8)) {
            let mut one_by_one = OpenForm::new(form());
            for line in &lines {
                if let FormProgress::Complete { fields, .. } = one_by_one.take(line) {
                    prop_assert!(fields.keys().all(|name| form().fields.iter().any(|field| field.param == *name)));
                }
            }
            let _ = OpenForm::new(form()).take_all(&lines.join("\n"));
            let kept = serde_json::to_string(&one_by_one).expect("a form is always JSON");
            prop_assert_eq!(serde_json::from_str::<OpenForm>(&kept).expect("what was written is read"), one_by_one);
        }
    }
}
