//! `/brief modifier`: corrects a draft, or prepares a change of a published brief, which `/brief appliquer` puts in force.

use super::drafts::{self, Amends, Kept, Working};
use super::publier::{BROUILLON, attached, completed, number};
use super::show;
use super::world::Reader;
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, which};
use crate::domain::brief::{Brief, Expected, Field, Understood, Wrong, rebased};
use crate::domain::limits::visible;
use crate::domain::permission::Deed;
use crate::store::{self, BriefState};
use crate::views;
use crate::views::brief::{FORM, typed_for};
use vigie_chat::{Alternative, Attachment, CommandSpec, Draft, Invocation, ParamKind, ParamSpec, folded};

const CHAMP: &str = "champ";
const VALEUR: &str = "valeur";
const FICHIER: &str = "fichier";

/// The number of no draft: a form that begins one.
pub(super) const NEW: i64 = 0;

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Modifier {
    sujet: Option<String>,
    brouillon: Option<i64>,
    fichier: Option<Attachment>,
    /// One field, by its name.
    named: Option<(Field, Option<String>)>,
    /// Several at once, as the form gives them.
    form: Vec<(Field, String)>,
}

impl Command for Modifier {
    const PATH: &'static str = "brief modifier";
    const DEED: Deed = Deed::WriteBriefs;

    fn spec() -> CommandSpec {
        let fields = Field::ALL.iter().map(|field| Alternative::new(field.key(), field.name())).collect();
        let spec = CommandSpec::new("modifier", "Corrige un brouillon, ou prépare un changement d’un sujet publié")
            .details(
                "D’un sujet publié, la différence est montrée et rien ne change avant votre confirmation. Les dates des \
                 équipes qui viennent du sujet suivent alors, et chaque équipe est prévenue une fois. Une valeur vide efface \
                 un champ facultatif.",
            )
            .private()
            .param(ParamSpec::new(CHAMP, "Ce qui change", ParamKind::Choice(fields)))
            .param(ParamSpec::new(VALEUR, "La nouvelle valeur\u{a0}; pour une liste, un élément par ligne", ParamKind::Text))
            .param(ParamSpec::new(FICHIER, "Tout le sujet, dans sa nouvelle version", ParamKind::Attachment))
            .param(which::sujet())
            .param(number(BROUILLON, "Numéro d’un de vos brouillons\u{a0}; 0 pour en commencer un"));
        let spec = FORM.iter().fold(spec, |spec, (param, field)| {
            spec.param(ParamSpec::new(*param, format!("Formulaire\u{a0}: {}", field.with_article()), ParamKind::Text))
        });
        spec.example(
            Invocation::new(Self::PATH)
                .with(CHAMP, "echeance")
                .with(VALEUR, "27 novembre 2026 à 18h")
                .with(which::SUJET, "2"),
        )
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let field = invocation.text(CHAMP).and_then(Field::named);
        let value = invocation.text(VALEUR).map(readable);
        if let (None, Some(_)) = (field, &value) {
            return Err(Problem::misread(views::brief::which_field()));
        }
        let form = FORM.iter().filter_map(|(param, field)| Some((*field, readable(invocation.text(param)?))));
        Ok(Self {
            sujet: invocation.text(which::SUJET).map(str::to_owned),
            brouillon: invocation.integer(BROUILLON),
            fichier: invocation.attachment(FICHIER).cloned(),
            named: field.map(|field| (field, value)),
            form: form.collect(),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        match self.brouillon {
            Some(NEW) => {
                let (working, wrong) = self.changed(context, Working::default()).await?;
                shown(context, &drafts::keep(context, None, working).await?, &wrong).await
            }
            Some(key) => {
                let Kept { key, version, working } = drafts::find(context, key).await?;
                let (working, wrong) = self.changed(context, working).await?;
                shown(context, &drafts::keep(context, Some((key, version)), working).await?, &wrong).await
            }
            None => self.amend(context).await,
        }
    }
}

impl Modifier {
    /// Prepares a change of a published brief.
    async fn amend(self, context: &Context) -> Result<Draft, Problem> {
        let brief = which::brief(context, self.sujet.as_deref()).await?;
        if brief.state == BriefState::Closed {
            return Err(Problem::Refused(views::which::closed(&brief)));
        }
        let former = drafts::amending(context, brief.key).await?;
        if self.fichier.is_none() && self.named.is_none() && self.form.is_empty() {
            return match former {
                Some(kept) => show(context, &kept, None).await,
                None => Ok(views::brief::how_to_change(&brief, &drafts::in_force(context, &brief).await?)),
            };
        }
        let (kept, working) = match former {
            Some(kept) => (Some((kept.key, kept.version)), onto_newest(context, &brief, kept.working).await?.0),
            None => (None, from_now(&brief, drafts::in_force(context, &brief).await?)),
        };
        let (working, wrong) = self.changed(context, working).await?;
        shown(context, &drafts::keep(context, kept, working).await?, &wrong).await
    }

    /// What becomes of a draft. What a form gives is taken as far as it can be: nobody types it twice.
    async fn changed(self, context: &Context, mut working: Working) -> Result<(Working, Vec<Wrong>), Problem> {
        let reader = Reader::of(context)?;
        if let Some(file) = &self.fichier {
            let Understood { brief, remarks } = reader.understood(attached(context, file).await?).await?;
            // What the référentiel fills in of a published brief stays filled in.
            let brief = if working.amends.is_some() { completed(context, brief).0 } else { brief };
            return Ok((Working { brief, remarks, ..working }, Vec::new()));
        }
        let is_named = self.named.is_some();
        let typed = match self.named {
            Some((field, Some(value))) => vec![(field, value)],
            Some((field, None)) => return Err(Problem::misread(views::brief::which_value(field))),
            // What the form showed and nobody touched stays as it is, details included.
            None => {
                let shown = |(field, typed): &(Field, String)| *typed != typed_for(*field, &working.brief);
                self.form.into_iter().filter(shown).collect()
            }
        };
        let by_form = if is_named { ByForm::No } else { ByForm::Yes };
        let fields: Vec<Field> = typed.iter().map(|(field, _)| *field).collect();
        let (mut corrected, wrong) = reader.corrected(working.brief.clone(), typed).await?;
        match (by_form, wrong.first()) {
            (ByForm::Yes, _) => keep_details(&working.brief.deliverables, &mut corrected.brief),
            (ByForm::No, Some(wrong)) => return Err(Problem::misread(wrong.to_string())),
            (ByForm::No, None) => {}
        }
        working.correct(&fields, corrected);
        Ok((working, wrong))
    }
}

/// Whether fields come together, from a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ByForm {
    Yes,
    No,
}

/// A draft, with what could not be taken of a form.
async fn shown(context: &Context, kept: &Kept, wrong: &[Wrong]) -> Result<Draft, Problem> {
    Ok(views::brief::partly(show(context, kept, None).await?, wrong))
}

/// A change of the version in force.
fn from_now(brief: &store::Brief, content: Brief) -> Working {
    let amends = Some(Amends { brief: brief.key, from: brief.version });
    Working { brief: content, amends, ..Working::default() }
}

/// A change set on the version in force, and the fields that somebody else changed too meanwhile.
pub(super) async fn onto_newest(
    context: &Context,
    brief: &store::Brief,
    working: Working,
) -> Result<(Working, Vec<Field>), Problem> {
    let Some(amends) = working.amends.filter(|amends| amends.from != brief.version) else {
        return Ok((working, Vec::new()));
    };
    let base = drafts::version_of(context, brief.key, amends.from).await?;
    let newest = drafts::in_force(context, brief).await?;
    let set = rebased(&base, &working.brief, &newest);
    let amends = Some(Amends { from: brief.version, ..amends });
    Ok((Working { brief: set.brief, amends, ..working }, set.both))
}

/// A deliverable that a form names by its title alone keeps what was said of it.
fn keep_details(before: &[Expected], brief: &mut Brief) {
    for now in &mut brief.deliverables {
        let Some(was) = before.iter().find(|was| folded(&was.title) == folded(&now.title)) else { continue };
        if now.details.is_empty() && now.due.is_none() {
            *now = Expected { number: now.number, title: now.title.clone(), ..was.clone() };
        }
    }
}

/// What somebody typed, without what can't be read.
fn readable(typed: &str) -> String {
    visible(typed).trim().to_owned()
}
