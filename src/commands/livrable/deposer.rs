//! `/livrable deposer`: a link or a file becomes a version of a deliverable, with a receipt.
//!
//! A link is never fetched. Whether there is room for a file is asked before it is fetched, by the size that its network
//! announces; again before it is put on the disk, by its own; and once more in the transaction, where it is certain. It is on
//! the disk before its row is committed: should the commit fail, or the brief be over by then, a sweep removes it.

use super::named;
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, params, which};
use crate::domain::handin::{FileName, Link, Room, Size};
use crate::domain::key::DeliverableKey;
use crate::domain::permission::Deed;
use crate::store::{FileError, Files, HandedIn, HandingIn};
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
                let files = context.cabinet.files()?;
                see_room(context, &files, deliverable.key, Size(file.size)).await?;
                let bytes = context.files.read(&file, files.most().0).await?;
                if bytes.is_empty() {
                    return Err(Problem::Refused(views::deliverable::empty_file()));
                }
                see_room(context, &files, deliverable.key, size_of(&bytes)).await?;
                kept(context, &files, &file, bytes).await?
            }
            Given::Link(link) => HandedIn::Link(link),
        };
        let mut write = meant.write(context).await?;
        if let HandedIn::File { size, .. } = &handed_in {
            let room = write.room_for(deliverable.key, *size, context.cabinet.quotas()).await?;
            roomy(room, *size)?;
        }
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

fn size_of(bytes: &[u8]) -> Size {
    Size(u64::try_from(bytes.len()).unwrap_or(u64::MAX))
}

/// Goes on where there is room for one more version of this size: for the team, for the space, on the disk.
async fn see_room(context: &Context, files: &Files, deliverable: DeliverableKey, given: Size) -> Result<(), Problem> {
    files.see_room(given).await.map_err(|error| unkept(files, error))?;
    roomy(context.scope()?.room_for(deliverable, given, context.cabinet.quotas()).await?, given)
}

/// Goes on where there is room.
fn roomy(room: Room, given: Size) -> Result<(), Problem> {
    Err(Problem::Refused(match room {
        Room::Free => return Ok(()),
        Room::Versions(most) => views::deliverable::full(most),
        Room::Team { kept, most } => views::deliverable::team_full(given, kept, most),
        Room::Space { most } => views::deliverable::space_full(most),
        Room::Gone => views::deliverable::gone(),
    }))
}

/// A file, put on the disk.
async fn kept(context: &Context, files: &Files, file: &Attachment, bytes: Vec<u8>) -> Result<HandedIn, Problem> {
    let (sha256, size) = files.keep(bytes, context.now).await.map_err(|error| unkept(files, error))?;
    let media_type = file.media_type.clone().filter(|kind| kind.len() <= MEDIA_TYPE && kind.is_ascii());
    Ok(HandedIn::File { name: FileName::of(&file.name), media_type, size, sha256 })
}

/// Why a file isn't kept.
fn unkept(files: &Files, error: FileError) -> Problem {
    match error {
        FileError::TooLarge { .. } => Problem::Refused(views::problem::file_too_large(files.most().0)),
        error @ FileError::Full { .. } => {
            // The operator's to mend, and soon.
            tracing::error!(%error, "a file that was to be handed in was refused");
            Problem::Refused(views::deliverable::disk_full())
        }
        error => Problem::Fault(error.to_string()),
    }
}
