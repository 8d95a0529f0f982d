//! Many people who asked to be reminded, and nothing else.

use crate::store::homes::Home;
use crate::store::recorder::Recorder;
use jiff::Timestamp;
use std::sync::Arc;
use vigie::app::reminders::{Means, Reminders};
use vigie::store::Store;
use vigie_chat::Connector;

/// When the first reminder of each is due.
pub(super) fn due() -> Timestamp {
    "2026-11-23T09:00:00Z".parse().expect("an instant")
}

/// Nothing but people, their accounts, and what each asked for: reminders that follow each other by a second.
pub(super) async fn furnish(home: &Home, people: i64, each: i64) {
    let at = due().as_millisecond();
    let counting = |rows: i64| {
        format!(
            "with recursive count (n) as (select cast(1 as bigint) union all select n + 1 from count where n < {rows})"
        )
    };
    home.say("insert into tenants (id, writes, last_id, made_at) values (1, 0, 10000, 0)").await;
    for (into, rows, select) in [
        ("people (tenant_id, id, name, met_at, seen_at)", people, "1, n, 'Candidat ' || n, 0, 0".to_owned()),
        ("accounts (tenant_id, connector, account, person_id)", people, "1, 'test', 'p' || n, n".to_owned()),
        (
            "reminders (tenant_id, id, number, person_id, what, starts_on_wall, zone, starts_at, acknowledged, made_at)",
            people * each,
            format!(
                "1, 1000 + n, 1 + n % {each}, 1 + n / {each} % {people}, 'Rappel ' || n, '2026-11-23T10:00',
                 'Europe/Paris', {at} + 1000 * (n % {each}), 0, 0"
            ),
        ),
        (
            "alarms (tenant_id, kind, subject_id, person_id, team_id, step_at, look_at)",
            people * each,
            format!(
                "1, 'reminder', 1000 + n, 1 + n / {each} % {people}, 0, {at} + 1000 * (n % {each}),
                 {at} + 1000 * (n % {each})"
            ),
        ),
    ] {
        home.run(format!("insert into {into} {} select {select} from count", counting(rows))).await;
    }
}

/// What reminds them on a network.
pub(super) fn engine(store: &Store, network: &Arc<Recorder>) -> Reminders {
    let clock = Arc::clone(network);
    Reminders::new(Means {
        store: store.clone(),
        networks: Arc::new([Arc::clone(network) as Arc<dyn Connector>]),
        clock: Arc::new(move || clock.now()),
        zone: jiff::tz::TimeZone::get("Europe/Paris").expect("a zone"),
        contact: None,
    })
}
