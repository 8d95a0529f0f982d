//! Reading a form that was submitted.
//!
//! What comes back from a network is anybody's writing: its names may not be those of the form, and its values may be of
//! any kind. Only what was asked gets into the invocation, each value read as a typed one is.

use super::{Directory, LONGEST_LINE, Misread, Problem, fill, is_too_long, value::Values};
use crate::{
    command::{CommandSet, Need, ParamKind},
    event::Attachment,
    form::Form,
    invocation::Invocation,
};
use std::collections::BTreeMap;

const _: () = assert!(LONGEST_LINE >= crate::limits::FIELD_VALUE, "what a field may hold at first can be sent back");

impl Form<Invocation> {
    /// The invocation that submitting the form with these values runs.
    ///
    /// As in a typed line, a code, a date or a duration that doesn't look like one is left for the application to judge.
    /// A value of white space only counts as left out. `attachments` came with the form and fill the parameters that take
    /// files, in order. What the invocation already held stays as it is.
    ///
    /// # Errors
    ///
    /// [`Misread`] when a name isn't one of a field, something required is missing, or a value can't be read as the kind
    /// of its parameter.
    pub fn fill(
        &self,
        fields: BTreeMap<String, String>,
        commands: &CommandSet,
        directory: &dyn Directory,
        attachments: &[Attachment],
    ) -> Result<Invocation, Box<Misread>> {
        self.filled(fields, &Values { commands, directory, attachments })
            .map_err(|problem| Box::new(Misread { command: Some(self.submit.path.clone()), ..Misread::alone(problem) }))
    }

    fn filled(&self, mut fields: BTreeMap<String, String>, values: &Values<'_>) -> Result<Invocation, Problem> {
        let mut invocation = self.submit.clone();
        let path = &invocation.path;
        // A form may be older than the definitions.
        let spec = values.commands.find(path).filter(|spec| spec.subcommands.is_empty());
        let spec = spec.ok_or_else(|| Problem::UnknownCommand { typed: path.to_string(), nearest: None })?;
        for field in &self.fields {
            let param = spec.params.iter().find(|param| param.name == field.param);
            let param = param.filter(|param| !self.submit.args.contains_key(&param.name));
            let Some(param) = param else { continue };
            let given = fields.remove(&field.param).filter(|value| !value.trim().is_empty());
            match given {
                Some(value) if is_too_long(&value) => return Err(Problem::TooLong),
                Some(value) => {
                    invocation.args.insert(param.name.clone(), values.value(param, value.trim())?);
                }
                // A file doesn't come as text.
                None if field.need == Need::Required && param.kind != ParamKind::Attachment => {
                    return Err(Problem::MissingParam { param: param.name.clone(), summary: field.label.clone() });
                }
                None => {}
            }
        }
        if let Some((name, _)) = fields.pop_first() {
            return Err(Problem::UnknownField { name });
        }
        fill::attach(values, spec, &mut invocation.args)?;
        match spec.params.iter().find(|p| p.need == Need::Required && !invocation.args.contains_key(&p.name)) {
            Some(param) => Err(fill::missing(param)),
            None => Ok(invocation),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        command::{Alternative, CommandSpec, ParamSpec},
        form::FormField,
        parse::Nobody,
    };
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn commands() -> CommandSet {
        let kinds = ["projet", "exercice"].map(|kind| Alternative::new(kind, kind));
        let edit = CommandSpec::new("modifier", "Modifie")
            .param(ParamSpec::new("id", "Le sujet", ParamKind::Integer { min: 1, max: 9 }).required())
            .param(ParamSpec::new("titre", "Le titre", ParamKind::Text).required())
            .param(ParamSpec::new("heures", "Les heures", ParamKind::Integer { min: 1, max: 99 }))
            .param(ParamSpec::new("genre", "Le genre", ParamKind::Choice(kinds.to_vec())))
            .param(ParamSpec::new("date", "La date", ParamKind::Date))
            .param(ParamSpec::new("delai", "Le délai", ParamKind::Duration))
            .param(ParamSpec::new("code", "Le code", ParamKind::Code))
            .param(ParamSpec::new("qui", "Qui", ParamKind::Person))
            .param(ParamSpec::new("salon", "Où", ParamKind::Room));
        CommandSet::new(vec![CommandSpec::new("brief", "Sujets").subcommand(edit)])
    }

    /// A form for everything but `id`, which it presets.
    fn form() -> Form<Invocation> {
        let form = Form::new("Sujet", Invocation::new("brief modifier").with("id", 3));
        let form = form.field(FormField::line("titre", "Titre du sujet"));
        ["heures", "genre", "date", "delai", "code", "qui", "salon"]
            .into_iter()
            .fold(form, |form, name| form.field(FormField::line(name, name).optional()))
    }

    fn filled(form: &Form<Invocation>, fields: &[(&str, &str)]) -> Result<Invocation, Box<Misread>> {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        form.fill(fields, &commands(), &Nobody, &[])
    }

    #[track_caller]
    fn check(fields: &[(&str, &str)], expected: &Expect) {
        let shown = match filled(&form(), fields) {
            Ok(invocation) => serde_json::to_string(&invocation.args).expect("arguments are always JSON"),
            Err(misread) => misread.explanation().words(),
        };
        expected.assert_eq(&shown.replace(['\u{a0}', '\u{202f}'], "~"));
    }

    #[test]
    fn each_value_is_read_as_its_kind() {
        check(
            &[("titre", " Data\nIA "), ("heures", "12"), ("genre", "PROJET"), ("code", "c1.5"), ("date", "demain")],
            &expect![[
                r#"{"code":{"text":"c1.5"},"date":{"text":"demain"},"genre":{"text":"projet"},"heures":{"integer":12},"id":{"integer":3},"titre":{"text":"Data\nIA"}}"#
            ]],
        );
        check(
            &[("titre", "Data"), ("heures", " "), ("genre", "")],
            &expect![[r#"{"id":{"integer":3},"titre":{"text":"Data"}}"#]],
        );
    }

    #[test]
    fn a_wrong_kind_is_told() {
        for name in ["heures", "genre", "qui", "salon"] {
            let misread = filled(&form(), &[("titre", "Data"), (name, "n’importe quoi d’autre")]);
            let problem = misread.expect_err("no kind reads this").problem;
            assert!(matches!(&problem, Problem::BadValue { param, .. } if param == name), "{name}: {problem:?}");
        }
        check(
            &[("titre", "Data"), ("heures", "100")],
            &expect!["Pour heures, je n’ai pas compris «~100~»~: il faut un nombre entier de 1 à 99."],
        );
        check(
            &[("titre", &"x".repeat(LONGEST_LINE + 1))],
            &expect!["C’est trop long~: écrivez 4~000 caractères au plus, ou envoyez le texte dans un fichier."],
        );
    }

    #[test]
    fn what_is_required_must_be_there() {
        check(&[], &expect!["Il manque titre~: titre du sujet."]);
        check(&[("titre", "\n\t ")], &expect!["Il manque titre~: titre du sujet."]);
        let short = Form::new("Sujet", Invocation::new("brief modifier").with("id", 3));
        let misread = filled(&short, &[]).expect_err("the command needs more than the form asks");
        assert!(matches!(misread.problem, Problem::MissingParam { .. }), "{misread:?}");
        assert_eq!(misread.command, Some("brief modifier".into()));
    }

    #[test]
    fn names_that_are_no_field_are_refused() {
        for name in ["id", "ID", "", "titre ", "Titre du sujet", "auteur", "__proto__", "titre:x", "\u{202e}"] {
            let misread = filled(&form(), &[("titre", "Data"), (name, "7")]).expect_err("the form doesn't ask this");
            assert_eq!(misread.problem, Problem::UnknownField { name: name.to_owned() });
        }
        let asking_twice = form().field(FormField::line("id", "Le sujet").optional());
        assert!(filled(&asking_twice, &[("titre", "Data"), ("id", "7")]).is_err());
        let stale = Form::new("Vieux", Invocation::new("disparu")).field(FormField::line("a", "A"));
        let problem = filled(&stale, &[("a", "x")]).expect_err("the command is gone").problem;
        assert!(matches!(problem, Problem::UnknownCommand { .. }), "{problem:?}");
    }

    proptest! {
        #[test]
        fn only_what_is_asked_gets_in(fields in proptest::collection::btree_map(
            prop_oneof!["titre|heures|genre|date|id|qui", ".{0,8}"], ".{0,12}|[0-9]{1,3}|projet", 0..6,
        )) {
            if let Ok(invocation) = form().fill(fields.clone(), &commands(), &Nobody, &[]) {
                prop_assert_eq!(invocation.integer("id"), Some(3));
                prop_assert!(fields.keys().all(|name| form().fields.iter().any(|field| field.param == *name)));
                prop_assert!(invocation.args.keys().all(|name| name == "id" || fields.contains_key(name)));
            }
        }
    }
}
