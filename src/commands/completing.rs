//! Completion of what is within a team's work: its deliverables, the criteria of its grid.
//!
//! Nothing is suggested of a team whose work whoever types may not see: which team is meant is found as for the command, but
//! where it can't be told, or isn't theirs, nothing is said.

use super::here::Here;
use super::{grille, livrable, which};
use crate::domain::permission::Deed;
use crate::library::Library;
use crate::store::{BriefState, Scope, Store, StoreError, Team, TeamState};
use crate::views::words;
use vigie_chat::limits::{MOST_OPTIONS, WORDS};
use vigie_chat::{CompletionQuery, Suggestion, folded};

/// What could be meant.
///
/// # Errors
///
/// [`StoreError`].
pub(super) async fn complete(
    query: &CompletionQuery,
    deed: Deed,
    library: &Library,
    (here, store): (&Here, &Store),
) -> Result<Vec<Suggestion>, StoreError> {
    let scope = store.of(here.tenant);
    let Some(team) = team(query, here, &scope).await? else { return Ok(Vec::new()) };
    if !which::towards(here, &team).may(deed) {
        return Ok(Vec::new());
    }
    let typed = folded(&query.typed);
    let lines: Vec<(String, String)> = if query.param == livrable::LIVRABLE {
        let all = scope.deliverables_of(team.key).await?;
        all.into_iter().map(|one| (format!("L{}", one.number), one.draft.title)).collect()
    } else {
        let Some(brief) = scope.brief(team.brief).await? else { return Ok(Vec::new()) };
        let grid = grille::grid_of(&scope, &brief, library).await?;
        grid.iter()
            .flat_map(crate::domain::grid::Grid::lines)
            .map(|line| (line.id.clone(), line.text.clone()))
            .collect()
    };
    let labels = lines.into_iter().map(|(value, name)| (format!("{value} — {name}"), value));
    let found = labels.filter(|(label, _)| folded(label).contains(&typed));
    let suggested = found.map(|(label, value)| Suggestion { label: words::shortened(&label, WORDS), value });
    Ok(suggested.take(MOST_OPTIONS).collect())
}

/// The team that is meant, if it can be told: the one named so far, else that of the room, else the person's only one.
async fn team(query: &CompletionQuery, here: &Here, scope: &Scope<'_>) -> Result<Option<Team>, StoreError> {
    if let Some(named) = query.invocation.text(which::EQUIPE).map(str::trim).filter(|named| !named.is_empty()) {
        return match which::open_named(scope, named).await?.as_slice() {
            [only] => scope.team(*only).await,
            _ => Ok(None),
        };
    }
    if let Some(team) = scope.team_in_room(&query.origin.connector, &query.origin.room.id).await? {
        return Ok(Some(team));
    }
    let open = scope.briefs().await?.into_iter().filter(|brief| brief.state == BriefState::Published);
    let open: Vec<_> = open.map(|brief| brief.key).collect();
    let mut theirs = scope.teams_of(here.person).await?;
    theirs.retain(|team| team.state == TeamState::Active && open.contains(&team.brief));
    Ok(if theirs.len() == 1 { theirs.pop() } else { None })
}
