//! What calendars should show, and what is to be done so that they do.

use super::{Scheduling, is_over};
use crate::domain::brief::Brief;
use crate::domain::defence::{hours_tell_no_length, usual};
use crate::domain::key::{DefenceKey, TenantKey};
use crate::domain::person::PersonKey;
use crate::store::{Acting, Begun, BriefShown, DefenceShown, ScheduledEvent, Showing, StoreError};
use crate::views;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use vigie_chat::{ConnectorName, Scheduled, SpaceId};

/// Tenants looked at in one round.
const MOST: usize = 64;

/// Nobody: what the program does by itself.
pub(super) const NOBODY: PersonKey = PersonKey(0);

/// Why nothing is done in a space that the bot left.
const AWAY: &str = "away";

/// Spaces by network.
type Places = BTreeSet<(ConnectorName, SpaceId)>;

impl Scheduling {
    /// Looks at the tenants where something changed, and says how many those were.
    pub(super) async fn compare(&self) -> Result<usize, StoreError> {
        let (mut done, mut last) = (0, None);
        while done < MOST
            && let Some(tenant) = self.store.next_to_schedule(last).await?
        {
            let compared = self.compare_in(tenant).await;
            // The tenant may have been erased meanwhile, and with it what changed.
            let is_gone = compared.is_err() && self.store.next_to_schedule(last).await? != Some(tenant);
            if is_gone || self.of_tenant(tenant, compared).is_some() {
                done += 1;
            }
            last = Some(tenant);
        }
        Ok(done)
    }

    async fn compare_in(&self, tenant: TenantKey) -> Result<(), StoreError> {
        let now = self.now();
        let acting = Acting { tenant, person: NOBODY, now, cause: None };
        let Begun::New(mut write) = self.store.write(&acting).await? else { return Ok(()) };
        let wanted: BTreeMap<DefenceKey, Scheduled> =
            write.defences_to_show().await?.iter().flat_map(|brief| shown(brief, now)).collect();
        let is_ours = |place: &(ConnectorName, SpaceId)| self.networks.iter().any(|network| network.name() == place.0);
        let there: Places = write.spaces_there().await?.into_iter().filter(is_ours).collect();
        let left = write.spaces_left().await?;
        let mut before: BTreeMap<Showing, ScheduledEvent> =
            write.scheduled_events().await?.into_iter().map(|one| (one.of.clone(), one)).collect();
        let (mut kept, mut forgotten) = (Vec::new(), Vec::new());
        for (connector, space) in &there {
            for (defence, event) in &wanted {
                let of = Showing { defence: *defence, connector: connector.clone(), space: space.clone() };
                let former = before.remove(&of);
                let after = wants(former.clone().unwrap_or_else(|| ScheduledEvent::new(of)), event, now);
                kept.extend(Some(after).filter(|after| former.as_ref() != Some(after)));
            }
        }
        // What no defence wants there any more. A network that doesn't run now is left as it is.
        for former in before.into_values() {
            let place = (former.of.connector.clone(), former.of.space.clone());
            if !is_ours(&place) {
                continue;
            }
            let after = if left.contains(&place) { parked(former.clone(), now) } else { unwanted(former.clone(), now) };
            match after {
                Some(after) => kept.extend(Some(after).filter(|after| *after != former)),
                None => forgotten.push(former.of),
            }
        }
        write.keep_events(&kept).await?;
        write.forget_events(&forgotten).await?;
        write.looked_at().await?;
        write.commit().await
    }
}

/// The defences of a brief that a calendar shows.
fn shown(brief: &BriefShown, now: Timestamp) -> Vec<(DefenceKey, Scheduled)> {
    // What can't be read may quote the brief, and says nothing of a length.
    let usual = serde_json::from_str::<Brief>(&brief.content).ok().as_ref().and_then(usual);
    let mut days: BTreeMap<Date, Vec<&DefenceShown>> = BTreeMap::new();
    for defence in &brief.defences {
        days.entry(defence.starts.wall.date()).or_default().push(defence);
    }
    let discreet = days.into_values().filter(|day| {
        let minutes: Vec<_> = day.iter().map(|defence| defence.minutes).collect();
        hours_tell_no_length(&minutes)
    });
    let to_come = discreet.flatten().filter(|defence| !is_over(defence.starts.at, now));
    to_come
        .map(|defence| {
            let who = (defence.team.as_str(), brief.title.as_str());
            (defence.key, views::scheduled::defence(who, defence.room.as_deref(), defence.starts.at, usual))
        })
        .collect()
}

/// The same, once this is wanted of it.
fn wants(mut one: ScheduledEvent, event: &Scheduled, now: Timestamp) -> ScheduledEvent {
    let is_being_done = is_being_done(&one, now);
    // An event that has begun can't be moved: it ends by itself, and another is made.
    let has_passed = one.said.as_ref().is_some_and(|said| is_over(said.starts_at, now));
    if has_passed && !is_being_done {
        (one.event, one.said) = (None, None);
    }
    let is_parked = is_parked(&one);
    // Nothing is to be done for what stands alone: whatever else waits for nothing couldn't be read.
    let is_settled = !is_parked && (stands(&one) || one.try_at.is_some());
    if one.wanted.as_ref() == Some(event) && !has_passed && is_settled {
        return one;
    }
    one.wanted = Some(event.clone());
    if !is_being_done {
        (one.failures, one.why) = (0, None);
        // What stood when the space was left may have gone meanwhile: it is asked for again under its own id.
        one.try_at = (is_parked || !stands(&one)).then_some(now);
    }
    one
}

/// The same, once nothing is wanted of it; none when nothing is left to be done about it.
fn unwanted(mut one: ScheduledEvent, now: Timestamp) -> Option<ScheduledEvent> {
    if is_being_done(&one, now) {
        one.wanted = None;
        return Some(one);
    }
    let said = one.said.as_ref().or(one.wanted.as_ref());
    let has_passed = said.is_some_and(|said| is_over(said.starts_at, now));
    if has_passed || (one.event.is_none() && one.said.is_none()) {
        return None;
    }
    // What waits for nothing was left with its space, or couldn't be read.
    if one.wanted.take().is_some() || one.try_at.is_none() {
        (one.failures, one.why, one.try_at) = (0, None, Some(now));
    }
    Some(one)
}

/// The same while the bot isn't in the space: nothing is done, and what may stand there is known until it has begun, so that
/// coming back makes no second event. None when nothing stands.
fn parked(mut one: ScheduledEvent, now: Timestamp) -> Option<ScheduledEvent> {
    if is_being_done(&one, now) {
        return Some(one);
    }
    let said = one.said.as_ref().or(one.wanted.as_ref());
    let has_passed = said.is_some_and(|said| is_over(said.starts_at, now));
    if has_passed || (one.event.is_none() && one.said.is_none()) {
        return None;
    }
    (one.try_at, one.owner, one.failures, one.why) = (None, None, 0, Some(AWAY.to_owned()));
    Some(one)
}

/// Whether it waits for the bot to come back.
fn is_parked(one: &ScheduledEvent) -> bool {
    one.try_at.is_none() && one.why.as_deref() == Some(AWAY)
}

/// Whether some process is at it: what comes of that decides what is to be done next.
fn is_being_done(one: &ScheduledEvent, now: Timestamp) -> bool {
    one.owner.is_some() && one.try_at.is_some_and(|until| until > now)
}

/// Whether what stands is what is wanted.
pub(super) fn stands(one: &ScheduledEvent) -> bool {
    one.event.is_some() && one.wanted.is_some() && one.said == one.wanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::duration::Minutes;
    use crate::store::When;
    use vigie_chat::ScheduledId;

    fn at(minutes: i64) -> Timestamp {
        let start: Timestamp = "2026-12-03T08:00:00Z".parse().expect("an instant");
        start + jiff::SignedDuration::from_mins(minutes)
    }

    fn defence(key: i64, minutes: i64, lasts: u32) -> DefenceShown {
        let wall = at(minutes).to_zoned(jiff::tz::TimeZone::UTC).datetime();
        DefenceShown {
            key: DefenceKey(key),
            team: format!("Équipe {key}"),
            starts: When { wall, zone: "UTC".to_owned(), at: at(minutes) },
            minutes: Minutes::new(lasts).expect("a length"),
            room: None,
        }
    }

    fn brief(defences: Vec<DefenceShown>) -> BriefShown {
        let content =
            serde_json::to_string(&Brief { oral_minutes: Some(20), interview_minutes: Some(30), ..Brief::default() });
        BriefShown { title: "Fuites".to_owned(), content: content.expect("it is written"), defences }
    }

    fn keys(brief: &BriefShown, now: Timestamp) -> Vec<i64> {
        shown(brief, now).into_iter().map(|(key, _)| key.0).collect()
    }

    #[test]
    fn the_end_is_that_of_all_and_a_day_that_would_tell_whose_is_longer_is_not_shown() {
        let alone = brief(vec![defence(1, 60, 80)]);
        let [(_, event)] = shown(&alone, at(0)).try_into().expect("one");
        assert_eq!((event.starts_at, event.ends_at), (at(60), at(110)));
        let same = brief(vec![defence(1, 60, 50), defence(2, 110, 50), defence(3, 24 * 60, 80)]);
        assert_eq!(keys(&same, at(0)), [1, 2, 3]);
        let longer = brief(vec![defence(1, 60, 80), defence(2, 140, 50), defence(3, 24 * 60, 50)]);
        assert_eq!(keys(&longer, at(0)), [3], "the other day tells nothing");
        assert_eq!(keys(&longer, at(100)), [3], "also once the longer one has begun");
        assert_eq!(keys(&same, at(59)), [2, 3], "what has begun isn't shown");
    }

    fn row() -> ScheduledEvent {
        let (connector, space) = (ConnectorName::new("test"), SpaceId::new("a"));
        ScheduledEvent::new(Showing { defence: DefenceKey(1), connector, space })
    }

    fn event(minutes: i64) -> Scheduled {
        views::scheduled::defence(("Vannes", "Fuites"), None, at(minutes), Minutes::new(50))
    }

    fn standing(minutes: i64) -> ScheduledEvent {
        let event = event(minutes);
        ScheduledEvent { event: Some(ScheduledId::new("7")), said: Some(event.clone()), wanted: Some(event), ..row() }
    }

    #[test]
    fn what_is_new_or_changed_is_to_be_done_and_what_stands_is_not() {
        let new = wants(row(), &event(60), at(0));
        assert_eq!((new.wanted.as_ref(), new.try_at), (Some(&event(60)), Some(at(0))));
        assert_eq!(wants(standing(60), &event(60), at(0)), standing(60));
        let moved = wants(standing(60), &event(90), at(0));
        assert_eq!((moved.event, moved.said, moved.try_at), (standing(60).event, Some(event(60)), Some(at(0))));
        let back = wants(wants(standing(60), &event(90), at(0)), &event(60), at(1));
        assert_eq!(back, standing(60), "moved there and back, nothing is to be done");
    }

    #[test]
    fn what_was_refused_waits_until_it_changes() {
        let refused = ScheduledEvent {
            wanted: Some(event(3_000)),
            try_at: Some(at(1_440)),
            failures: 3,
            why: Some("forbidden".to_owned()),
            ..row()
        };
        assert_eq!(wants(refused.clone(), &event(3_000), at(5)), refused);
        let changed = wants(refused, &event(3_100), at(5));
        assert_eq!((changed.try_at, changed.failures, changed.why), (Some(at(5)), 0, None));
    }

    #[test]
    fn what_has_begun_is_forgotten_and_made_anew_where_it_was_put_off() {
        assert_eq!(unwanted(standing(60), at(61)), None);
        assert_eq!(unwanted(row(), at(0)), None);
        let gone = unwanted(standing(60), at(0)).expect("it is to be taken away");
        assert_eq!((gone.wanted.as_ref(), gone.try_at), (None, Some(at(0))));
        assert_eq!(unwanted(gone.clone(), at(1)), Some(gone), "it is asked for once");
        let put_off = wants(standing(60), &event(3_000), at(70));
        assert_eq!((put_off.event, put_off.said, put_off.try_at), (None, None, Some(at(70))));
    }

    #[test]
    fn what_stood_in_a_space_that_was_left_is_looked_at_again_on_coming_back() {
        let away = parked(standing(60), at(0)).expect("it may stand");
        assert_eq!((away.event.as_ref(), away.try_at), (standing(60).event.as_ref(), None));
        assert_eq!(parked(away.clone(), at(1)).as_ref(), Some(&away), "noted once");
        let back = wants(away.clone(), &event(60), at(2));
        assert_eq!((&back.event, back.try_at, &back.why), (&standing(60).event, Some(at(2)), &None));
        assert_eq!(wants(back.clone(), &event(60), at(3)), back, "asked for once");
        let cancelled = unwanted(parked(unwanted(standing(60), at(0)).expect("to go"), at(1)).expect("kept"), at(2));
        let cancelled = cancelled.expect("it is to be taken away");
        assert_eq!((cancelled.wanted, cancelled.try_at), (None, Some(at(2))));
        assert_eq!(parked(row(), at(0)), None, "nothing stands");
        assert_eq!(parked(standing(60), at(61)), None, "it ends by itself");
        let held = ScheduledEvent { owner: Some("o".to_owned()), try_at: Some(at(10)), said: Some(event(60)), ..row() };
        assert_eq!(parked(held.clone(), at(0)), Some(held), "what comes of it is noted first");
    }

    #[test]
    fn what_somebody_is_at_is_decided_by_what_comes_of_it() {
        let held = ScheduledEvent { owner: Some("o".to_owned()), try_at: Some(at(10)), said: Some(event(60)), ..row() };
        let held = ScheduledEvent { wanted: Some(event(60)), ..held };
        let moved = wants(held.clone(), &event(90), at(0));
        assert_eq!(
            (moved.said.as_ref(), moved.try_at, moved.owner.as_deref()),
            (Some(&event(60)), Some(at(10)), Some("o"))
        );
        let gone = unwanted(held, at(0)).expect("it may be there already");
        assert_eq!((gone.wanted, gone.try_at), (None, Some(at(10))));
    }
}
