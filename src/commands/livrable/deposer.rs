//! `/livrable deposer`: a link or a file becomes a version of a deliverable, with a receipt.
//!
//! A link is never fetched. A file is on the disk before its row is committed: should the commit fail, a sweep removes it.

use super::named;
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, params, which};
use crate::domain::handin::{FileName, Link};
use crate::domain::permission::Deed;
use crate::store::{FileError, HandedIn, HandingIn};
use crate::views;
use vigie_chat::{Attachment, CommandSpec, Draft, Invocation, ParamKind, ParamSpec, Value};

/// The parameter that holds a file.
const FICHIER: &str = "fichier";
/// The parameter that holds a link.
const LIEN: &str = "lien";
/// Longest media type that is kept, in bytes: no real one is longer.
const MEDIA_TYPE: usize = 100;

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Deposer {
    deliverable: String,
    given: Given,
    team: Option<String>,
}

/// What is handed in, as it was given.
#[derive(Debug, Clone)]
enum Given {
    File(Attachment),
    Link(Link),
}

impl Command for Deposer {
    const PATH: &'static str = "livrable deposer";
    const DEED: Deed = Deed::ChangeWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("deposer", "Dépose un fichier ou un lien pour un livrable, contre un reçu")
            .details(
                "Chaque dépôt fait une nouvelle version\u{a0}; les précédentes restent. Le reçu donne la date, la taille et \
                 l’empreinte SHA-256, et dit si le dépôt est en avance ou en retard. Un lien n’est jamais ouvert.",
            )
            .param(named::livrable())
            .param(ParamSpec::new(FICHIER, "Fichier à déposer", ParamKind::Attachment))
            .param(ParamSpec::new(LIEN, "Adresse d’une page à déposer, au lieu d’un fichier", ParamKind::Text))
            .param(which::equipe())
            .example(
                Invocation::new(Self::PATH).with(named::LIVRABLE, "L2").with(LIEN, "https://forge.exemple.fr/equipe/depot"),
            )
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let file = match invocation.args.get(FICHIER) {
            Some(Value::Attachment(file)) => Some(file.clone()),
            _ => None,
        };
        let link = invocation.text(LIEN).filter(|link| !link.trim().is_empty());
        let given = match (file, link) {
            (Some(file), None) => Given::File(file),
            (None, Some(link)) => Given::Link(Link::read(link).map_err(|wrong| Problem::misread(wrong.to_string()))?),
            (None, None) => return Err(Problem::Misread(views::deliverable::neither())),
            (Some(_), Some(_)) => return Err(Problem::Misread(views::deliverable::one_of_two())),
        };
        let deliverable = params::text(invocation, named::LIVRABLE)?;
        Ok(Self { deliverable, given, team: invocation.text(which::EQUIPE).map(str::to_owned) })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), Self::DEED).await?;
        let deliverable = super::deliverable(context, &meant, &self.deliverable).await?;
        let handed_in = match self.given {
            Given::File(file) => {
                let kept = kept(context, &file).await?;
                // A file takes long to come: the brief may be over by now, or whoever hands it in no longer in the team.
                which::team(context, Some(&meant.value()), Self::DEED).await?;
                kept
            }
            Given::Link(link) => HandedIn::Link(link),
        };
        let mut write = context.write().await?;
        let handin = match write.hand_in(deliverable.key, &handed_in).await? {
            HandingIn::Kept(handin) => handin,
            HandingIn::Full(most) => return Err(Problem::Refused(views::deliverable::full(most))),
            HandingIn::Gone => return Err(Problem::Refused(views::deliverable::gone())),
        };
        write.journal("deliverable.handed_in", &super::about(&deliverable)).await?;
        write.commit().await?;
        let by = super::name_of(context, handin.person).await?;
        let receipt = views::deliverable::receipt(&meant.whose(context)?, &deliverable, &handin, &by);
        Ok(meant.among(context, receipt))
    }
}

/// A file, put on the disk.
async fn kept(context: &Context, file: &Attachment) -> Result<HandedIn, Problem> {
    let files = context.cabinet.files()?;
    let most = files.most().0;
    let bytes = context.files.read(file, most).await?;
    if bytes.is_empty() {
        return Err(Problem::Refused(views::deliverable::empty_file()));
    }
    let (sha256, size) = files.keep(bytes, context.now).await.map_err(|error| match error {
        FileError::TooLarge { .. } => Problem::Refused(views::problem::file_too_large(most)),
        error => Problem::Fault(error.to_string()),
    })?;
    let media_type = file.media_type.clone().filter(|kind| kind.len() <= MEDIA_TYPE && kind.is_ascii());
    Ok(HandedIn::File { name: FileName::of(&file.name), media_type, size, sha256 })
}
