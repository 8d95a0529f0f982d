//! What a person is told of what is kept of them, section by section.
//!
//! A section is one question. Its columns go by names that views put into words: one that ends in `_at` is an instant in
//! milliseconds, `minutes` a duration, `size` a number of bytes. The tenant is `$1`, the person `$2`, the most rows `$3`.

/// A section: its name, and the question.
pub(super) type Told = (&'static str, &'static str);

/// Every section about a person of a tenant, in the order in which they are told.
pub(super) const SECTIONS: [Told; 23] = [
    (
        "person",
        "select name, zone, pictures, theme, met_at, seen_at from people
         where tenant_id = $1 and id = $2
         limit $3",
    ),
    (
        "accounts",
        "select connector as network, account from accounts
         where tenant_id = $1 and person_id = $2
         order by connector, account
         limit $3",
    ),
    (
        "trainer",
        "select kind as role from trainers
         where tenant_id = $1 and kind = 'person' and value = cast($2 as text)
         limit $3",
    ),
    (
        "linking_codes",
        "select kind as leads_to, expires_at from linking_codes
         where tenant_id = $1 and person_id = $2
         order by kind
         limit $3",
    ),
    (
        "seats",
        "select briefs.title as brief, teams.name as team, seats.rank, seats.joined_at, seats.left_at from seats
         left join teams on teams.tenant_id = $1 and teams.id = seats.team_id
         left join briefs on briefs.tenant_id = $1 and briefs.id = seats.brief_id
         where seats.tenant_id = $1 and seats.person_id = $2
         order by seats.joined_at, seats.id
         limit $3",
    ),
    (
        "requests",
        "select teams.name as team, requests.asked_at from requests
         left join teams on teams.tenant_id = $1 and teams.id = requests.team_id
         where requests.tenant_id = $1 and requests.person_id = $2
         order by requests.asked_at, requests.team_id
         limit $3",
    ),
    (
        "milestones",
        "select teams.name as team, milestones.number, milestones.title, milestones.state, milestones.due_at, milestones.deleted_at
         from milestone_people
         left join milestones on milestones.tenant_id = $1 and milestones.id = milestone_people.milestone_id
         left join teams on teams.tenant_id = $1 and teams.id = milestones.team_id
         where milestone_people.tenant_id = $1 and milestone_people.person_id = $2
         order by milestones.team_id, milestones.number
         limit $3",
    ),
    (
        "milestones_done",
        "select teams.name as team, milestones.number, milestones.title, milestones.done_at from milestones
         left join teams on teams.tenant_id = $1 and teams.id = milestones.team_id
         where milestones.tenant_id = $1 and milestones.done_by = $2
         order by milestones.done_at, milestones.id
         limit $3",
    ),
    (
        "handins",
        "select teams.name as team, deliverables.title, handins.version, handins.kind, handins.name as file, handins.size,
             handins.sha256, handins.handed_in_at, handins.due_at, handins.verdict, handins.comment, handins.judged_at,
             handins.deleted_at
         from handins
         left join deliverables on deliverables.tenant_id = $1 and deliverables.id = handins.deliverable_id
         left join teams on teams.tenant_id = $1 and teams.id = deliverables.team_id
         where handins.tenant_id = $1 and handins.person_id = $2
         order by handins.handed_in_at, handins.id
         limit $3",
    ),
    (
        "judged",
        "select teams.name as team, deliverables.title, handins.version, handins.verdict, handins.comment, handins.judged_at
         from handins
         left join deliverables on deliverables.tenant_id = $1 and deliverables.id = handins.deliverable_id
         left join teams on teams.tenant_id = $1 and teams.id = deliverables.team_id
         where handins.tenant_id = $1 and handins.judged_by = $2
         order by handins.judged_at, handins.id
         limit $3",
    ),
    (
        "hours",
        "select teams.name as team, hours.spent_on, hours.minutes, hours.what, hours.logged_at, hours.deleted_at from hours
         left join teams on teams.tenant_id = $1 and teams.id = hours.team_id
         where hours.tenant_id = $1 and hours.person_id = $2
         order by hours.spent_on, hours.id
         limit $3",
    ),
    (
        "coverage",
        "select teams.name as team, coverage.criterion, coverage.state, coverage.proofs, coverage.changed_at from coverage
         left join teams on teams.tenant_id = $1 and teams.id = coverage.team_id
         where coverage.tenant_id = $1 and coverage.person_id = $2
         order by coverage.team_id, coverage.criterion
         limit $3",
    ),
    // It names no person; it is about the teams in which they sit.
    (
        "defences",
        "select teams.name as team, defences.starts_at, defences.minutes, defences.room, defences.jury from defences
         join teams on teams.tenant_id = $1 and teams.id = defences.team_id
         where defences.tenant_id = $1
           and defences.team_id in (
               select seats.team_id from seats
               where seats.tenant_id = $1 and seats.person_id = $2 and seats.left_at is null
           )
         order by defences.starts_at, defences.id
         limit $3",
    ),
    (
        "briefs",
        "select title, state, made_at, published_at, closed_at from briefs
         where tenant_id = $1 and author_id = $2
         order by id
         limit $3",
    ),
    (
        "brief_versions",
        "select briefs.title as brief, said.version, said.made_at from brief_versions as said
         left join briefs on briefs.tenant_id = $1 and briefs.id = said.brief_id
         where said.tenant_id = $1 and said.author_id = $2
         order by said.brief_id, said.version
         limit $3",
    ),
    (
        "reminders",
        "select number, what as title, starts_at, rule, made_at, deleted_at from reminders
         where tenant_id = $1 and person_id = $2
         order by number
         limit $3",
    ),
    (
        "acknowledgements",
        "select at as seen_at from acknowledgements
         where tenant_id = $1 and person_id = $2
         order by at
         limit $3",
    ),
    (
        "alarms",
        "select kind as reminds_of, look_at as next_at from alarms
         where tenant_id = $1 and person_id = $2
         order by look_at
         limit $3",
    ),
    (
        "deliveries",
        "select kind as reminds_of, step_at as due_at, state as became, connector as network, ended_at from deliveries
         where tenant_id = $1 and person_id = $2
         order by id desc
         limit $3",
    ),
    (
        "reminder_settings",
        "select key as setting, value, changed_at from reminder_settings
         where tenant_id = $1 and level = 'person' and level_id = $2
         order by key
         limit $3",
    ),
    (
        "feeds",
        "select made_at, read_on from feeds where tenant_id = $1 and person_id = $2 limit $3",
    ),
    // What was done last is told first, so that what is left out is the oldest.
    (
        "journal",
        "select journal.at as done_at, journal.deed, journal.about,
             coalesce(teams.name, briefs.title, deliverables.title) as named
         from journal
         left join teams on teams.tenant_id = $1
             and teams.id = case when journal.about like 'team:%' then cast(substr(journal.about, 6) as bigint) else -1 end
         left join briefs on briefs.tenant_id = $1
             and briefs.id = case when journal.about like 'brief:%' then cast(substr(journal.about, 7) as bigint) else -1 end
         left join deliverables on deliverables.tenant_id = $1
             and deliverables.id =
                 case when journal.about like 'deliverable:%' then cast(substr(journal.about, 13) as bigint) else -1 end
         where journal.tenant_id = $1 and journal.person_id = $2
         order by journal.id desc
         limit $3",
    ),
    // What others did to them.
    (
        "journal_about",
        "select at as done_at, deed from journal
         where tenant_id = $1 and person_id <> $2 and about = 'person:' || cast($2 as text)
         order by id desc
         limit $3",
    ),
];

/// Every section about an account, whatever the tenant. The network is `$1`, the account `$2`, the most rows `$3`.
pub(super) const OF_ACCOUNT: [Told; 2] = [
    ("direct_rooms", "select id as room from rooms where connector = $1 and person = $2 order by id limit $3"),
    (
        "buttons",
        "select made_at, expires_at, kind, presses from buttons
         where connector = $1 and owner = $2
         order by made_at desc, id
         limit $3",
    ),
];
