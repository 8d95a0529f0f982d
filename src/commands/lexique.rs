//! `/lexique`: what the documents define.

use super::context::{Context, Problem};
use super::{Command, params};
use crate::domain::permission::Deed;
use crate::library::Library;
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
    const DEED: Deed = Deed::Ask;

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
            let notes = r.notes.iter().filter_map(|note| defined_by(note));
            r.lexique.iter().cloned().chain(notes).map(move |definition| (r, definition))
        })
        .collect()
}

/// What a footnote defines: `SLA = Service Level Agreement`, `Un log est un journal…`, `Les microservices constituent…`.
fn defined_by(note: &str) -> Option<Definition> {
    if let Some((term, definition)) = note.split_once(" = ") {
        return Some(Definition { terme: term.to_owned(), definition: definition.to_owned() });
    }
    let (article, rest) = note.split_once(' ')?;
    let articles = ["un", "une", "le", "la", "les", "des"];
    let (term, after) = rest.split_once(' ')?;
    let verb = after.split(' ').next()?;
    let defines = ["est", "sont", "désigne", "désignent", "constitue", "constituent"].contains(&verb);
    (articles.contains(&folded(article).as_str()) && defines)
        .then(|| Definition { terme: term.to_owned(), definition: note.to_owned() })
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
