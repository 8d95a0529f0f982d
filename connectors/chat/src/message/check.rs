//! What networks demand of what can be pressed under a message. The numbers are in [`crate::limits`].

use super::Message;
use crate::{
    action::{Action, Effect, Press, Select},
    clean::says_something,
    command::Breach,
    form::Form,
    invocation::Invocation,
    limits::{BUTTON_LABEL, FIELD_LABEL, FIELD_VALUE, MOST_FIELDS, MOST_OPTIONS, PLACEHOLDER, WORDS},
};
use std::collections::HashSet;

impl Message<Press> {
    /// All rules of the networks that the message breaks. A test of each view asserts that there are none.
    ///
    /// Text of any length is no breach: renderers split it.
    #[must_use]
    pub fn check(&self) -> Vec<Breach> {
        let mut found = Findings::default();
        if let Some(title) = &self.title {
            found.unless(says_something(&title.words()), "title", "has a title that says nothing");
        }
        for action in &self.actions {
            found.action(action);
        }
        found.0
    }
}

impl Form<Invocation> {
    /// All rules of the networks that the form breaks.
    #[must_use]
    pub fn check(&self) -> Vec<Breach> {
        let mut found = Findings::default();
        found.form(self);
        found.0
    }
}

#[derive(Default)]
struct Findings(Vec<Breach>);

impl Findings {
    fn unless(&mut self, holds: bool, place: &str, rule: &'static str) {
        if !holds {
            self.0.push(Breach { place: place.to_owned(), rule });
        }
    }

    fn action(&mut self, action: &Action<Press>) {
        match action {
            Action::Button(button) => {
                self.button(&button.label);
                self.press(&button.press);
            }
            Action::Select(select) => self.select(select),
            Action::Link { label, .. } => self.button(label),
        }
    }

    fn button(&mut self, label: &str) {
        self.unless(fits(label, BUTTON_LABEL), label, "needs words of 1 to 80 characters");
    }

    fn select(&mut self, select: &Select<Press>) {
        let place = &select.placeholder;
        self.unless(fits(place, PLACEHOLDER), place, "needs words of 1 to 150 characters");
        self.unless((1..=MOST_OPTIONS).contains(&select.options.len()), place, "must have 1 to 25 options");
        for option in &select.options {
            let place = format!("{place} {}", option.label);
            self.unless(fits(&option.label, WORDS), &place, "needs words of 1 to 100 characters");
            let described = option.description.as_ref().is_none_or(|description| fits(description, WORDS));
            self.unless(described, &place, "has a description that isn't of 1 to 100 characters");
            self.press(&option.press);
        }
    }

    fn press(&mut self, press: &Press) {
        if let Effect::Open(form) = &press.effect {
            self.form(form);
        }
    }

    fn form(&mut self, form: &Form<Invocation>) {
        self.unless(fits(&form.title, FIELD_LABEL), &form.title, "needs a title of 1 to 45 characters");
        self.unless((1..=MOST_FIELDS).contains(&form.fields.len()), &form.title, "must have 1 to 5 fields");
        let mut seen = HashSet::new();
        for field in &form.fields {
            let place = format!("{} {}", form.title, field.param);
            self.unless(fits(&field.label, FIELD_LABEL), &place, "needs a label of 1 to 45 characters");
            let short = field.initial.as_ref().is_none_or(|initial| initial.chars().count() <= FIELD_VALUE);
            self.unless(short, &place, "holds more than 4,000 characters at first");
            self.unless(seen.insert(&field.param), &place, "is asked twice");
            self.unless(!form.submit.args.contains_key(&field.param), &place, "is asked and already given");
        }
    }
}

/// Whether words say something in at most `most` characters.
fn fits(words: &str, most: usize) -> bool {
    says_something(words) && words.chars().count() <= most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{action::Button, form::FormField, message::Draft};
    use expect_test::{Expect, expect};

    fn press() -> Press {
        Press::run(Invocation::new("aide"))
    }

    #[track_caller]
    fn check(draft: &Draft, expected: &Expect) {
        let found: Vec<String> =
            draft.check().iter().map(|breach| breach.to_string().replace(['x', '~'], "")).collect();
        expected.assert_eq(&found.join("\n"));
    }

    #[test]
    fn a_sound_message_has_no_breach() {
        let form = Form::new("Sujet", Invocation::new("brief").with("id", 1)).field(FormField::line("titre", "Titre"));
        let draft = Draft::answer()
            .title("Titre")
            .button(Button::new("é".repeat(BUTTON_LABEL), Press::open(form)))
            .select(Select::new("Ouvrir").described("C1", "Auditer", press()).described("C2", "", press()));
        check(&draft, &expect![""]);
    }

    #[test]
    fn labels_say_something_in_few_characters() {
        let mut select = Select::new("Ouvrir").option("x".repeat(101), press()).option(" ", press());
        select.options[1].description = Some(String::new());
        let draft = Draft::answer()
            .title("\u{200b}")
            .button(Button::new("x".repeat(81), press()))
            .button(Button::new("", press()))
            .select(select);
        check(
            &draft,
            &expect![[r"
            `title` has a title that says nothing
            `` needs words of 1 to 80 characters
            `` needs words of 1 to 80 characters
            `Ouvrir ` needs words of 1 to 100 characters
            `Ouvrir  ` needs words of 1 to 100 characters
            `Ouvrir  ` has a description that isn't of 1 to 100 characters"]],
        );
    }

    #[test]
    fn choices_and_forms_have_few_parts() {
        let many = (0..26).fold(Select::new("Ouvrir"), |select, n| select.option(n.to_string(), press()));
        let form = Form::new("x".repeat(46), Invocation::new("brief").with("id", 1))
            .field(FormField::line("id", "x".repeat(46)))
            .field(FormField::line("titre", "Titre").holding("x".repeat(4_001)))
            .field(FormField::line("titre", ""));
        let empty = Form::new("Vide", Invocation::new("brief"));
        let six = (0..6).fold(Form::new("Trop", Invocation::new("brief")), |form, n| {
            form.field(FormField::line(format!("p{n}"), "Quoi"))
        });
        let draft = Draft::answer()
            .select(many)
            .select(Select::new("Rien"))
            .button(Button::new("A", Press::open(form)))
            .button(Button::new("B", Press::open(empty)))
            .button(Button::new("C", Press::open(six)));
        check(
            &draft,
            &expect![[r"
            `Ouvrir` must have 1 to 25 options
            `Rien` must have 1 to 25 options
            `` needs a title of 1 to 45 characters
            ` id` needs a label of 1 to 45 characters
            ` id` is asked and already given
            ` titre` holds more than 4,000 characters at first
            ` titre` needs a label of 1 to 45 characters
            ` titre` is asked twice
            `Vide` must have 1 to 5 fields
            `Trop` must have 1 to 5 fields"]],
        );
    }
}
