//! What somebody is reminded of and when, as the engine will have it: the same schedules, wishes and hours.

use crate::commands::context::{Context, Problem};
use crate::domain::key::TeamKey;
use crate::domain::occasion::OccasionKind;
use crate::domain::reminder::{Habits, Respect, Schedule};
use crate::store::{Circle, Occasion, OfTeam, Recipient, Reminder, ReminderDraft, Reminding, Whose, Wishes};
use crate::views;
use jiff::Timestamp;
use vigie_chat::{Destination, Draft, IdempotencyKey, RoomKind, SendError};

/// How somebody wants to be reminded.
pub(in crate::commands) struct Agenda {
    pub(in crate::commands) wishes: Wishes,
    recipient: Recipient,
    circle: Circle,
    zone: jiff::tz::TimeZone,
}

impl Agenda {
    /// Of whoever asks.
    ///
    /// # Errors
    ///
    /// [`Problem`] when the store fails or no space is known.
    pub(in crate::commands) async fn of(context: &Context) -> Result<Self, Problem> {
        let here = context.here()?;
        let wishes = context.scope()?.wishes(&[here.person]).await?;
        let recipient = Recipient { zone: here.zone.iana_name().map(str::to_owned), ..Recipient::default() };
        let circle = Circle { tenant: here.tenant, person: Some(here.person), team: None, cohort: None };
        Ok(Self { wishes, recipient, circle, zone: here.zone.clone() })
    }

    /// For whom it is asked, about something of a team or of their own.
    pub(in crate::commands) fn circle(&self, team: Option<&OfTeam>) -> Circle {
        Circle { team: team.map(|team| team.key), cohort: team.and_then(|team| team.cohort), ..self.circle }
    }

    /// The hours at which they hear of something.
    pub(in crate::commands) fn habits(&self, circle: Circle) -> Habits {
        self.wishes.habits(circle, &self.recipient, &self.zone)
    }

    /// When they hear of something.
    pub(in crate::commands) fn schedule(&self, occasion: &Occasion) -> Option<(Schedule, Habits)> {
        let team = match &occasion.whose {
            Whose::Team(team) => Some(team),
            Whose::Own => None,
        };
        let circle = self.circle(team);
        let schedule = self.wishes.schedule(occasion, circle)?;
        Some((schedule, self.habits(circle)))
    }

    /// Looks at what holds in one of their teams.
    pub(in crate::commands) fn look_at(&mut self, team: Option<TeamKey>) {
        self.circle.team = team;
    }

    /// What holds, for showing.
    pub(in crate::commands) fn shown(&self) -> views::reminder::Held {
        let habits = self.habits(self.circle);
        views::reminder::Held {
            policy: self.wishes.policy(self.circle, OccasionKind::Milestone),
            quiet: habits.quiet,
            holidays: (habits.calendar.holidays() == Respect::Kept).then(|| habits.calendar.region()),
            digest: self.wishes.digest(self.circle),
            zone: habits.zone,
        }
    }

    /// When they will hear first of what they ask for.
    pub(in crate::commands) fn first(&self, draft: &ReminderDraft, now: Timestamp) -> Option<Timestamp> {
        draft.schedule()?.next(&self.habits(self.circle), now)
    }
}

/// Notes what somebody asks to be reminded of, and says when they will hear of it first.
///
/// # Errors
///
/// [`Problem::Refused`] when it never comes, or they have as many as they may have.
pub(in crate::commands) async fn note(
    context: &Context,
    draft: &ReminderDraft,
) -> Result<(Reminder, Timestamp), Problem> {
    let Some(first) = Agenda::of(context).await?.first(draft, context.now) else {
        return Err(Problem::Refused(views::reminder::never()));
    };
    let mut write = context.write().await?;
    let noted = match write.remind(draft).await? {
        Reminding::Noted(noted) => noted,
        Reminding::Full => return Err(Problem::Refused(views::reminder::full())),
        Reminding::NoTeam => return Err(Problem::Refused(views::which::no_team())),
    };
    write.journal("reminder.added", &format!("reminder:{}", noted.key.0)).await?;
    write.commit().await?;
    Ok((noted, first))
}

/// Says how to be reachable, where a private message can't reach whoever asks: found now rather than when it is due. In
/// their direct room they are reached already.
pub(in crate::commands) async fn warn_if_closed(context: &Context, draft: Draft) -> Draft {
    if context.origin.room.kind == RoomKind::Direct {
        return draft;
    }
    let Ok(network) = context.network(&context.origin.connector) else { return draft };
    let person = &context.origin.person.id;
    // Once a month: who was told needn't be told at each reminder.
    let month = context.now.to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m").to_string();
    let key = IdempotencyKey::new(format!("reachable {} {person} {month}", context.origin.connector));
    let message = views::reminder::here_they_come().seal(|_| vigie_chat::Token::new(""));
    let place = Destination::Direct(person.clone());
    let told = network.send(&place, &message, &key);
    match tokio::time::timeout(crate::commands::context::PATIENCE, told).await {
        Ok(Err(SendError::DirectClosed | SendError::Forbidden(_))) => views::reminder::closed(draft),
        _ => draft,
    }
}
