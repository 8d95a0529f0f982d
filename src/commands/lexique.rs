//! `/lexique`: what the documents define.

use super::context::{Context, Library, Problem};
use super::{Command, params};
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec, Text, folded};
use vigie_referentiels::{Definition, Referentiel};

/// The command, with its values.
#[derive(Debug, Clone)]
pub(super) struct Lexique {
    term: Option<String>,
    referentiel: Option<String>,
}

impl Command for Lexique {
    const PATH: &'static str = "lexique";

    fn spec() -> CommandSpec {
        CommandSpec::new("lexique", "La définition d’un terme, ou la liste des termes définis")
            .param(ParamSpec::new(params::TERME, "Terme ou sigle, par exemple framework", ParamKind::Text).completed())
            .param(params::referentiel())
            .example(Invocation::new("lexique").with(params::TERME, "framework"))
            .example(Invocation::new("lexique"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let text = |param: &str| invocation.text(param).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        Ok(Self { term: text(params::TERME), referentiel: text(params::REFERENTIEL) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let library = &context.library;
        let scope = params::read_referentiel(self.referentiel.as_deref(), library)?;
        let all = definitions(scope, library);
        let Some(term) = self.term else { return Ok(views::lexique::list(&all)) };
        let found = matching(&term, &all);
        if found.is_empty() { Err(nothing(&term)) } else { Ok(views::lexique::definitions(&term, &found)) }
    }
}

/// Every definition: those of the lexiques, and footnotes that explain a sign ("SLA = …").
fn definitions<'a>(scope: Option<&Referentiel>, library: &'a Library) -> Vec<(&'a Referentiel, Definition)> {
    let within = library.referentiels.iter().filter(|r| scope.is_none_or(|s| s.slug == r.slug));
    within
        .flat_map(|r| {
            let notes = r.notes.iter().filter_map(|note| {
                let (term, definition) = note.split_once(" = ")?;
                Some(Definition { terme: term.to_owned(), definition: definition.to_owned() })
            });
            r.lexique.iter().cloned().chain(notes).map(move |definition| (r, definition))
        })
        .collect()
}

/// The definitions of a term: its own first, failing that those whose term holds its words.
fn matching<'a>(term: &str, all: &[(&'a Referentiel, Definition)]) -> Vec<(&'a Referentiel, Definition)> {
    let wanted = folded(term);
    let own =
        |terme: &str| folded(terme) == wanted || folded(terme.split('(').next().unwrap_or(terme)).trim() == wanted;
    let exact: Vec<_> = all.iter().filter(|(_, d)| own(&d.terme)).cloned().collect();
    if !exact.is_empty() {
        return exact;
    }
    let words: Vec<&str> = wanted.split_whitespace().collect();
    all.iter().filter(|(_, d)| words.iter().all(|word| folded(&d.terme).contains(word))).cloned().collect()
}

fn nothing(term: &str) -> Problem {
    Problem::Refused(
        Text::from("Aucun document ne définit ")
            .code(views::words::shortened(term, 60))
            .plain(". Voyez les termes définis avec ")
            .command("lexique")
            .plain(", ou cherchez le mot partout avec ")
            .command(format!("chercher {}", views::words::shortened(term, 60)))
            .plain("."),
    )
}
