//! `/chercher`: a ranked answer over everything in the référentiels.

use super::context::{Context, Problem};
use super::{Command, params};
use crate::domain::accommodation::may_tell_of_health;
use crate::domain::permission::Deed;
use crate::library::Library;
use crate::views;
use crate::views::search::PER_PAGE;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec, Text};
use vigie_index::{Answer, Kind, Query};
use vigie_referentiels::Referentiel;

/// Longest query looked at, in characters.
const LONGEST: usize = 500;
/// Pages that can be turned at most.
const MOST_PAGES: i64 = 1_000;

/// The command, with its values.
#[derive(Debug, Clone)]
pub(super) struct Chercher {
    text: String,
    referentiel: Option<String>,
    kind: Option<Kind>,
    page: usize,
}

impl Chercher {
    /// When a search was narrowed to one référentiel and found nothing: the others in which it finds something.
    fn elsewhere<'a>(&self, answer: &Answer, library: &'a Library) -> Vec<(&'a Referentiel, usize)> {
        let Some(scope) = &answer.understood.scope else { return Vec::new() };
        // With very many référentiels, looking into each would take longer than it helps.
        let others = library.referentiels.iter().filter(|r| r.slug != *scope).take(100);
        others
            .map(|r| (r, Query::new(self.text.as_str()).within(Some(&r.slug)).only(self.kind).page(0, 1)))
            .map(|(r, query)| (r, library.index.search(&query).total))
            .filter(|(_, total)| *total > 0)
            .collect()
    }
}

impl Command for Chercher {
    const PATH: &'static str = "chercher";
    const DEED: Deed = Deed::Ask;

    fn spec() -> CommandSpec {
        let kinds = Kind::ALL.into_iter().map(|kind| Alternative::new(kind.name(), views::words::kind(kind)));
        CommandSpec::new("chercher", "Chercher dans les compétences, critères, épreuves, droits et définitions")
            .details(
                "La recherche comprend les fautes de frappe, les synonymes du métier et les codes, et repère le nom d’un \
                 référentiel dans la phrase. Entre guillemets, les mots sont cherchés à la suite. Sans commande, un texte \
                 est une recherche.",
            )
            .param(ParamSpec::new("texte", "Ce que vous cherchez, avec vos mots", ParamKind::Text).required().completed())
            .param(params::referentiel())
            .param(ParamSpec::new("type", "Ne montrer que cela", ParamKind::Choice(kinds.collect())))
            .param(ParamSpec::new("page", "Page de résultats", ParamKind::Integer { min: 1, max: MOST_PAGES }))
            .example(Invocation::new("chercher").with("texte", "test d’intrusion"))
            .example(Invocation::new("chercher").with("texte", "rgpd").with("referentiel", "data-engineer"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let text = params::text(invocation, "texte")?;
        let kind = invocation.text("type").and_then(|name| Kind::ALL.into_iter().find(|kind| kind.name() == name));
        let page = invocation.integer("page").and_then(|page| usize::try_from(page).ok()).unwrap_or(1);
        Ok(Self { text, referentiel: invocation.text("referentiel").map(str::to_owned), kind, page: page.max(1) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        if self.text.chars().count() > LONGEST {
            return Err(Problem::refused(format!(
                "Votre recherche est trop longue\u{a0}: {LONGEST} caractères au plus. Gardez les mots importants."
            )));
        }
        if !self.text.chars().any(char::is_alphanumeric) {
            return Err(Problem::misread(Text::from("Dites ce que vous cherchez avec des mots ou un code.")));
        }
        let library = &context.library;
        let scope = params::read_referentiel(self.referentiel.as_deref(), library)?;
        let query = Query::new(self.text.as_str())
            .within(scope.map(|s| s.slug.as_str()))
            .only(self.kind)
            .page((self.page - 1) * PER_PAGE, PER_PAGE);
        let answer = library.index.search(&query);
        // What was typed may be misspelt: what the search understood tells as well.
        let understood = || answer.understood.corrections.iter().any(|c| may_tell_of_health(&c.read_as));
        let rights_first = || answer.hits.first().is_some_and(|hit| hit.kind == Kind::Amenagement);
        let health = may_tell_of_health(&self.text) || understood() || rights_first();
        if answer.total == 0 && !health {
            return Ok(views::search::nothing(&self.text, &answer, &self.elsewhere(&answer, library), library));
        }
        if answer.hits.is_empty() && self.page > 1 {
            return Err(Problem::refused(format!(
                "Il n’y a pas de page {}\u{a0}: la recherche a {}.",
                self.page,
                views::words::counted(answer.total, "résultat", "résultats")
            )));
        }
        let again = Invocation::new(Self::PATH)
            .with("texte", self.text.as_str())
            .with_some("referentiel", self.referentiel.as_deref())
            .with_some("type", self.kind.map(Kind::name));
        if health {
            return Ok(views::search::on_health(&answer, &again, self.page, library).private());
        }
        Ok(views::search::results(&self.text, &answer, &again, self.page, library))
    }
}
