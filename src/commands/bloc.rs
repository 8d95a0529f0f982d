//! `/bloc`: the overview of one bloc, or the list of blocs.

use super::Command;
use super::context::{Context, Problem};
use super::params::{self, named_first};
use crate::domain::permission::Deed;
use crate::library::Library;
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec, Text, folded};
use vigie_referentiels::{Bloc, Referentiel};

/// The command, with its values.
#[derive(Debug, Clone)]
pub(super) struct BlocCommand {
    bloc: Option<String>,
    referentiel: Option<String>,
}

impl Command for BlocCommand {
    const PATH: &'static str = "bloc";
    const DEED: Deed = Deed::Ask;

    fn spec() -> CommandSpec {
        CommandSpec::new("bloc", "Un bloc de compétences en un coup d’œil, ou la liste des blocs")
            .param(
                ParamSpec::new(params::BLOC, "Code du bloc (B1, A2) ou des mots de son titre", ParamKind::Code)
                    .completed(),
            )
            .param(params::referentiel())
            .example(Invocation::new("bloc").with(params::BLOC, "B1").with(params::REFERENTIEL, "data-engineer"))
            .example(Invocation::new("bloc").with(params::REFERENTIEL, "cil"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let text = |param: &str| invocation.text(param).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        Ok(Self { bloc: text(params::BLOC), referentiel: text(params::REFERENTIEL) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let library = &context.library;
        let scope = params::read_referentiel(self.referentiel.as_deref(), library)?;
        let Some(wanted) = self.bloc else {
            return Ok(match scope {
                Some(referentiel) => views::referentiel::blocs(referentiel),
                None => views::referentiel::list(library),
            });
        };
        let (named, wanted) = named_first(&wanted, library);
        let scope = scope.or(named);
        // `/bloc cil` names a référentiel rather than a bloc.
        if scope.is_none()
            && let Some(referentiel) = library.referentiel(&wanted.to_lowercase())
        {
            return Ok(views::referentiel::blocs(referentiel));
        }
        match find(wanted, scope, library).as_slice() {
            [] => Err(nothing(wanted, scope, library)),
            [(referentiel, bloc)] => Ok(views::bloc::bloc(referentiel, bloc)),
            several => Ok(views::choice::blocs(several)),
        }
    }
}

/// The blocs that a code or words mean.
fn find<'a>(wanted: &str, scope: Option<&Referentiel>, library: &'a Library) -> Vec<(&'a Referentiel, &'a Bloc)> {
    let all = || {
        let within = library.referentiels.iter().filter(|r| scope.is_none_or(|s| s.slug == r.slug));
        within.flat_map(|r| r.blocs.iter().enumerate().map(move |(rank, bloc)| (r, rank + 1, bloc)))
    };
    let code: String = wanted.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase();
    let code = if code.chars().all(|c| c.is_ascii_digit()) { format!("B{code}") } else { code.replace("BLOC", "B") };
    let by_code: Vec<_> = all().filter(|(_, rank, bloc)| bloc.code == code || format!("B{rank}") == code).collect();
    let found = if by_code.is_empty() {
        let words: Vec<String> = folded(wanted).split_whitespace().map(str::to_owned).collect();
        all().filter(|(_, _, bloc)| words.iter().all(|w| folded(&bloc.titre).contains(w))).collect()
    } else {
        by_code
    };
    found.into_iter().map(|(referentiel, _, bloc)| (referentiel, bloc)).collect()
}

fn nothing(wanted: &str, scope: Option<&Referentiel>, library: &Library) -> Problem {
    let sentence = Text::from("Je ne trouve pas le bloc ").code(views::words::shortened(wanted, 60));
    let known = if let Some(r) = scope {
        let codes = r.blocs.iter().map(|b| b.code.as_str()).collect::<Vec<_>>().join(", ");
        format!(" dans {}. Ses blocs sont {codes}.", r.titre)
    } else {
        let slugs = library.referentiels.iter().map(|r| r.slug.as_str()).collect::<Vec<_>>().join(", ");
        format!(". Précisez le référentiel\u{a0}: {slugs}.")
    };
    Problem::Refused(sentence.plain(known))
}
