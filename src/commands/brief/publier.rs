//! `/brief publier`: reads a brief, shows what was understood, and publishes it once its author says so.

use super::drafts::{self, Kept, Working};
use super::world::Reader;
use super::{announcing, show};
use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::domain::brief::{Brief, DefaultUsed, NotText, ReferentielChoice, decode, limits, missing, with_defaults};
use crate::domain::key::BriefKey;
use crate::domain::permission::Deed;
use crate::store::{Acting, Begun, Publishing, Revising};
use crate::views;
use crate::views::brief::Where;
use vigie_chat::{Attachment, CommandSpec, Draft, Invocation, ParamKind, ParamSpec, Room, RoomKind, SendError, Text};

/// The parameter that names a draft.
pub(super) const BROUILLON: &str = "brouillon";
/// The version of the draft that was seen. A brief that is pasted may say « Version : 2 », so the word is another.
const RELUE: &str = "relue";
const TEXTE: &str = "texte";
const FICHIER: &str = "fichier";
const SALON: &str = "salon";

/// The parameter that names a draft, and whatever else is a number that the store gave.
pub(super) fn number(name: &str, summary: &str) -> ParamSpec {
    ParamSpec::new(name, summary, ParamKind::Integer { min: 0, max: 1 << 53 })
}

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Publier {
    texte: Option<String>,
    fichier: Option<Attachment>,
    brouillon: Option<i64>,
    version: Option<i64>,
    salon: Option<Room>,
}

impl Command for Publier {
    const PATH: &'static str = "brief publier";
    const DEED: Deed = Deed::WriteBriefs;

    fn spec() -> CommandSpec {
        CommandSpec::new("publier", "Lit un sujet de MSPR, montre ce qui est compris, et le publie une fois confirmé")
            .details(
                "Joignez le sujet tel que vous l’avez écrit, en texte (.txt) ou en Markdown (.md), d’un Mo au plus\u{a0}: \
                 les titres et l’ordre des parties sont libres. Rien n’est publié avant votre confirmation.",
            )
            .private()
            .param(ParamSpec::new(TEXTE, "Le sujet lui-même, collé ici plutôt que joint", ParamKind::Text))
            .param(ParamSpec::new(FICHIER, "Le sujet, en texte ou en Markdown, 1\u{a0}Mo au plus", ParamKind::Attachment))
            .param(ParamSpec::new(SALON, "Salon où l’annoncer\u{a0}; à défaut, celui-ci", ParamKind::Room))
            .param(number(BROUILLON, "Numéro d’un de vos brouillons, pour le reprendre"))
            .param(number(RELUE, "Version du brouillon que vous avez relue"))
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(BROUILLON, 12))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self {
            texte: invocation.text(TEXTE).map(str::to_owned),
            fichier: invocation.attachment(FICHIER).cloned(),
            brouillon: invocation.integer(BROUILLON),
            version: invocation.integer(RELUE),
            salon: invocation.room(SALON).cloned(),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        if let Some(room) = &self.salon {
            let draft = match self.brouillon {
                Some(key) => drafts::find(context, key).await.ok(),
                None => None,
            };
            let place = (context.origin.connector.clone(), room.id.clone());
            if draft.is_none_or(|kept| kept.working.begun_in != Some(place)) {
                in_this_space(context, room).await?;
            }
        }
        let text = match (&self.fichier, self.texte) {
            (Some(file), _) => Some(attached(context, file).await?),
            (None, Some(typed)) => Some(decode(typed.as_bytes()).map_err(not_text)?),
            (None, None) => None,
        };
        let salon = self.salon.as_ref();
        match (text, self.brouillon, salon) {
            (Some(text), ..) => {
                let understood = Reader::of(context)?.understood(text).await?;
                let kept = drafts::keep(context, None, Working::new(understood).begun_where(context)).await?;
                show(context, &kept, salon).await
            }
            (None, Some(key), Some(room)) => publish(context, key, self.version, room).await,
            (None, Some(key), None) => show(context, &drafts::find(context, key).await?, None).await,
            (None, None, _) => {
                let drafts = context.scope()?.drafts(context.here()?.person).await?;
                Ok(views::brief::how_to_begin(&drafts))
            }
        }
    }
}

/// The text of a file. One that its name tells to be no text isn't fetched.
pub(super) async fn attached(context: &Context, file: &Attachment) -> Result<String, Problem> {
    let most = u64::try_from(limits::FILE_BYTES).unwrap_or(u64::MAX);
    decode(&context.files.read(file, most).await?).map_err(not_text)
}

fn not_text(error: NotText) -> Problem {
    Problem::refused(error.to_string())
}

/// Lets a brief be announced in a room of the space of whoever asks, and in no other. The store knows the rooms that joined
/// a space and those where something of the space was announced; for another, it must be asked from that room.
async fn in_this_space(context: &Context, room: &Room) -> Result<(), Problem> {
    let origin = &context.origin;
    if room.kind == RoomKind::Direct {
        return Err(Problem::Refused(views::brief::not_in_private()));
    }
    let is_here = room.id == origin.room.id && origin.room.kind == RoomKind::Shared;
    if is_here && origin.space.is_some() {
        return Ok(());
    }
    let known = context.store.space_of(&origin.connector, &room.id).await?;
    let scope = context.scope()?;
    let same = if let (Some(space), Some(here)) = (known, &origin.space) {
        space == *here
    } else {
        let place = (origin.connector.clone(), room.id.clone());
        let briefs = scope.briefs().await?;
        briefs.iter().any(|brief| brief.room.as_ref() == Some(&place))
            || scope.team_in_room(&place.0, &place.1).await?.is_some()
    };
    if same { Ok(()) } else { Err(Problem::Refused(views::brief::room_elsewhere())) }
}

/// Publishes a draft as its author saw it, and announces it.
async fn publish(context: &Context, key: i64, seen: Option<i64>, room: &Room) -> Result<Draft, Problem> {
    let kept = match drafts::find(context, key).await {
        Ok(kept) => kept,
        // Published already, by a button that was pressed twice: its announcement may still be missing.
        Err(Problem::Refused(sentence)) => return announced_late(context, key, sentence).await,
        Err(problem) => return Err(problem),
    };
    if kept.working.amends.is_some() || seen.is_some_and(|seen| seen != kept.version) {
        return show(context, &kept, Some(room)).await;
    }
    let (brief, _) = completed(context, kept.working.brief.clone());
    if !missing(&brief).is_empty() {
        return show(context, &kept, Some(room)).await;
    }
    let says = drafts::json(&brief)?;
    let mut write = context.write().await?;
    let revised = write.new_version(kept.key, kept.version, drafts::text(&says, &brief)).await?;
    let Revising::Written { version: from } = revised else {
        return Err(Problem::Refused(views::brief::draft_changed(kept.key)));
    };
    let connector = &context.origin.connector;
    let number = match write.publish(kept.key, from, connector, &room.id).await? {
        Publishing::Published { number } | Publishing::Already { number } => number,
        Publishing::Changed { .. } => return Err(Problem::Refused(views::brief::draft_changed(kept.key))),
        Publishing::NotThere => return Err(Problem::Refused(views::brief::no_such_draft())),
    };
    write.commit().await?;
    announce(context, &kept, &brief, (number, room)).await
}

/// What is left open, filled in from the référentiel.
pub(super) fn completed(context: &Context, brief: Brief) -> (Brief, Vec<DefaultUsed>) {
    let known = match &brief.referentiel {
        Some(ReferentielChoice::Known(slug)) => context.library.referentiel(slug),
        _ => None,
    };
    match known {
        Some(referentiel) => with_defaults(brief, referentiel),
        None => (brief, Vec::new()),
    }
}

/// Announces what was just published, and notes by which message.
async fn announce(context: &Context, kept: &Kept, brief: &Brief, to: (i64, &Room)) -> Result<Draft, Problem> {
    let (number, room) = to;
    let here = context.here()?;
    let place = (context.origin.connector.clone(), room.id.clone());
    let key = format!("brief {} {}", here.tenant.0, kept.key.0);
    let draft = announcing::announcement(context, brief, number);
    let dated = announcing::with_calendar(context, kept.key, draft.clone()).await;
    let announced = match context.announce(&place, dated, &key).await {
        // Where no files may be sent, the words are what matters.
        Err(SendError::Forbidden(_) | SendError::TooLarge(_)) => context.announce(&place, draft, &key).await,
        announced => announced,
    };
    match announced {
        Ok(message) => {
            // The event has done its work; this notes what came of it.
            let acting = Acting { tenant: here.tenant, person: here.person, now: context.now, cause: None };
            if let Begun::New(mut write) = context.store.write(&acting).await? {
                write.announced(kept.key, &place.0, &message).await?;
                write.commit().await?;
            }
            let place_said = if room.id == context.origin.room.id { Where::Here } else { Where::InItsRoom };
            let draft = views::brief::is_published(number, &brief.title, place_said);
            Ok(views::brief::linked(draft, context.link_to(&place.0, &message)))
        }
        Err(error) => {
            tracing::warn!(%error, "a brief could not be announced");
            Ok(views::brief::is_unannounced(number, kept.key, room))
        }
    }
}

/// Announces a brief that was published when its network failed. `otherwise` is what is said where there is none.
async fn announced_late(context: &Context, key: i64, otherwise: Text) -> Result<Draft, Problem> {
    let scope = context.scope()?;
    let brief = scope.brief(BriefKey(key)).await?;
    let brief = brief.filter(|brief| context.here.as_ref().is_some_and(|here| here.person == brief.author));
    let Some((brief, number)) = brief.and_then(|brief| brief.number.map(|number| (brief, number))) else {
        return Err(Problem::Refused(otherwise));
    };
    let Some((_, room)) = brief.room.clone().filter(|_| brief.message.is_none()) else {
        let draft = views::brief::is_published(number, &brief.title, Where::InItsRoom);
        return Ok(views::brief::linked(draft, announcing::link(context, &brief)));
    };
    let says = drafts::in_force(context, &brief).await?;
    let kept = Kept { key: brief.key, version: brief.version, working: Working::default() };
    announce(context, &kept, &says, (number, &Room { id: room, kind: RoomKind::Shared })).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_chat::{Nobody, Reading, read};

    /// A text that is pasted after the command arrives as it is, whatever its lines say.
    #[test]
    fn what_is_pasted_keeps_its_lines() {
        let pasted =
            "# Titre : les pannes\n\n## Livrables\n- un rapport, 20 pages\n- une vidéo\nVersion : 2\nDurée : 24 h";
        let set = crate::commands::set();
        let Reading::Command(invocation) = read(&set, &format!("/brief publier {pasted}"), &Nobody, &[]) else {
            panic!("it is read as the command")
        };
        assert_eq!(invocation.text(TEXTE), Some(pasted));
        assert_eq!(invocation.args.len(), 1, "{invocation:?}");
    }
}
