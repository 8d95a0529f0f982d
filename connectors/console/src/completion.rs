//! What Tab proposes.
//!
//! The definitions tell commands, names of parameters and alternatives; the application tells values such as codes. This
//! module only finds out what is being typed, so that the line editor needs to know nothing of it.

use vigie_chat::{
    Alternative, CommandPath, CommandSet, CommandSpec, Completion, Invocation, ParamKind, ParamSpec, folded,
};

/// What could stand from `start` to the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proposal {
    /// What to insert.
    pub(crate) value: String,
    /// What it means.
    pub(crate) about: String,
    /// First byte that it replaces.
    pub(crate) start: usize,
}

/// A value that the application may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The command so far.
    pub(crate) invocation: Invocation,
    /// The parameter.
    pub(crate) param: String,
    /// What is typed of it.
    pub(crate) typed: String,
    /// First byte of it.
    pub(crate) start: usize,
}

/// What is known of the end of a line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Proposals {
    /// What the definitions propose.
    pub(crate) known: Vec<Proposal>,
    /// What to ask the application for.
    pub(crate) wanted: Option<Wanted>,
}

/// What could follow at the end of `line`, which stops at the cursor; `people` have been named before.
pub(crate) fn proposals<'a>(line: &str, commands: &CommandSet, people: impl Iterator<Item = &'a str>) -> Proposals {
    let start =
        line.rfind(char::is_whitespace).map_or(0, |at| at + line[at..].chars().next().map_or(0, char::len_utf8));
    if line.starts_with(':') {
        return Proposals { known: colon(line, start, people), wanted: None };
    }
    let marked = line.trim_start_matches(['/', '!']);
    let mark = &line[..line.len() - marked.len()];
    let offset = mark.len();
    let first = marked.split(char::is_whitespace).next().unwrap_or_default();
    if first.len() == marked.len() {
        let mark = if mark.is_empty() { "/" } else { mark };
        let all = commands.all().iter().filter(|spec| begins(&spec.name, first));
        let known =
            all.map(|spec| Proposal { value: format!("{mark}{}", spec.name), about: spec.summary.clone(), start: 0 });
        return Proposals { known: known.collect(), wanted: None };
    }
    let mut path = CommandPath::new(first);
    let Some(mut spec) = commands.find(&path) else { return Proposals::default() };
    let mut at = offset + first.len();
    while !spec.subcommands.is_empty() {
        let rest = line[at..].trim_start();
        let begin = line.len() - rest.len();
        let word = rest.split(char::is_whitespace).next().unwrap_or_default();
        if word.len() == rest.len() {
            let all = spec.subcommands.iter().filter(|sub| begins(&sub.name, word));
            let known = all.map(|sub| Proposal { value: sub.name.clone(), about: sub.summary.clone(), start: begin });
            return Proposals { known: known.collect(), wanted: None };
        }
        let next = path.sub(word);
        let Some(sub) = commands.find(&next) else { return Proposals::default() };
        (path, spec, at) = (next, sub, begin + word.len());
    }
    values(line, at, start, path, spec)
}

/// What could follow the words of a command, which end at `at`; the last word begins at `start`.
fn values(line: &str, at: usize, start: usize, path: CommandPath, spec: &CommandSpec) -> Proposals {
    let mut invocation = Invocation::new(path);
    let mut last = None;
    let begin = line.len() - line[at..].trim_start().len();
    for word in line[begin..].split(char::is_whitespace) {
        if let Some((param, value)) = named(spec, word) {
            invocation = invocation.with(&param.name, value);
            // Both are slices of the line.
            let value_start = value.as_ptr() as usize - line.as_ptr() as usize;
            last = Some((param, value_start));
        }
    }
    let open = spec.params.iter().filter(|param| !invocation.args.contains_key(&param.name));
    let current = last.or_else(|| open.clone().next().map(|param| (param, begin)));
    let mut found = Proposals::default();
    if let Some((param, value_start)) = current {
        let typed = &line[value_start..];
        if let ParamKind::Choice(all) = &param.kind {
            found.known.extend(alternatives(all, typed, value_start));
        }
        if param.completion == Completion::FromApp {
            let typed = typed.trim_start_matches(['"', '«', '“']).trim_start().to_owned();
            let mut invocation = invocation.clone();
            invocation.args.remove(&param.name);
            found.wanted = Some(Wanted { invocation, param: param.name.clone(), typed, start: value_start });
        }
    }
    let typed = &line[start..];
    found.known.extend(open.filter(|param| begins(&param.name, typed)).map(|param| Proposal {
        value: format!("{}:", param.name),
        about: param.summary.clone(),
        start,
    }));
    found
}

fn named<'s, 'l>(spec: &'s CommandSpec, word: &'l str) -> Option<(&'s ParamSpec, &'l str)> {
    let (name, value) = word.split_once([':', '='])?;
    let name = folded(name);
    spec.params.iter().find(|param| folded(&param.name) == name).map(|param| (param, value))
}

fn alternatives(all: &[Alternative], typed: &str, start: usize) -> impl Iterator<Item = Proposal> {
    let meant = all.iter().filter(move |a| begins(&a.value, typed) || begins(&a.label, typed));
    meant.map(move |a| Proposal { value: quoted(&a.value), about: a.label.clone(), start })
}

fn colon<'a>(line: &str, start: usize, people: impl Iterator<Item = &'a str>) -> Vec<Proposal> {
    let typed = &line[start..];
    let proposal = |value: &str, about: &str| Proposal { value: value.to_owned(), about: about.to_owned(), start };
    let words: Vec<&str> = line.split_whitespace().collect();
    match (words.first().map(|word| folded(word)).as_deref(), words.len() + usize::from(typed.is_empty())) {
        (_, 0 | 1) => {
            let all = [
                (":moi", "qui parle"),
                (":salon", "dans quel salon"),
                (":prive", "en privé avec Vigie"),
                (":fichier", "joindre un fichier"),
                (":aide", "ce que la console comprend"),
                (":annuler", "quitter le formulaire"),
            ];
            all.iter().filter(|(word, _)| begins(word, typed)).map(|(word, about)| proposal(word, about)).collect()
        }
        (Some(":moi"), 2) => people.filter(|name| begins(name, typed)).map(|name| proposal(name, "")).collect(),
        (Some(":moi"), 3) => {
            let parts = ["candidat", "formateur", "administrateur"];
            parts.iter().filter(|part| begins(part, typed)).map(|part| proposal(part, "")).collect()
        }
        _ => Vec::new(),
    }
}

fn begins(name: &str, typed: &str) -> bool {
    folded(name).starts_with(&folded(typed))
}

/// A value as it is typed: between quotes if it has several words.
pub(crate) fn quoted(value: &str) -> String {
    if value.contains(|c: char| c.is_whitespace() || matches!(c, '"' | ':' | '=')) {
        format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    fn commands() -> CommandSet {
        let kinds = vec![Alternative::new("critere", "Critère"), Alternative::new("bloc", "Bloc")];
        let code = ParamSpec::new("code", "Le code", ParamKind::Code).required().completed();
        let scope = ParamSpec::new("referentiel", "Le référentiel", ParamKind::Text).completed();
        let kind = ParamSpec::new("type", "Le type", ParamKind::Choice(kinds));
        CommandSet::new(vec![
            CommandSpec::new("competence", "Montre une compétence").param(code).param(scope).param(kind),
            CommandSpec::new("équipe", "Les équipes")
                .subcommand(CommandSpec::new("creer", "Crée"))
                .subcommand(CommandSpec::new("quitter", "Quitte")),
        ])
    }

    #[track_caller]
    fn check(line: &str, expected: &Expect) {
        let found = proposals(line, &commands(), ["alice", "bob"].into_iter());
        let mut shown: Vec<String> = found.known.iter().map(|p| format!("{}+{}", &line[..p.start], p.value)).collect();
        shown.extend(found.wanted.map(|w| format!("{}+<{} {:?}>", &line[..w.start], w.param, w.typed)));
        expected.assert_eq(&shown.join(" | "));
    }

    #[test]
    fn commands_and_their_parts() {
        check("", &expect!["+/competence | +/équipe"]);
        check("!COMP", &expect!["+!competence"]);
        check("/equipe c", &expect!["/equipe +creer"]);
        check("equipe ", &expect!["equipe +creer | equipe +quitter"]);
        check("/truc x", &expect![""]);
    }

    #[test]
    fn values_and_names_of_parameters() {
        check("/competence c1", &expect![[r#"/competence +<code "c1">"#]]);
        check(
            "/competence ",
            &expect![[
                r#"/competence +code: | /competence +referentiel: | /competence +type: | /competence +<code "">"#
            ]],
        );
        check("/competence c1 re", &expect![[r#"/competence c1 +referentiel: | /competence +<code "c1 re">"#]]);
        check(
            "/competence c1 referentiel:data en",
            &expect![[r#"/competence c1 referentiel:+<referentiel "data en">"#]],
        );
        check("/competence c1 type:cr", &expect!["/competence c1 type:+critere"]);
    }

    #[test]
    fn lines_of_the_console() {
        check(":m", &expect!["+:moi"]);
        check(":moi ", &expect![":moi +alice | :moi +bob"]);
        check(":moi bob f", &expect![":moi bob +formateur"]);
    }

    proptest! {
        #[test]
        fn any_line_can_be_completed(line in r"[/:!]?(competence|equipe|moi)?( |\PC|type:){0,12}") {
            for proposal in proposals(&line, &commands(), ["alice"].into_iter()).known {
                prop_assert!(line.is_char_boundary(proposal.start));
            }
        }
    }
}
