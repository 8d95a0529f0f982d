//! Calendar files that come with answers, and the calendar of a feed: what is read for them.
//!
//! A team's and a brief's are shared: no alarm, nothing of anybody's own (see `calendar`). A person's is read by
//! `app::web` for whoever has its address.

use super::context::{Context, Problem};
use super::which::Meant;
use crate::calendar::{BriefDates, Calendar, Mark, Own, Person, Reader, Refresh, Sitting, of_person, of_team};
use crate::domain::brief::Brief as Content;
use crate::domain::permission::Hat;
use crate::store::{Brief, Dated, FeedOf, Scope, Store, StoreError};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use vigie_chat::{AltText, Draft, File};

/// The media type of a calendar file.
const MEDIA_TYPE: &str = "text/calendar";

/// Former versions of a brief that are looked at for dates that it had.
const FORMER: usize = 20;

/// Teams of one person that their calendar tells of, those of the newest briefs.
const TEAMS: usize = 50;

/// An answer with the calendar of a team: its milestones, its deliverables, the deadline, its defence. Nothing is added
/// where nothing has a date.
///
/// # Errors
///
/// [`Problem::Fault`] when the store fails.
pub(super) async fn with_team(context: &Context, meant: &Meant, draft: Draft) -> Result<Draft, Problem> {
    let scope = context.scope()?;
    let brief = dates_of(scope, &meant.brief).await?;
    let dates = scope.dates_of(&[meant.team.key]).await?;
    let (usual, said_at) = (brief.usual(), brief.said_at);
    let reader = if meant.hats.wears(Hat::Teammate) { Reader::Teammate } else { Reader::Other };
    let own = Own { mark: brief.mark, team: &meant.team.name, brief: &meant.brief.title, usual, said_at, reader };
    let mut entries = of_team(own, &dates);
    entries.extend(brief.deadline());
    let calendar = Calendar { name: meant.team.name.clone(), entries, refresh: Refresh::Never };
    let whose = format!("l’équipe «\u{a0}{}\u{a0}»", meant.team.name);
    attached(draft, &calendar, (format!("planning-equipe-{}.ics", meant.team.number), &whose))
}

/// An answer, or an announcement, with the calendar of a brief as its version in force says it.
///
/// # Errors
///
/// [`Problem::Fault`] when the store fails.
pub(super) async fn with_brief(context: &Context, brief: &Brief, draft: Draft) -> Result<Draft, Problem> {
    let dates = dates_of(context.scope()?, brief).await?;
    let calendar = Calendar { name: dates.says.title.clone(), entries: dates.all(), refresh: Refresh::Never };
    let number = brief.number.unwrap_or_default();
    attached(draft, &calendar, (format!("sujet-{number}.ics"), &format!("du sujet {number}")))
}

fn attached(draft: Draft, calendar: &Calendar, (name, whose): (String, &str)) -> Result<Draft, Problem> {
    if calendar.entries.is_empty() {
        return Ok(draft);
    }
    let of = if whose.starts_with("du ") { whose.to_owned() } else { format!("de {whose}") };
    let words = AltText::new(format!("Dates {of}, pour votre agenda"));
    let words = words.map_err(|error| Problem::Fault(error.to_string()))?;
    Ok(draft.file(File::new(name, MEDIA_TYPE, calendar.written(), words)))
}

/// The calendar of a person, over all their teams in the tenant. `standard` is the zone where nobody chose one.
///
/// # Errors
///
/// [`StoreError`].
pub async fn calendar_of(store: &Store, of: FeedOf, standard: &TimeZone) -> Result<Calendar, StoreError> {
    let scope = store.of(of.tenant);
    let mark = mark_of(scope).await?;
    let (known, wishes) = store.reminded(&[(of.tenant, of.person)].into()).await?;
    let recipient = known.into_values().next().unwrap_or_default();
    let mut teams = scope.teams_of(of.person).await?;
    teams.truncate(TEAMS);
    let keys: Vec<_> = teams.iter().map(|team| team.key).collect();
    let mut dates: BTreeMap<_, Vec<Dated>> = BTreeMap::new();
    for dated in scope.dates_of(&keys).await? {
        dates.entry(dated.team).or_default().push(dated);
    }
    let mut sittings = Vec::new();
    for team in teams {
        let Some(brief) = scope.brief(team.brief).await? else { continue };
        let cohort = brief.cohort;
        let dates = dates.remove(&team.key).unwrap_or_default();
        sittings.push(Sitting { team: team.name, brief: dates_of(scope, &brief).await?, cohort, dates });
    }
    let reminders = scope.reminders_for(of.person).await?;
    let person = Person { mark, key: of.person, wishes: &wishes, recipient: &recipient, standard };
    let entries = of_person(person, &sittings, &reminders);
    Ok(Calendar { name: "Vigie".to_owned(), entries, refresh: Refresh::Hourly })
}

async fn mark_of(scope: Scope<'_>) -> Result<Mark, StoreError> {
    Ok(Mark { tenant: scope.tenant(), made_at: scope.mark().await? })
}

/// What a brief lays down, and laid down. A version that can't be read, as one of a later program, says nothing.
async fn dates_of(scope: Scope<'_>, brief: &Brief) -> Result<BriefDates, StoreError> {
    let mut versions = scope.brief_versions(brief.key).await?;
    let newest = versions.pop();
    let read = |content: &str| serde_json::from_str::<Content>(content).unwrap_or_default();
    Ok(BriefDates {
        mark: mark_of(scope).await?,
        key: brief.key,
        version: newest.as_ref().map_or(brief.version, |version| version.version),
        says: newest.as_ref().map(|version| read(&version.content)).unwrap_or_default(),
        said_at: newest.map(|version| version.made_at).unwrap_or_default(),
        former: versions.iter().rev().take(FORMER).map(|version| read(&version.content)).collect(),
        closed_at: scope.closed_at(brief.key).await?,
    })
}
