-- Reminders: what people ask for, what is planned, what must be sent and what was.
--
-- Three steps, each in the transaction that makes the next one sure:
--
-- 1. Whatever changes something that people are reminded of notes it in `changes`, in its own transaction. A change is never
--    lost, and whoever makes it doesn't wait for its consequences.
-- 2. A change is worked out into `alarms`: for each thing and each person the next instant at which to say something.
-- 3. An alarm that is due becomes a row of the ledger, `deliveries`, and moves on to its next step. A delivery is claimed for
--    a while, sent, and noted as sent; whoever claimed it and vanished is replaced once that while is over.
--
-- Nothing here holds a message. What is said is made from what is true when it is sent, so that nothing is said of what is
-- done, and no text is kept twice. There is no column, and no kind, from which one could tell a reminder about
-- accommodation from any other that a person made without words.

-- What people asked to be reminded of.
create table reminders (
    tenant_id bigint not null,
    id bigint not null,
    -- What people call it, counted for whoever asked.
    number bigint not null,
    person_id bigint not null,
    -- For a whole team; null for whoever asked alone, in private.
    team_id bigint,
    -- Their own words; null where they gave none.
    what text,
    -- When, on the wall of `zone`; for what recurs, from when on.
    starts_on_wall text not null,
    zone text not null,
    starts_at bigint not null,
    -- How it recurs, as `domain::reminder` writes it; null: once.
    rule text,
    -- 1: those who haven't said that they saw it are told again.
    acknowledged bigint not null,
    made_at bigint not null,
    deleted_at bigint,
    primary key (tenant_id, id)
);

create index reminders_of_person on reminders (tenant_id, person_id, number);

create index reminders_of_team on reminders (tenant_id, team_id) where team_id is not null;

create index reminders_deleted on reminders (tenant_id, deleted_at) where deleted_at is not null;

-- Who said that they saw a reminder, or that it is done.
create table acknowledgements (
    tenant_id bigint not null,
    reminder_id bigint not null,
    person_id bigint not null,
    at bigint not null,
    primary key (tenant_id, reminder_id, person_id)
);

create index acknowledgements_of_person on acknowledgements (tenant_id, person_id);

-- How reminders are wanted. `level` is `space` (`level_id` 0), `cohort`, `team` or `person`; the nearest to the person wins.
create table reminder_settings (
    tenant_id bigint not null,
    level text not null,
    level_id bigint not null,
    key text not null,
    value text not null,
    changed_at bigint not null,
    primary key (tenant_id, level, level_id, key)
);

-- What changed and wasn't worked out yet: a thing, and since when.
create table changes (
    tenant_id bigint not null,
    -- `team`, `deliverable`, `milestone`, `brief`, `person`, `reminder`, `space`.
    kind text not null,
    subject_id bigint not null,
    since_at bigint not null,
    primary key (tenant_id, kind, subject_id)
);

create index changes_since on changes (since_at);

-- The next thing to say to each person about each thing. No row: nothing more is to be said.
create table alarms (
    tenant_id bigint not null,
    -- `milestone`, `deliverable`, `defence`, `rights`, `reminder`, `digest`.
    kind text not null,
    subject_id bigint not null,
    person_id bigint not null,
    -- The team that it is about; 0: none. So that a team's are found together.
    team_id bigint not null,
    -- The next step of the policy, or the next recurrence; null: none is left.
    step_at bigint,
    -- When the person asked to hear of it again; it moves nothing else.
    again_at bigint,
    -- The first of both: when to look.
    look_at bigint not null,
    primary key (tenant_id, kind, subject_id, person_id)
);

create index alarms_due on alarms (look_at, tenant_id);

create index alarms_due_of_tenant on alarms (tenant_id, look_at);

create index alarms_of_person on alarms (tenant_id, person_id, look_at);

create index alarms_of_team on alarms (tenant_id, team_id) where team_id <> 0;

-- The ledger: each thing that had to be said to a person at a step, once.
create table deliveries (
    tenant_id bigint not null,
    id bigint not null,
    kind text not null,
    subject_id bigint not null,
    person_id bigint not null,
    -- The step that it says; the last of them where several were missed.
    step_at bigint not null,
    -- How many steps it stands for.
    steps bigint not null,
    -- Drawn at random: the name under which networks know it, and what its buttons hold.
    token text not null,
    -- Where it goes: `discord direct 12`, `matrix room !a:b`. What goes to one place goes in its order.
    lane text not null,
    -- `due`, `held` (until `try_at`: quiet hours), `sending`, `sent`, `dropped` (no longer true), `failed`.
    state text not null,
    -- Which of the person's destinations: 0 is the first, the next ones are fallbacks.
    stage bigint not null,
    attempts bigint not null,
    -- What is due first is said first.
    urgent_at bigint not null,
    -- Not before.
    try_at bigint not null,
    -- Who sends it, and until when nobody else does.
    owner text,
    lease_until bigint,
    -- When it was first tried at this stage, to know how old a message is that may have left.
    tried_at bigint,
    -- What went wrong at each stage: words of ours, as `direct_closed room_gone`.
    why text,
    -- The message, once it is sent.
    connector text,
    room text,
    message text,
    made_at bigint not null,
    ended_at bigint,
    primary key (tenant_id, id)
);

create unique index deliveries_once on deliveries (tenant_id, kind, subject_id, person_id, step_at);

create unique index deliveries_by_token on deliveries (token);

-- The next to be sent, and whether another goes before it to the same place.
create index deliveries_due on deliveries (urgent_at, tenant_id, id) where state = 'due';

-- Wide enough to say by itself what waits for what; and so wide that PostgreSQL, where nothing is due when it counts, takes
-- the index above for what is due first.
create index deliveries_waiting on deliveries (try_at, lane, step_at, tenant_id, id, state) where state in ('due', 'held');

create index deliveries_in_lane on deliveries (lane, step_at, tenant_id, id) where state in ('due', 'sending');

create index deliveries_leased on deliveries (lease_until) where state = 'sending';

create index deliveries_of_person on deliveries (tenant_id, person_id, id);

create index deliveries_ended on deliveries (ended_at) where ended_at is not null;

-- Counted by whoever claims, so that claims come one after the other.
create table dispatch (
    id bigint primary key,
    turns bigint not null
);

insert into dispatch (id, turns) values (1, 0);

-- Teams that were at work before are reminded too: of what has fallen due since anybody of their space was last seen.
insert into changes (tenant_id, kind, subject_id, since_at)
select tenants.id, 'space', 0,
       coalesce((select max(people.seen_at) from people where people.tenant_id = tenants.id), tenants.made_at)
from tenants
where tenants.id > 0;
