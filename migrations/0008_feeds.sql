-- Calendars: when each dated thing last changed, what has left calendars, and the feeds that people subscribe to.

-- When what is planned last changed; null for what hasn't since this column is there, and then it is when it was made.
-- Calendar programs are told it. `revision` says that something changed, and this says when.
alter table milestones add column changed_at bigint;

alter table deliverables add column changed_at bigint;

alter table defences add column changed_at bigint;

-- Dates that may stand in somebody's calendar and are no more: deleted, cancelled, or of a thing that has no date any more.
-- A file that is opened again takes them away. No words are kept: a calendar finds them by what they are. A thing that has
-- a date again counts, and its row here doesn't. Erased some time after the date is over.
create table gone_dates (
    tenant_id bigint not null,
    -- `milestone`, `deliverable`, `defence`.
    kind text not null,
    subject_id bigint not null,
    team_id bigint not null,
    -- The brief's own key of it, by which its calendars know it; null for the team's own.
    brief_key text,
    due_on_wall text not null,
    zone text not null,
    due_at bigint not null,
    -- What it was when it went.
    revision bigint not null,
    gone_at bigint not null,
    primary key (tenant_id, kind, subject_id)
);

create index gone_dates_of_team on gone_dates (tenant_id, team_id);

create index gone_dates_over on gone_dates (due_at);

-- The address at which a person's own calendar is read, without their account: whoever has it reads it, so only its hash is
-- kept, and one row a person: a new address takes the place of the former one.
create table feeds (
    tenant_id bigint not null,
    person_id bigint not null,
    -- SHA-256 of the secret part of the address, which is shown once and kept nowhere.
    hash text not null,
    made_at bigint not null,
    -- The day on which it was last read, for the person to see that it is in use; null: never.
    read_on text,
    primary key (tenant_id, person_id)
);

-- Read by the hash alone: nothing of an address says whose it is.
create unique index feeds_by_hash on feeds (hash);
