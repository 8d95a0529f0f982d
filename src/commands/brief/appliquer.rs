//! `/brief appliquer`: puts a prepared change in force. The teams' dates that came from the brief follow, the announcement
//! says the new version, and every team is told once.
//!
//! A change that somebody else's overtook isn't lost, nor does it undo theirs: it is set on the newest version and shown
//! again, to be confirmed as it is now.

use super::announcing::{self, Renewed};
use super::drafts::{self, Kept};
use super::modifier::onto_newest;
use super::publier::number;
use super::show;
use crate::commands::context::{Context, Problem};
use crate::commands::elsewhere::Place;
use crate::commands::equip::{Equipped, equip};
use crate::commands::{Command, params, which};
use crate::domain::brief::{Brief, Change, difference, missing};
use crate::domain::permission::Deed;
use crate::store::{self, BriefState, Revising, Team};
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation};

/// The parameter that names the version that a change was made from.
const VERSION: &str = "version";

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Appliquer {
    sujet: String,
    version: i64,
}

impl Command for Appliquer {
    const PATH: &'static str = "brief appliquer";
    const DEED: Deed = Deed::WriteBriefs;

    fn spec() -> CommandSpec {
        CommandSpec::new("appliquer", "Met en vigueur un changement préparé avec «\u{a0}brief modifier\u{a0}»")
            .private()
            .param(which::sujet().required())
            .param(number(VERSION, "Version du sujet dont le changement est parti").required())
            .example(Invocation::new(Self::PATH).with(which::SUJET, "2").with(VERSION, 1))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let version = invocation.integer(VERSION).ok_or_else(|| Problem::misread(views::brief::which_version()))?;
        Ok(Self { sujet: params::text(invocation, which::SUJET)?, version })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let brief = which::brief(context, Some(&self.sujet)).await?;
        if brief.state == BriefState::Closed {
            return Err(Problem::Refused(views::which::closed(&brief)));
        }
        let number = brief.number.unwrap_or_default();
        let Some(kept) = drafts::amending(context, brief.key).await? else {
            return Err(Problem::Refused(views::brief::nothing_to_apply(number)));
        };
        let from = kept.working.amends.map_or(0, |amends| amends.from);
        if from != brief.version {
            return overtaken(context, &brief, kept).await;
        }
        let base = drafts::in_force(context, &brief).await?;
        let changes = difference(&base, &kept.working.brief);
        // What is confirmed is what was shown.
        if from != self.version || changes.is_empty() || !missing(&kept.working.brief).is_empty() {
            return show(context, &kept, None).await;
        }
        match put_in_force(context, &brief, &kept).await? {
            Applied::Overtaken => {
                let newest = context.scope()?.brief(brief.key).await?.unwrap_or(brief);
                overtaken(context, &newest, kept).await
            }
            Applied::Closed => Err(Problem::Refused(views::which::closed(&brief))),
            Applied::Done(teams) => Ok(told(context, &brief, &kept.working.brief, (&changes, teams)).await),
        }
    }
}

/// What comes of putting a change in force.
enum Applied {
    /// It is, and this is what it changed in each team.
    Done(Vec<(Team, Equipped)>),
    /// Somebody else's came first.
    Overtaken,
    /// The brief is over.
    Closed,
}

async fn put_in_force(context: &Context, brief: &store::Brief, kept: &Kept) -> Result<Applied, Problem> {
    let says = &kept.working.brief;
    let json = drafts::json(says)?;
    let teams = context.scope()?.teams(brief.key).await?;
    let mut write = context.write().await?;
    match write.new_version(brief.key, brief.version, drafts::text(&json, says)).await? {
        Revising::Written { .. } => {}
        Revising::Changed { .. } => return Ok(Applied::Overtaken),
        Revising::Closed => return Ok(Applied::Closed),
        Revising::NotThere => return Err(Problem::Refused(views::which::no_brief())),
    }
    let mut equipped = Vec::with_capacity(teams.len());
    for team in teams {
        let moved = equip(&mut write, team.key, says).await?;
        equipped.push((team, moved));
    }
    write.discard(kept.key).await?;
    write.commit().await?;
    Ok(Applied::Done(equipped))
}

/// A change that was made from an older version, set on the newest and shown again.
async fn overtaken(context: &Context, brief: &store::Brief, kept: Kept) -> Result<Draft, Problem> {
    let versions = context.scope()?.brief_versions(brief.key).await?;
    let author = versions.last().map(|version| version.author);
    let by = match author {
        Some(author) => context.scope()?.person(author).await?.and_then(|person| person.name),
        None => None,
    };
    let (working, both) = onto_newest(context, brief, kept.working).await?;
    let kept = drafts::keep(context, Some((kept.key, kept.version)), working).await?;
    let draft = show(context, &kept, None).await?;
    Ok(views::brief::overtaken(draft, by.as_deref(), &both))
}

/// Has the announcement say the new version, tells every team once, and answers.
async fn told(
    context: &Context,
    brief: &store::Brief,
    says: &Brief,
    (changes, teams): (&[Change], Vec<(Team, Equipped)>),
) -> Draft {
    let number = brief.number.unwrap_or_default();
    let renewed = announcing::renew(context, brief, announcing::announcement(context, says, number)).await;
    let count = teams.len();
    let news = news(context, brief, changes, teams);
    let unsaid = context.tell_all(news).await;
    let announced =
        if renewed == Renewed::Edited { views::brief::Announced::Renewed } else { views::brief::Announced::Former };
    views::brief::applied((number, brief.version + 1), (count, unsaid), announced)
}

/// One message for each team that has a room, and one in the room of the brief for all others.
fn news(
    context: &Context,
    brief: &store::Brief,
    changes: &[Change],
    teams: Vec<(Team, Equipped)>,
) -> Vec<(Place, Draft, String)> {
    let (tenant, version) = (context.here.as_ref().map_or(0, |here| here.tenant.0), brief.version + 1);
    let number = brief.number.unwrap_or_default();
    let key = |whose: String| format!("brief {tenant} {} v{version} {whose}", brief.key.0);
    let mut news = Vec::new();
    let mut roomless = Vec::new();
    for (team, moved) in teams {
        match &team.room {
            Some(room) => {
                let draft = views::brief::news((number, &brief.title), changes, &moved_in(&moved));
                let draft = views::brief::linked(draft, announcing::link(context, brief));
                news.push((room.clone(), draft, key(format!("team {}", team.key.0))));
            }
            None => roomless.push(team),
        }
    }
    if let (Some(room), false) = (&brief.room, roomless.is_empty()) {
        let names: Vec<&str> = roomless.iter().map(|team| team.name.as_str()).collect();
        let draft = views::brief::news_for((number, &brief.title), changes, &names);
        let draft = views::brief::linked(draft, announcing::link(context, brief));
        news.push((room.clone(), draft, key("others".to_owned())));
    }
    news
}

/// What a new version moved in one team.
fn moved_in(moved: &Equipped) -> views::brief::MovedInTeam {
    fn numbers<K>(moved: &store::Moved<K>) -> [Vec<u32>; 3] {
        [&moved.added, &moved.changed, &moved.removed].map(|all| all.iter().map(|one| one.number).collect())
    }
    views::brief::MovedInTeam { milestones: numbers(&moved.milestones), deliverables: numbers(&moved.deliverables) }
}
