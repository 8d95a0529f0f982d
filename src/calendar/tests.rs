//! Calendars as they are written.

use super::*;
use crate::domain::brief::{Brief, BriefMilestone, WallTime};
use crate::domain::duration::Minutes;
use crate::domain::key::{BriefKey, ReminderKey, TeamKey, TenantKey};
use crate::domain::person::PersonKey;
use crate::store::{Dated, DatedKind, Nags, Recipient, Reminder, ReminderDraft, Revision, Stands, When, Wishes};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

const MARK: Mark = Mark { tenant: TenantKey(1), made_at: 0x1234 };

fn own() -> Own<'static> {
    let said_at = at("2026-11-20T09:00:00Z");
    let reader = Reader::Teammate;
    Own { mark: MARK, team: "Un", brief: "Fuites de données", usual: Minutes::new(50), said_at, reader }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn when(wall: &str, zone: &str) -> When {
    let wall: jiff::civil::DateTime = wall.parse().expect("a wall");
    let at = TimeZone::get(zone).expect("a zone").to_ambiguous_timestamp(wall).compatible().expect("an instant");
    When { wall, zone: zone.to_owned(), at }
}

fn milestone(key: i64, title: &str, due: &str) -> Dated {
    Dated {
        kind: DatedKind::Milestone,
        key,
        team: TeamKey(7),
        brief: BriefKey(3),
        version: 1,
        brief_key: None,
        title: Some(title.to_owned()),
        when: when(due, "Europe/Paris"),
        place: None,
        stands: Stands::Open,
        revision: Revision(2),
        changed_at: at("2026-11-20T10:00:00Z"),
        over_at: None,
        people: Vec::new(),
    }
}

fn written(entries: Vec<Entry>) -> String {
    Calendar { name: "Équipe Un".to_owned(), entries, refresh: Refresh::Never }.written()
}

/// The lines, unfolded.
fn lines(file: &str) -> Vec<String> {
    assert!(file.ends_with("\r\n"));
    for line in file.trim_end().split("\r\n") {
        assert!(line.len() <= 75, "{line:?}");
        assert!(!line.contains(['\r', '\n']), "{line:?}");
    }
    file.replace("\r\n ", "").trim_end().split("\r\n").map(str::to_owned).collect()
}

fn value<'a>(lines: &'a [String], name: &str) -> &'a str {
    let found = lines.iter().find(|line| line.starts_with(name));
    found.map_or_else(|| panic!("no {name} in {lines:#?}"), |line| &line[name.len()..])
}

#[test]
fn a_milestone_is_an_entry_at_its_own_hour_for_good() {
    let dated = milestone(12, "Maquette", "2026-11-27T18:00");
    let file = written(of_team(own(), std::slice::from_ref(&dated)));
    let told = lines(&file);
    assert_eq!(value(&told, "UID:"), "milestone-12.1.1234@vigie");
    assert_eq!(value(&told, "SEQUENCE:"), "2");
    assert_eq!(value(&told, "DTSTART;"), "TZID=Europe/Paris:20261127T180000");
    assert_eq!(value(&told, "DTSTAMP:"), "20261120T100000Z");
    assert_eq!(value(&told, "SUMMARY:"), "Maquette");
    assert_eq!(value(&told, "STATUS:"), "CONFIRMED");
    assert!(!file.contains("DTEND") && !file.contains("VALARM"), "{file}");
    assert_eq!(file, written(of_team(own(), &[dated])), "the same data is the same bytes");
}

#[test]
fn a_date_without_an_hour_is_a_day() {
    let told = lines(&written(of_team(own(), &[milestone(1, "Cadrage", "2027-03-28T23:59")])));
    assert_eq!(value(&told, "DTSTART;"), "VALUE=DATE:20270328");
    assert_eq!(value(&told, "DTEND;"), "VALUE=DATE:20270329");
    assert!(!told.iter().any(|line| line.contains("VTIMEZONE")), "no hour, no zone");
}

#[test]
fn the_rules_of_paris_are_those_of_its_clocks() {
    let told = lines(&written(of_team(own(), &[milestone(1, "Cadrage", "2027-03-27T18:00")]))).join("\n");
    let daylight = "BEGIN:DAYLIGHT\nDTSTART:20260329T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n\
                    TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nTZNAME:CEST\nEND:DAYLIGHT";
    let standard = "BEGIN:STANDARD\nDTSTART:20261025T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n\
                    TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nTZNAME:CET\nEND:STANDARD";
    assert!(told.contains(daylight) && told.contains(standard), "{told}");
}

#[test]
fn zones_without_changes_and_with_irregular_ones_are_told_too() {
    let dated =
        |zone: &str| Dated { when: when("2027-03-27T18:00", zone), ..milestone(1, "Cadrage", "2027-03-27T18:00") };
    let reunion = lines(&written(of_team(own(), &[dated("Indian/Reunion")]))).join("\n");
    assert!(reunion.contains("TZOFFSETFROM:+0400\nTZOFFSETTO:+0400") && !reunion.contains("RRULE"), "{reunion}");
    let morocco = lines(&written(of_team(own(), &[dated("Africa/Casablanca")]))).join("\n");
    assert!(morocco.contains("\nRDATE:") && !morocco.contains("RRULE"), "its clocks follow the moon: {morocco}");
    let utc = lines(&written(of_team(own(), &[dated("UTC")])));
    assert_eq!(value(&utc, "DTSTART:"), "20270327T180000Z");
    // A zone that nobody knows any more: the instant is known.
    let mut lost = dated("Europe/Paris");
    lost.when.zone = "Mars/Olympus".to_owned();
    assert_eq!(value(&lines(&written(of_team(own(), &[lost]))), "DTSTART:"), "20270327T170000Z");
}

#[test]
fn what_is_no_more_is_said_to_be_cancelled() {
    let gone =
        Dated { stands: Stands::Gone, title: None, revision: Revision(3), ..milestone(12, "", "2026-11-27T18:00") };
    let told = lines(&written(of_team(own(), &[gone])));
    assert_eq!((value(&told, "STATUS:"), value(&told, "SEQUENCE:")), ("CANCELLED", "3"));
    let over = |over: &str, stands| {
        let dated = Dated { over_at: Some(at(over)), stands, ..milestone(12, "Maquette", "2026-11-27T18:00") };
        let told = lines(&written(of_team(own(), &[dated])));
        format!("{} {}", value(&told, "STATUS:"), value(&told, "SEQUENCE:"))
    };
    assert_eq!(over("2026-11-25T10:00:00Z", Stands::Open), "CANCELLED 3", "its brief was closed before");
    assert_eq!(over("2026-11-28T10:00:00Z", Stands::Open), "CONFIRMED 2", "it was held");
    assert_eq!(over("2026-11-25T10:00:00Z", Stands::Done), "CONFIRMED 2", "it is done");
}

#[test]
fn a_defence_lasts_as_long_as_the_brief_says_of_all() {
    let slot = Dated {
        kind: DatedKind::Defence,
        title: None,
        place: Some("B12".to_owned()),
        ..milestone(4, "", "2026-12-03T10:00")
    };
    let told = lines(&written(of_team(own(), std::slice::from_ref(&slot))));
    assert_eq!(value(&told, "DTEND;"), "TZID=Europe/Paris:20261203T105000");
    assert_eq!((value(&told, "LOCATION:"), value(&told, "TRANSP:")), ("B12", "OPAQUE"));
    let untold = written(of_team(Own { usual: None, ..own() }, std::slice::from_ref(&slot)));
    assert!(!untold.contains("DTEND"), "{untold}");
    // Another version of the brief may say another length, whatever becomes of the slot.
    let newer = Own { usual: Minutes::new(40), said_at: at("2026-11-21T09:00:00Z"), ..own() };
    let newer = lines(&written(of_team(newer, &[Dated { version: 2, ..slot }])));
    let sequence = |told: &[String]| value(told, "SEQUENCE:").parse::<u32>().expect("a number");
    assert!(sequence(&newer) > sequence(&told), "{newer:#?}");
    assert_eq!(value(&newer, "DTSTAMP:"), "20261121T090000Z");
}

#[test]
fn hostile_words_stay_within_their_line() {
    let title = ["a\r\nEND:VEVENT\r\nBEGIN:VEVENT; \\, \u{202e}niamed\u{1b}[2J 🧑‍🤝‍🧑 מחר\t", &"é".repeat(300)].concat();
    let file = written(of_team(own(), &[milestone(1, &title, "2026-11-27T18:00")]));
    let told = lines(&file);
    assert_eq!(told.iter().filter(|line| line.starts_with("BEGIN:VEVENT")).count(), 1, "{file}");
    let summary = value(&told, "SUMMARY:");
    assert!(summary.starts_with("a END:VEVENT BEGIN:VEVENT\\; \\\\\\, "), "{summary}");
    assert!(
        !summary.contains(['\u{202e}', '\u{1b}']) && summary.contains("מחר") && summary.ends_with('é'),
        "{summary}"
    );
}

fn brief() -> BriefDates {
    let wall = |civil: &str| WallTime { civil: civil.parse().expect("a wall"), zone: "Europe/Paris".to_owned() };
    let says = Brief {
        title: "Fuites".to_owned(),
        starts: Some(wall("2026-11-23T00:00")),
        deadline: Some(wall("2026-12-18T18:00")),
        milestones: vec![BriefMilestone {
            key: "maquette de paul".to_owned(),
            title: "Maquette".to_owned(),
            due: Some(wall("2026-12-04T18:00")),
        }],
        defences: vec![wall("2027-01-11T00:00")],
        ..Brief::default()
    };
    let former = Vec::new();
    BriefDates {
        mark: MARK,
        key: BriefKey(3),
        version: 1,
        says,
        said_at: at("2026-11-20T10:00:00Z"),
        former,
        closed_at: None,
    }
}

#[test]
fn a_brief_and_its_teams_know_a_milestone_by_one_name() {
    let all = brief().all();
    let titles: Vec<&str> = all.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["Début\u{a0}: Fuites", "Maquette", "Échéance\u{a0}: Fuites", "Soutenances\u{a0}: Fuites"]);
    assert!(matches!(all[0].span, Span::Day(_)) && matches!(all[3].span, Span::Day(_)));
    let of_its_team =
        Dated { brief_key: Some("maquette de paul".to_owned()), ..milestone(12, "Maquette", "2026-12-04T18:00") };
    let theirs = of_team(own(), &[of_its_team]);
    assert_eq!(theirs[0].uid, all[1].uid);
    assert!(theirs[0].sequence > all[1].sequence, "the team changed it since");
    assert!(!theirs[0].uid.to_string().contains("paul"), "nothing that anybody wrote");
}

#[test]
fn whoever_opens_the_files_of_two_teams_has_what_each_says() {
    let brief_key = Some("maquette".to_owned());
    let one = Dated { brief_key, ..milestone(12, "Maquette", "2026-12-04T18:00") };
    let other = Dated { key: 13, team: TeamKey(8), stands: Stands::Done, ..one.clone() };
    let uid = |own: Own<'_>, dated: &Dated| of_team(own, std::slice::from_ref(dated)).remove(0).uid;
    let trainer = Own { reader: Reader::Other, ..own() };
    assert_ne!(uid(trainer, &one), uid(trainer, &other));
    assert_eq!(uid(own(), &one), uid(own(), &other), "nobody is in both");
    let gone = Dated { stands: Stands::Gone, title: None, ..one.clone() };
    assert_eq!(uid(trainer, &one), uid(trainer, &gone), "it is known again once it is gone");
}

#[test]
fn what_a_new_version_drops_is_cancelled() {
    let mut newer = brief();
    newer.former = vec![newer.says.clone()];
    newer.version = 2;
    newer.says.milestones.clear();
    newer.says.deadline.as_mut().expect("one").civil = "2026-12-20T18:00".parse().expect("a wall");
    let told: Vec<(String, Standing, bool)> = newer
        .all()
        .iter()
        .map(|entry| (entry.title.clone(), entry.standing, entry.sequence > brief().all()[0].sequence))
        .collect();
    assert!(told.contains(&("Maquette".to_owned(), Standing::Cancelled, true)), "{told:?}");
    assert_eq!(told.iter().filter(|(title, ..)| title.starts_with("Échéance")).count(), 1, "{told:?}");
    let closed = BriefDates { closed_at: Some(at("2026-12-01T10:00:00Z")), ..brief() };
    let stand: Vec<bool> = closed.all().iter().map(|entry| entry.standing == Standing::Stands).collect();
    assert_eq!(stand, [true, false, false, false], "only the beginning was held");
}

fn reminder(key: i64, what: Option<&str>, rule: Option<&str>) -> Reminder {
    Reminder {
        key: ReminderKey(key),
        number: 1,
        person: PersonKey(5),
        draft: ReminderDraft {
            team: None,
            what: what.map(str::to_owned),
            when: when("2026-11-30T10:00", "Europe/Paris"),
            rule: rule.map(str::to_owned),
            nags: Nags::No,
        },
        made_at: at("2026-11-20T10:00:00Z"),
    }
}

fn calendar_of(dates: Vec<Dated>, reminders: &[Reminder]) -> Vec<Entry> {
    let (wishes, recipient) = (Wishes::default(), Recipient::default());
    let standard = TimeZone::get("Europe/Paris").expect("a zone");
    let person = Person { mark: MARK, key: PersonKey(5), wishes: &wishes, recipient: &recipient, standard: &standard };
    let sitting = Sitting { team: "Un".to_owned(), brief: brief(), cohort: None, dates };
    of_person(person, &[sitting], reminders)
}

#[test]
fn somebodys_own_calendar_has_what_is_theirs_and_rings_when_the_bot_would() {
    let others = Dated { people: vec![PersonKey(6)], ..milestone(1, "Rapport", "2026-11-27T18:00") };
    let theirs = Dated { people: vec![PersonKey(5)], ..milestone(2, "Maquette", "2026-11-27T18:00") };
    let done = Dated { stands: Stands::Done, ..milestone(3, "Cadrage", "2026-11-24T18:00") };
    let all = calendar_of(vec![others, theirs, done], &[]);
    let titles: Vec<&str> = all.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["Maquette", "Fait\u{a0}: Cadrage", "Échéance\u{a0}: Fuites"]);
    // 7, 3 and 1 days before at 9 h, 2 h before, and the day after at 9 h.
    assert_eq!(all[0].alarms.len(), 5);
    assert!(all[1].alarms.is_empty());
    let told = lines(&written(vec![all[0].clone()]));
    let triggers: Vec<&String> = told.iter().filter(|line| line.starts_with("TRIGGER")).collect();
    assert_eq!(
        triggers,
        ["TRIGGER:-PT177H0M", "TRIGGER:-PT81H0M", "TRIGGER:-PT33H0M", "TRIGGER:-PT2H0M", "TRIGGER:PT15H0M"]
    );
    let day = calendar_of(vec![milestone(2, "Maquette", "2026-11-27T23:59")], &[]);
    let told = lines(&written(vec![day[0].clone()]));
    assert_eq!(value(&told, "TRIGGER;"), "VALUE=DATE-TIME:20261120T080000Z");
}

#[test]
fn somebodys_own_calendar_says_nothing_of_what_was_taken_away() {
    // Whose it was isn't known any more.
    let gone = Dated { stands: Stands::Gone, title: None, ..milestone(1, "", "2026-11-27T18:00") };
    let defence = Dated { kind: DatedKind::Defence, key: 2, ..gone.clone() };
    let titles: Vec<String> =
        calendar_of(vec![gone.clone(), defence], &[]).into_iter().map(|entry| entry.title).collect();
    assert_eq!(titles, ["Échéance\u{a0}: Fuites"]);
    assert_eq!(of_team(own(), &[gone])[0].standing, Standing::Cancelled, "a file that is opened says it");
}

#[test]
fn nothing_tells_of_accommodation() {
    let asked = [
        reminder(1, None, None),
        reminder(2, Some("dossier MDPH"), None),
        reminder(3, Some("appeler le tuteur"), None),
        reminder(4, None, Some("d@08:00")),
    ];
    let all = calendar_of(Vec::new(), &asked);
    let titles: Vec<&str> = all.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["Échéance\u{a0}: Fuites", "Rappel\u{a0}: appeler le tuteur"]);
}

#[test]
fn what_comes_round_is_told_as_a_rule() {
    let told = |rule: &str| {
        let all = calendar_of(Vec::new(), &[reminder(1, Some("point"), Some(rule))]);
        let entry = all.into_iter().find(|entry| entry.title.starts_with("Rappel")).expect("it is there");
        let lines = lines(&written(vec![entry]));
        let start = lines.iter().find(|line| line.starts_with("DTSTART;")).expect("a start").clone();
        let rules: Vec<String> =
            lines.into_iter().filter(|line| line.starts_with("RRULE:FREQ=") && !line.contains("BYDAY=-1SU")).collect();
        format!("{} {}", start.trim_start_matches("DTSTART;TZID=Europe/Paris:"), rules.concat())
    };
    assert_eq!(told("d@08:00"), "20261201T080000 RRULE:FREQ=DAILY");
    assert_eq!(told("w13@09:00"), "20261202T090000 RRULE:FREQ=WEEKLY;INTERVAL=1;WKST=MO;BYDAY=MO,WE");
    assert_eq!(
        told("w2/1@18:00>2026-11-30<2027-03-12"),
        "20261130T180000 RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=MO;UNTIL=20270312T225959Z"
    );
    assert_eq!(told("m31@09:00"), "20261231T090000 RRULE:FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1");
    assert_eq!(told("m-1@11:00"), "20261130T110000 RRULE:FREQ=MONTHLY;BYMONTHDAY=-1");
    assert_eq!(told("n3/1@09:00"), "20261221T090000 RRULE:FREQ=MONTHLY;BYDAY=3MO");
    assert_eq!(told("n-1/5@09:00"), "20261225T090000 RRULE:FREQ=MONTHLY;BYDAY=-1FR");
    assert_eq!(told("y02-29@09:00"), "20270228T090000 RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1");
    let working = calendar_of(Vec::new(), &[reminder(1, Some("point"), Some("b@09:00"))]);
    let file = lines(&written(working));
    assert!(file.iter().any(|line| line == "EXDATE;TZID=Europe/Paris:20261225T090000"), "{file:#?}");
}

proptest! {
    #[test]
    fn whatever_is_written_stays_in_its_lines(title in "\\PC{0,200}", raw in any::<String>(), far in 1i16..=9998) {
        let due = format!("{far:04}-06-15T18:00");
        let other = milestone(2, &raw, "2026-11-27T18:00");
        let told = lines(&written(of_team(own(), &[milestone(1, &title, &due), other])));
        prop_assert_eq!(told.iter().filter(|line| line.as_str() == "END:VEVENT").count(), 2);
        prop_assert!(told.len() < 400, "{} lines", told.len());
    }
}
