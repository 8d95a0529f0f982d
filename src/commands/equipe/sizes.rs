//! What a brief says, and how many people it has in a team.

use crate::commands::context::{Context, Problem};
use crate::domain::brief::{Brief as Content, ReferentielChoice, with_defaults};
use crate::domain::team::TeamSize;
use crate::store::Brief;

/// Who gives a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The team itself: the tolerance for an odd class isn't theirs to take.
    Team,
    /// A trainer, who knows the class.
    Trainer,
}

/// What the version in force of a brief says, with what its référentiel says where it says nothing.
///
/// # Errors
///
/// [`Problem::Fault`] when what is kept can't be read.
pub(in crate::commands) async fn content(context: &Context, brief: &Brief) -> Result<Content, Problem> {
    let version = context.scope()?.brief_version(brief.key, brief.version).await?;
    let version = version.ok_or_else(|| Problem::Fault("the version in force of a brief isn't there".to_owned()))?;
    let says: Content = serde_json::from_str(&version.content)
        .map_err(|error| Problem::Fault(format!("a brief can't be read: {:?}", error.classify())))?;
    let ours = match &says.referentiel {
        Some(ReferentielChoice::Known(slug)) => context.library.referentiel(slug),
        _ => None,
    };
    Ok(match ours {
        Some(referentiel) => with_defaults(says, referentiel).0,
        None => says,
    })
}

/// The size of a brief's teams; that of all MSPR where it says none, or one that contradicts itself.
pub(super) fn size(content: &Content) -> TeamSize {
    let said = content.team.and_then(|size| TeamSize::new(size.least, size.most, size.most_if_odd).ok());
    said.unwrap_or_default()
}

/// Most people in a team, as the store asks for it.
pub(super) fn most(size: TeamSize, by: By) -> u16 {
    let most = match by {
        By::Team => size.most(),
        By::Trainer => size.most_if_odd().unwrap_or(size.most()),
    };
    u16::try_from(most).unwrap_or(u16::MAX)
}
