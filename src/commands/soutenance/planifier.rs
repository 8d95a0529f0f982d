//! `/soutenance planifier`: gives every team of a brief its slot, or changes the one of a team.

use super::{named, slots};
use crate::commands::context::{Context, Problem};
use crate::commands::{Command, brief, which};
use crate::domain::brief::Brief as Content;
use crate::domain::date::{self, Frame, Moment};
use crate::domain::defence::{Timetable, end, lunch, timetable, usual};
use crate::domain::duration::Minutes;
use crate::domain::key::{DefenceKey, TeamKey};
use crate::domain::limits;
use crate::domain::permission::Deed;
use crate::store::{Brief, BriefState, Defence, DefenceSlot, Planning, Revision, Team, When};
use crate::views;
use crate::views::defence::Planned;
use jiff::SignedDuration;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

const DEBUT: &str = "debut";
const DUREE: &str = "duree";
const PAUSE: &str = "pause";
const MIDI: &str = "midi";
const SALLE: &str = "salle";
const JURY: &str = "jury";
const SUITE: &str = "suite";
const CONFIRMATION: &str = "confirmation";

/// Longest defence, in minutes: a morning.
const LONGEST: u32 = 240;

/// The command, with its values.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Planifier {
    sujet: Option<String>,
    equipe: Option<String>,
    debut: Option<String>,
    duree: Option<Minutes>,
    pause_minutes: u32,
    midi: Option<(Time, Time)>,
    salle: Option<String>,
    jury: Option<String>,
    following: Following,
    confirmed: Confirmed,
    /// As it was asked, for the buttons that ask it again.
    asked: Invocation,
}

/// What becomes of the defences after one that lasts longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Following {
    /// They stay.
    Stay,
    /// They begin later by as much, that day, in the same room or before the same jury.
    Shift,
}

/// Whether a doubtful date was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Confirmed {
    Yes,
    NotYet,
}

impl Command for Planifier {
    const PATH: &'static str = "soutenance planifier";
    const DEED: Deed = Deed::PlanDefences;

    fn spec() -> CommandSpec {
        let choice = |value: &str, label: &str| ParamKind::Choice(vec![Alternative::new(value, label)]);
        CommandSpec::new("planifier", "Donne à chaque équipe son créneau de soutenance, ou change celui d’une équipe")
            .details(
                "Sans équipe, toutes passent l’une après l’autre, dans l’ordre de leurs numéros\u{a0}; ce qui dépasse 19\u{a0}h \
                 passe au jour de soutenance suivant du sujet. Avec une équipe, seul son créneau change\u{a0}: il peut être plus \
                 long, sans raison à donner. Chaque équipe ne voit que l’heure de son passage et la durée prévue pour tous.",
            )
            .private()
            .param(ParamSpec::new(DEBUT, "Jour et heure du premier passage, ou de celui de l’équipe", ParamKind::Date))
            .param(ParamSpec::new(DUREE, "Durée d’un passage, entretien compris", ParamKind::Duration))
            .param(ParamSpec::new(PAUSE, "Temps entre deux passages", ParamKind::Duration))
            .param(ParamSpec::new(MIDI, "Pause de midi, par exemple 12h30-13h30", ParamKind::Text))
            .param(ParamSpec::new(SALLE, "Salle", ParamKind::Text))
            .param(ParamSpec::new(JURY, "Jury", ParamKind::Text))
            .param(which::equipe())
            .param(which::sujet())
            .param(ParamSpec::new(SUITE, "Décaler d’autant les passages suivants", choice("decaler", "Décaler")))
            .param(ParamSpec::new(CONFIRMATION, "La date est bien celle-là", choice("oui", "Oui")))
            .example(
                Invocation::new(Self::PATH)
                    .with(DEBUT, "3 décembre 2026 à 9h")
                    .with(DUREE, "50 min")
                    .with(PAUSE, "10 min")
                    .with(MIDI, "12h30-13h30"),
            )
            .example(Invocation::new(Self::PATH).with(DUREE, "1h10").with(which::EQUIPE, "2"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let text = |name: &str| invocation.text(name).map(str::to_owned);
        let minutes = |name: &str| {
            let typed = invocation.text(name).map(Minutes::read);
            typed.transpose().map_err(|error| Problem::misread(error.to_string()))
        };
        let words = |name: &str, limit: limits::Field| {
            let typed = invocation.text(name).map(|typed| limit.read(typed));
            typed.transpose().map_err(|error| Problem::misread(error.to_string()))
        };
        let midi = text(MIDI).map(|typed| lunch(&typed).ok_or_else(|| Problem::misread(views::defence::not_lunch())));
        let pause = invocation.text(PAUSE).is_some_and(|typed| typed.trim().starts_with('0'));
        let (pause, midi) = (if pause { None } else { minutes(PAUSE)? }, midi.transpose()?);
        let duree = minutes(DUREE)?;
        if duree.is_some_and(|minutes| minutes.get() > LONGEST) || pause.is_some_and(|pause| pause.get() > LONGEST) {
            return Err(Problem::misread(views::defence::too_long(LONGEST)));
        }
        let given = |name: &str| invocation.text(name).is_some();
        Ok(Self {
            sujet: text(which::SUJET),
            equipe: text(which::EQUIPE),
            debut: text(DEBUT),
            duree,
            pause_minutes: pause.map_or(0, Minutes::get),
            midi,
            salle: words(SALLE, limits::DEFENCE_ROOM)?,
            jury: words(JURY, limits::DEFENCE_JURY)?,
            following: if given(SUITE) { Following::Shift } else { Following::Stay },
            confirmed: if given(CONFIRMATION) { Confirmed::Yes } else { Confirmed::NotYet },
            asked: invocation.clone(),
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let (found, team) = self.meant(context).await?;
        if found.state == BriefState::Closed {
            return Err(Problem::Refused(views::which::closed(&found)));
        }
        let says = brief::in_force(context, &found).await?;
        let starts = match &self.debut {
            Some(typed) => match self.moment(context, typed, &says)? {
                Ok(moment) => Some(moment),
                Err(question) => return Ok(question),
            },
            None => None,
        };
        let teams = context.scope()?.teams(found.key).await?;
        let before = context.scope()?.defences_of(found.key).await?;
        let seen: Vec<(DefenceKey, Revision)> = before.iter().map(|one| (one.key, one.revision)).collect();
        let planned = match &team {
            Some(team) => self.one(team, starts.as_ref(), slots(&before), &says)?,
            None => self.all(&teams, starts.as_ref(), &says)?,
        };
        let mut write = context.write().await?;
        let planning = write.plan_defences(found.key, &seen, &planned).await?;
        match planning {
            Planning::Planned(_) => write.commit().await?,
            Planning::Changed => return Err(Problem::Refused(views::defence::planned_meanwhile())),
            Planning::NoTeam(_) | Planning::Twice(_) => return Err(Problem::Refused(views::defence::teams_changed())),
            Planning::Overlap { one, other, shared } => {
                drop(write);
                let name = async |key: TeamKey| -> Result<Option<String>, Problem> {
                    Ok(context.scope()?.team(key).await?.map(|team| team.name))
                };
                let names = (name(one).await?, name(other).await?);
                let shift = (team.is_some() && self.following == Following::Stay)
                    .then(|| self.asked.clone().with(SUITE, "decaler"));
                return Ok(views::defence::overlap((names.0.as_deref(), names.1.as_deref()), shared, shift));
            }
        }
        let changed: Vec<(TeamKey, DefenceSlot)> = planned
            .iter()
            .filter(|(team, slot)| !before.iter().any(|one| one.team == *team && one.slot == *slot))
            .cloned()
            .collect();
        let (told, unsaid) = tell(context, &found, &says, (&teams, &before, &changed)).await?;
        let shown = named(context, found.key, &planned).await?;
        let off_days = off_days(&says, &planned);
        let planned = Planned { slots: &shown, changed: changed.len(), told, off_days: &off_days, unsaid };
        Ok(views::defence::planned((found.number.unwrap_or_default(), &found.title), planned, usual(&says)))
    }
}

impl Planifier {
    async fn meant(&self, context: &Context) -> Result<(Brief, Option<Team>), Problem> {
        match &self.equipe {
            Some(name) => {
                let meant = which::team(context, Some(name), Self::DEED).await?;
                Ok((meant.brief, Some(meant.team)))
            }
            None => Ok((which::brief(context, self.sujet.as_deref()).await?, None)),
        }
    }

    /// The date that was typed, or what to ask about it.
    fn moment(&self, context: &Context, typed: &str, says: &Content) -> Result<Result<Moment, Draft>, Problem> {
        let now = context.wall()?;
        let deadline = says.deadline.as_ref().map(|at| at.civil);
        let defence = says.defences.first().map(|at| at.civil);
        let reading = date::read(typed, &Frame { now: &now, deadline, defence });
        let reading = reading.map_err(|error| Problem::misread(error.to_string()))?;
        let moment = reading.moment;
        if moment.civil().time() == Time::constant(23, 59, 0, 0) {
            return Err(Problem::misread(views::defence::no_hour(&moment)));
        }
        if reading.doubts.is_empty() || self.confirmed == Confirmed::Yes {
            return Ok(Ok(moment));
        }
        let doubts: Vec<String> = reading.doubts.iter().map(ToString::to_string).collect();
        let iso = moment.civil().strftime("%Y-%m-%dT%H:%M").to_string();
        let again = self.asked.clone().with(DEBUT, iso).with(CONFIRMATION, "oui");
        Ok(Err(views::defence::is_this_the_date(&moment, &doubts, again)))
    }

    /// The slots of all teams, in the order of their numbers.
    fn all(
        &self,
        teams: &[Team],
        starts: Option<&Moment>,
        says: &Content,
    ) -> Result<Vec<(TeamKey, DefenceSlot)>, Problem> {
        let starts = starts.ok_or_else(|| Problem::misread(views::defence::no_start()))?;
        let minutes =
            self.duree.or_else(|| usual(says)).ok_or_else(|| Problem::misread(views::defence::no_length()))?;
        if teams.is_empty() {
            return Err(Problem::Refused(views::defence::no_team()));
        }
        let plan = Timetable {
            starts: starts.civil(),
            minutes,
            pause_minutes: self.pause_minutes,
            lunch: self.midi,
            next_days: says.defences.iter().map(|at| at.civil.date()).collect(),
        };
        let hours = timetable(&plan, teams.len())
            .map_err(|many| Problem::Refused(views::defence::days_too_short(many.fit, teams.len())))?;
        let mut teams: Vec<&Team> = teams.iter().collect();
        teams.sort_by_key(|team| team.number);
        let slot = |civil: DateTime| DefenceSlot {
            starts: when(civil, starts.zone()),
            minutes,
            room: self.salle.clone(),
            jury: self.jury.clone(),
        };
        Ok(teams.into_iter().zip(hours).map(|(team, civil)| (team.key, slot(civil))).collect())
    }

    /// The slots of all teams, with the one of a team changed.
    fn one(
        &self,
        team: &Team,
        starts: Option<&Moment>,
        mut slots: Vec<(TeamKey, DefenceSlot)>,
        says: &Content,
    ) -> Result<Vec<(TeamKey, DefenceSlot)>, Problem> {
        let former = slots.iter().find(|(key, _)| *key == team.key).map(|(_, slot)| slot.clone());
        let begins = starts.map(|moment| when(moment.civil(), moment.zone()));
        let begins = begins.or_else(|| former.as_ref().map(|slot| slot.starts.clone()));
        let minutes = self.duree.or_else(|| former.as_ref().map(|slot| slot.minutes)).or_else(|| usual(says));
        let (Some(begins), Some(minutes)) = (begins, minutes) else {
            return Err(Problem::misread(views::defence::no_start()));
        };
        let room = self.salle.clone().or_else(|| former.as_ref().and_then(|slot| slot.room.clone()));
        let jury = self.jury.clone().or_else(|| former.as_ref().and_then(|slot| slot.jury.clone()));
        let slot = DefenceSlot { starts: begins, minutes, room, jury };
        if let (Following::Shift, Some(former)) = (self.following, &former) {
            shift(&mut slots, former, &slot);
        }
        slots.retain(|(key, _)| *key != team.key);
        slots.push((team.key, slot));
        slots.sort_by_key(|(_, slot)| slot.starts.at);
        Ok(slots)
    }
}

/// Has the defences that follow a slot that day, in its room or before its jury, begin later by as much as it ends later.
fn shift(slots: &mut [(TeamKey, DefenceSlot)], former: &DefenceSlot, slot: &DefenceSlot) {
    let ends = |slot: &DefenceSlot| end(slot.starts.wall, slot.minutes);
    let later = ends(slot).duration_since(ends(former));
    if later <= SignedDuration::ZERO {
        return;
    }
    for (_, next) in slots.iter_mut() {
        let shares =
            (next.room.is_some() && next.room == former.room) || (next.jury.is_some() && next.jury == former.jury);
        let alone = next.room.is_none() && next.jury.is_none();
        let follows = next.starts.at > former.starts.at && next.starts.wall.date() == former.starts.wall.date();
        if follows && (shares || alone) {
            let zone = TimeZone::get(&next.starts.zone).unwrap_or(TimeZone::UTC);
            next.starts = when(next.starts.wall.saturating_add(later), &zone);
        }
    }
}

fn when(civil: DateTime, zone: &TimeZone) -> When {
    let moment = Moment::new(civil, zone.clone());
    When { wall: moment.civil(), zone: zone.iana_name().unwrap_or("UTC").to_owned(), at: moment.at() }
}

/// The days of slots that the brief doesn't give for defences, if it gives any.
fn off_days(says: &Content, planned: &[(TeamKey, DefenceSlot)]) -> Vec<DateTime> {
    let given: Vec<_> = says.defences.iter().map(|at| at.civil.date()).collect();
    if given.is_empty() {
        return Vec::new();
    }
    let mut days: Vec<DateTime> = Vec::new();
    for (_, slot) in planned {
        let wall = slot.starts.wall;
        if !given.contains(&wall.date()) && !days.iter().any(|day| day.date() == wall.date()) {
            days.push(wall);
        }
    }
    days
}

/// Tells each team its own slot in its own room; in the brief's room, only that slots are planned. Says how many teams
/// that is, and how many rooms could not be told.
async fn tell(
    context: &Context,
    found: &Brief,
    says: &Content,
    (teams, before, changed): (&[Team], &[Defence], &[(TeamKey, DefenceSlot)]),
) -> Result<(usize, usize), Problem> {
    let now = context.wall()?;
    let event = context.origin.event.as_str();
    let mut news = Vec::new();
    let (mut told, mut roomless) = (0, 0);
    // A slot that only lasts longer is told to nobody: that it does is nobody's business.
    let as_told = |slot: &DefenceSlot| (slot.starts.clone(), slot.room.clone(), slot.jury.clone());
    let changed = changed.iter().filter(|(team, slot)| {
        let former = before.iter().find(|one| one.team == *team);
        former.is_none_or(|former| as_told(&former.slot) != as_told(slot))
    });
    for (key, slot) in changed {
        let Some(team) = teams.iter().find(|team| team.key == *key) else { continue };
        told += 1;
        match &team.room {
            Some(room) => {
                let draft = views::defence::told(&team.name, slot, says, &now);
                news.push((room.clone(), draft, format!("defence {event} {}", key.0)));
            }
            None => roomless += 1,
        }
    }
    if let (Some(room), true) = (&found.room, roomless > 0) {
        let draft = views::defence::told_all((found.number.unwrap_or_default(), &found.title), roomless);
        news.push((room.clone(), draft, format!("defence {event} others")));
    }
    Ok((told, context.tell_all(news).await))
}
