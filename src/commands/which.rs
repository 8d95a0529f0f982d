//! Which brief and which team are meant: named, or told by the room and by who asks.
//!
//! Nothing is guessed where two could be meant: the refusal names them.

use super::context::{Context, Problem};
use super::here::Here;
use crate::domain::key::TeamKey;
use crate::domain::permission::{Deed, Hat, Hats, Leave};
use crate::store::{Brief, BriefState, Rank, Scope, Store, StoreError, Team, TeamState, Write};
use crate::views;
use std::collections::{BTreeSet, HashMap};
use vigie_chat::limits::{MOST_OPTIONS, WORDS};
use vigie_chat::{CompletionQuery, ParamKind, ParamSpec, Suggestion, folded};

/// The parameter that names a brief.
pub(super) const SUJET: &str = "sujet";
/// The parameter that names a team.
pub(super) const EQUIPE: &str = "equipe";

/// Most words that are looked for in a name: the longest title has fewer.
const WORDS_OF_A_NAME: usize = 50;

/// The optional parameter that names a brief.
pub(super) fn sujet() -> ParamSpec {
    ParamSpec::new(SUJET, "Numéro ou titre du sujet\u{a0}; à défaut, le vôtre", ParamKind::Text).completed()
}

/// The optional parameter that names a team.
pub(super) fn equipe() -> ParamSpec {
    ParamSpec::new(EQUIPE, "Numéro ou nom de l’équipe\u{a0}; à défaut, la vôtre", ParamKind::Text).completed()
}

/// A team, the brief it works on, and as whom whoever asks acts towards it.
#[derive(Debug, Clone)]
pub(super) struct Meant {
    pub(super) team: Team,
    pub(super) brief: Brief,
    pub(super) hats: Hats,
    /// What they are about to do.
    deed: Deed,
}

impl Meant {
    /// The team as a value of [`EQUIPE`], the same wherever it is said.
    pub(super) fn value(&self) -> String {
        let number = self.team.number;
        self.brief.number.map_or_else(|| number.to_string(), |brief| format!("{brief}.{number}"))
    }

    /// Whether whoever asks may change the team's work, as it is now.
    pub(super) fn leave(&self) -> Leave {
        let is_over = self.brief.state == BriefState::Closed || self.team.state == TeamState::Dissolved;
        if !is_over && self.hats.may(Deed::ChangeWork) { Leave::May } else { Leave::MayNot }
    }

    /// Begins to change something of the team: everything that was read of it before may be otherwise by now, so that what
    /// lets whoever asks do it is asked again in the transaction, where it stays so.
    ///
    /// # Errors
    ///
    /// [`Problem::Refused`]: they no longer have a seat in it, or it is over.
    pub(super) async fn write<'a>(&self, context: &'a Context) -> Result<Write<'a>, Problem> {
        Ok(self.begin(context).await?.0)
    }

    /// The same, with what they are in the team by then.
    ///
    /// # Errors
    ///
    /// Those of [`Self::write`].
    pub(super) async fn begin<'a>(&self, context: &'a Context) -> Result<(Write<'a>, Option<Rank>), Problem> {
        let mut write = context.write().await?;
        let rank = match write.may_work(self.team.key).await? {
            Ok(rank) => rank,
            // What a closed brief doesn't freeze needs no seat either.
            Err(_) if !changes(self.deed) => return Ok((write, None)),
            Err(_) => return Err(Problem::Refused(views::which::closed(&self.brief))),
        };
        let hats = context.here()?.hats.clone();
        context.allow(&if rank.is_some() { hats.and(Hat::Teammate) } else { hats }, self.deed)?;
        Ok((write, rank))
    }
}

/// The brief that is meant: the one named; else that of the room or of the person's team; else the only open one.
///
/// # Errors
///
/// [`Problem::Refused`] with the briefs that could be meant.
pub(super) async fn brief(context: &Context, name: Option<&str>) -> Result<Brief, Problem> {
    let scope = context.scope()?;
    let all = scope.briefs().await?;
    if let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) {
        let found = named_brief(&all, name);
        return match found.as_slice() {
            [one] => Ok((*one).clone()),
            [] => Err(Problem::Refused(views::which::no_such_brief(name, &all))),
            several => Err(Problem::Refused(views::which::several_briefs(several))),
        };
    }
    let origin = &context.origin;
    let here = |brief: &&Brief| {
        brief.room.as_ref().is_some_and(|(connector, room)| *connector == origin.connector && *room == origin.room.id)
    };
    let open: Vec<&Brief> = all.iter().filter(|brief| brief.state == BriefState::Published).collect();
    if let [only] = open.iter().copied().filter(here).collect::<Vec<_>>().as_slice() {
        return Ok((*only).clone());
    }
    let theirs: Vec<&Brief> = {
        let teams = scope.teams_of(context.here()?.person).await?;
        let worked_on =
            |brief: &&Brief| teams.iter().any(|team| team.brief == brief.key && team.state == TeamState::Active);
        open.iter().copied().filter(worked_on).collect()
    };
    match (theirs.as_slice(), open.as_slice(), all.as_slice()) {
        ([one], ..) | ([], [one], _) => Ok((*one).clone()),
        ([], [], [one]) => Ok(one.clone()),
        ([], [], []) => Err(Problem::Refused(views::which::no_brief())),
        ([], [], several) => Err(Problem::Refused(views::which::several_briefs(&several.iter().collect::<Vec<_>>()))),
        ([], several, _) | (several, ..) => Err(Problem::Refused(views::which::several_briefs(several))),
    }
}

/// The team that is meant, for a deed that whoever asks may do towards it: the one named; else that of the room; else the
/// only one in which they have a seat.
///
/// # Errors
///
/// [`Problem::Refused`]: no such team, several, or not for them.
pub(super) async fn team(context: &Context, name: Option<&str>, deed: Deed) -> Result<Meant, Problem> {
    team_of(context, None, name, deed).await
}

/// The same for a team that is named within a brief, if one is named too.
///
/// # Errors
///
/// Those of [`team`].
pub(super) async fn team_of(
    context: &Context,
    sujet: Option<&str>,
    name: Option<&str>,
    deed: Deed,
) -> Result<Meant, Problem> {
    let (here, scope) = (context.here()?, context.scope()?);
    let named = name.map(str::trim).filter(|name| !name.is_empty());
    let team = if let Some(name) = named {
        let (of_brief, name) = numbers(name);
        let brief = brief(context, of_brief.or(sujet)).await?;
        let teams = scope.teams(brief.key).await?;
        match named_team(&teams, name).as_slice() {
            [one] => (*one).clone(),
            // Of the teams of others nothing is told but to those who see them all.
            [] => return Err(Problem::Refused(views::which::no_such_team(name, &teams))),
            several => return Err(Problem::Refused(views::which::several_teams(several))),
        }
    } else if let Some(team) = scope.team_in_room(&context.origin.connector, &context.origin.room.id).await? {
        team
    } else {
        own_team(context).await?
    };
    let brief = scope.brief(team.brief).await?.ok_or_else(|| Problem::Refused(views::which::no_brief()))?;
    let hats = towards(here, &team);
    context.allow(&hats, deed)?;
    if changes(deed) && (brief.state == BriefState::Closed || team.state == TeamState::Dissolved) {
        return Err(Problem::Refused(views::which::closed(&brief)));
    }
    Ok(Meant { team, brief, hats, deed })
}

/// Whether a deed changes what a closed brief has frozen.
fn changes(deed: Deed) -> bool {
    matches!(deed, Deed::ChangeWork | Deed::RunTeam | Deed::PlacePeople)
}

/// As whom somebody acts towards a team.
pub(super) fn towards(here: &Here, team: &Team) -> Hats {
    let hats = here.hats.clone();
    if team.members.iter().any(|member| member.person == here.person) { hats.and(Hat::Teammate) } else { hats }
}

/// The only team in which whoever asks has a seat.
async fn own_team(context: &Context) -> Result<Team, Problem> {
    let (here, scope) = (context.here()?, context.scope()?);
    let all = scope.teams_of(here.person).await?;
    let open = scope.briefs().await?;
    let at_work = |team: &&Team| {
        team.state == TeamState::Active
            && open.iter().any(|brief| brief.key == team.brief && brief.state == BriefState::Published)
    };
    let working: Vec<&Team> = all.iter().filter(at_work).collect();
    let all: Vec<&Team> = all.iter().collect();
    match (working.as_slice(), all.as_slice()) {
        ([one], _) | ([], [one]) => Ok((*one).clone()),
        ([], []) if here.hats.may(Deed::FollowTeams) => Err(Problem::Refused(views::which::name_a_team())),
        ([], []) => Err(Problem::Refused(views::which::no_team())),
        ([], several) | (several, _) => Err(Problem::Refused(views::which::several_teams(several))),
    }
}

/// A brief's number before a team's, as completion writes it where there are several briefs: `2.3`.
pub(super) fn numbers(name: &str) -> (Option<&str>, &str) {
    match name.split_once('.') {
        Some((brief, team)) if [brief, team].iter().all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())) => {
            (Some(brief), team)
        }
        _ => (None, name),
    }
}

fn named_brief<'a>(all: &'a [Brief], name: &str) -> Vec<&'a Brief> {
    if let Ok(number) = name.trim_start_matches('#').parse::<i64>() {
        return all.iter().filter(|brief| brief.number == Some(number)).collect();
    }
    let wanted = folded(name);
    by_words(all, &wanted, |brief| folded(&brief.title))
}

fn named_team<'a>(all: &'a [Team], name: &str) -> Vec<&'a Team> {
    called(all, name, |team| (team.number, &team.name))
}

/// What has this number, else this name or all of its words.
fn called<'a, T>(all: &'a [T], name: &str, says: impl Fn(&T) -> (i64, &String)) -> Vec<&'a T> {
    if let Ok(number) = name.trim_start_matches('#').parse::<i64>() {
        return all.iter().filter(|team| says(team).0 == number).collect();
    }
    let wanted = folded(name);
    let wanted = wanted.strip_prefix("equipe ").unwrap_or(&wanted);
    by_words(all, wanted, |team| folded(says(team).1))
}

/// What has exactly this name, else what has all of its words.
fn by_words<'a, T>(all: &'a [T], wanted: &str, name: impl Fn(&T) -> String) -> Vec<&'a T> {
    let names: Vec<(String, &T)> = all.iter().map(|one| (name(one), one)).collect();
    let having = |has: &dyn Fn(&str) -> bool| names.iter().filter(|(name, _)| has(name)).map(|(_, one)| *one).collect();
    let exact: Vec<&T> = having(&|name| name == wanted);
    if !exact.is_empty() {
        return exact;
    }
    let words: BTreeSet<&str> = wanted.split_whitespace().take(WORDS_OF_A_NAME + 1).collect();
    if words.is_empty() || words.len() > WORDS_OF_A_NAME {
        return Vec::new();
    }
    having(&|name| words.iter().all(|word| name.contains(word)))
}

/// What could be meant by what is typed so far of a brief or a team. Nobody is shown a team whose work they may not see,
/// unless it is to join one.
///
/// # Errors
///
/// [`StoreError`].
pub(super) async fn complete(
    param: &str,
    typed: &str,
    deed: Deed,
    (here, store): (&Here, &Store),
) -> Result<Vec<Suggestion>, StoreError> {
    let scope = store.of(here.tenant);
    let briefs = scope.briefs().await?;
    let typed = folded(typed);
    if param == SUJET {
        let lines = briefs.iter().filter_map(|brief| Some((brief.number?.to_string(), brief.title.clone())));
        return Ok(suggestions(lines, &typed));
    }
    let open: HashMap<_, _> = briefs
        .iter()
        .filter(|brief| brief.state == BriefState::Published)
        .filter_map(|brief| Some((brief.key, brief.number?)))
        .collect();
    let value = |brief: i64, team: i64| if open.len() == 1 { team.to_string() } else { format!("{brief}.{team}") };
    // A reminder of one's own names a team that one may read.
    let deed = if deed == Deed::OwnThings { Deed::ReadWork } else { deed };
    if matches!(deed, Deed::FoundTeam | Deed::ReadBriefs) || here.hats.may(deed) {
        let all = scope.open_teams().await?.into_iter();
        return Ok(suggestions(all.map(|team| (value(team.brief, team.number), team.name)), &typed));
    }
    let mut theirs = scope.teams_of(here.person).await?;
    theirs.retain(|team| team.state == TeamState::Active && towards(here, team).may(deed));
    let theirs = theirs.into_iter().filter_map(|team| Some((value(*open.get(&team.brief)?, team.number), team.name)));
    Ok(suggestions(theirs, &typed))
}

/// The teams that a value of [`EQUIPE`] may name, among those at work on an open brief.
///
/// # Errors
///
/// [`StoreError`].
pub(super) async fn open_named(scope: &Scope<'_>, value: &str) -> Result<Vec<TeamKey>, StoreError> {
    let (of_brief, name) = numbers(value);
    let mut all = scope.open_teams().await?;
    all.retain(|team| of_brief.is_none_or(|number| team.brief.to_string() == number));
    Ok(called(&all, name, |team| (team.number, &team.name)).into_iter().map(|team| team.key).collect())
}

/// The team in which something is completed, if whoever types may read its work.
///
/// # Errors
///
/// [`StoreError`].
pub(super) async fn team_of_query(
    query: &CompletionQuery,
    (here, store): (&Here, &Store),
) -> Result<Option<Team>, StoreError> {
    let scope = store.of(here.tenant);
    let teams = match query.invocation.text(EQUIPE).map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => {
            let named = open_named(&scope, name).await?;
            match named.as_slice() {
                [only] => scope.team(*only).await?.into_iter().collect(),
                // Of several, the one that is theirs, unless they see them all.
                several if !here.hats.may(Deed::ReadWork) => {
                    let theirs = scope.teams_of(here.person).await?;
                    theirs.into_iter().filter(|team| several.contains(&team.key)).collect()
                }
                _ => Vec::new(),
            }
        }
        None => match scope.team_in_room(&query.origin.connector, &query.origin.room.id).await? {
            Some(team) => vec![team],
            None => scope.teams_of(here.person).await?,
        },
    };
    let mut theirs = teams.into_iter().filter(|team| towards(here, team).may(Deed::ReadWork));
    // Where two could be meant, neither is shown.
    Ok(theirs.next().filter(|_| theirs.next().is_none()))
}

pub(super) fn suggestions(lines: impl IntoIterator<Item = (String, String)>, typed: &str) -> Vec<Suggestion> {
    let lines = lines.into_iter().map(|(value, name)| (format!("{value} — {name}"), value));
    lines
        .filter(|(label, _)| folded(label).contains(typed))
        .map(|(label, value)| Suggestion { label: views::words::shortened(&label, WORDS), value })
        .take(MOST_OPTIONS)
        .collect()
}
