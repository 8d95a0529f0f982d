-- What MSPR follow-up keeps: the people of a space, the briefs, the teams and their work.
--
-- Here a space is a tenant with a number of its own, since one space may span several networks: `tenant_spaces` says which
-- spaces of which networks make it up. Every table names its tenant first, in its primary key too: a number of one tenant
-- says nothing in another, and nothing can be asked without saying whose it is.
--
-- Numbers (`id`) are drawn from the tenant's own counter, in the transaction that uses them. That transaction begins by
-- counting itself on the tenant's row, so that the writers of one tenant come one after the other on both databases: what a
-- writer read still holds when it writes, and the last seat of a team is given once.
--
-- `number` is what people say ("jalon 4"), counted within a team, or a brief. `due_on_wall` is a wall-clock time as
-- `2026-11-27T18:00`, which is the truth; `due_at` is the instant that follows from it and from the zone, for comparing.
-- What a person deleted has `deleted_at`, can be brought back for a day, and is erased later.
--
-- There is no column for a disability, a diagnosis or a reason, nor a kind of anything from which one could be told.

-- The row of the number 0 is no tenant: its `last_id` is the last number given to one, so that none is given twice.
create table tenants (
    id bigint primary key,
    -- How many transactions wrote. Counting is what makes them queue.
    writes bigint not null,
    -- The last number given.
    last_id bigint not null,
    made_at bigint not null
);

create table tenant_spaces (
    connector text not null,
    space text not null,
    tenant_id bigint not null,
    primary key (connector, space)
);

create index tenant_spaces_of_tenant on tenant_spaces (tenant_id);

-- A person in one tenant. The same human in two tenants is two people here.
create table people (
    tenant_id bigint not null,
    id bigint not null,
    -- As their network shows them; the last one seen. Null once the person asked to be erased.
    name text,
    -- The name, folded, so that it is found however it is typed.
    folded text,
    -- IANA name, where it isn't the space's.
    zone text,
    met_at bigint not null,
    seen_at bigint not null,
    primary key (tenant_id, id)
);

create table accounts (
    tenant_id bigint not null,
    connector text not null,
    account text not null,
    person_id bigint not null,
    primary key (tenant_id, connector, account)
);

create index accounts_of_person on accounts (tenant_id, person_id);

-- In a direct room nobody says which tenant they mean.
create index accounts_by_account on accounts (connector, account);

-- Codes by which a person links a second account, or a space of another network joins a tenant: `account` or `space`.
create table linking_codes (
    tenant_id bigint not null,
    kind text not null,
    person_id bigint not null,
    -- SHA-256 of the code, which is shown once and kept nowhere.
    hash text not null,
    expires_at bigint not null,
    primary key (tenant_id, kind, person_id)
);

create index linking_codes_by_hash on linking_codes (hash);

create index linking_codes_expiring on linking_codes (expires_at);

-- Who is a trainer: `role` and the network's role, or `person` and the person's number.
create table trainers (
    tenant_id bigint not null,
    kind text not null,
    connector text not null,
    value text not null,
    -- For showing: the role's name when it was chosen.
    label text not null,
    primary key (tenant_id, kind, connector, value)
);

create table cohorts (
    tenant_id bigint not null,
    id bigint not null,
    name text not null,
    -- Folded, so that it is found however it is typed.
    folded text not null,
    made_at bigint not null,
    primary key (tenant_id, id)
);

create unique index cohorts_by_name on cohorts (tenant_id, folded);

create table briefs (
    tenant_id bigint not null,
    id bigint not null,
    number bigint not null,
    cohort_id bigint,
    -- `draft`, `published`, `closed`. A draft is its author's alone.
    state text not null,
    -- The version in force.
    version bigint not null,
    -- The same as in the content, for lists.
    title text not null,
    deadline_at bigint,
    author_id bigint not null,
    -- Where it was published; null for a draft.
    connector text,
    room text,
    message text,
    made_at bigint not null,
    published_at bigint,
    closed_at bigint,
    primary key (tenant_id, id)
);

create unique index briefs_by_number on briefs (tenant_id, number);

create table brief_versions (
    tenant_id bigint not null,
    brief_id bigint not null,
    version bigint not null,
    -- JSON of `domain::brief::Brief`.
    content text not null,
    author_id bigint not null,
    made_at bigint not null,
    primary key (tenant_id, brief_id, version)
);

create table teams (
    tenant_id bigint not null,
    id bigint not null,
    brief_id bigint not null,
    number bigint not null,
    name text not null,
    folded text not null,
    -- `open`: whoever wants joins; `asked`: the captain agrees first.
    entry text not null,
    -- A room or thread of their own.
    connector text,
    room text,
    -- `active`, `dissolved`.
    state text not null,
    made_at bigint not null,
    dissolved_at bigint,
    primary key (tenant_id, id)
);

create unique index teams_by_number on teams (tenant_id, brief_id, number);

create unique index teams_by_name on teams (tenant_id, brief_id, folded) where state = 'active';

-- History stays: a person who left has `left_at`, and may come back as another row.
create table seats (
    tenant_id bigint not null,
    id bigint not null,
    team_id bigint not null,
    brief_id bigint not null,
    person_id bigint not null,
    -- `captain`, `member`.
    rank text not null,
    joined_at bigint not null,
    left_at bigint,
    primary key (tenant_id, id)
);

-- One team a brief for each person.
create unique index seats_of_person on seats (tenant_id, brief_id, person_id) where left_at is null;

create index seats_of_team on seats (tenant_id, team_id);

-- Whoever says "my team" names no brief.
create index seats_of_anybody on seats (tenant_id, person_id);

-- Who asked to join a team whose captain agrees first.
create table requests (
    tenant_id bigint not null,
    team_id bigint not null,
    person_id bigint not null,
    asked_at bigint not null,
    primary key (tenant_id, team_id, person_id)
);

-- The last numbers given in a team: those of what was erased aren't given again.
create table team_numbers (
    tenant_id bigint not null,
    team_id bigint not null,
    milestones bigint not null,
    deliverables bigint not null,
    primary key (tenant_id, team_id)
);

create table milestones (
    tenant_id bigint not null,
    id bigint not null,
    team_id bigint not null,
    number bigint not null,
    title text not null,
    -- The brief's own key of it; null for the team's own. The team reads those and can't change them.
    brief_key text,
    due_on_wall text,
    zone text,
    due_at bigint,
    -- Planned work.
    minutes bigint,
    -- `open`, `blocked`, `done`.
    state text not null,
    -- Why it is blocked.
    why text,
    -- Number of the deliverable that it leads to.
    deliverable bigint,
    -- Grows with each change: who changes what another changed meanwhile is told.
    revision bigint not null,
    made_at bigint not null,
    done_at bigint,
    done_by bigint,
    deleted_at bigint,
    primary key (tenant_id, id)
);

create unique index milestones_by_number on milestones (tenant_id, team_id, number);

create unique index milestones_of_brief on milestones (tenant_id, team_id, brief_key) where brief_key is not null;

-- What is to be erased.
create index milestones_deleted on milestones (tenant_id, deleted_at) where deleted_at is not null;

create table milestone_people (
    tenant_id bigint not null,
    milestone_id bigint not null,
    person_id bigint not null,
    primary key (tenant_id, milestone_id, person_id)
);

create index milestones_of_person on milestone_people (tenant_id, person_id, milestone_id);

create table milestone_needs (
    tenant_id bigint not null,
    milestone_id bigint not null,
    needs_id bigint not null,
    primary key (tenant_id, milestone_id, needs_id)
);

create index milestones_needed on milestone_needs (tenant_id, needs_id);

create table milestone_criteria (
    tenant_id bigint not null,
    milestone_id bigint not null,
    criterion text not null,
    primary key (tenant_id, milestone_id, criterion)
);

create table deliverables (
    tenant_id bigint not null,
    id bigint not null,
    team_id bigint not null,
    number bigint not null,
    title text not null,
    -- The brief's own number of it; null for the team's own.
    brief_key text,
    -- 1: it must be handed in.
    required bigint not null,
    due_on_wall text,
    zone text,
    due_at bigint,
    -- `expected`, `handed_in`, `accepted`, `sent_back`: what the newest hand-in that wasn't withdrawn says.
    state text not null,
    -- The last version given: that of a hand-in that was erased isn't given again.
    versions bigint not null,
    revision bigint not null,
    made_at bigint not null,
    deleted_at bigint,
    primary key (tenant_id, id)
);

create unique index deliverables_by_number on deliverables (tenant_id, team_id, number);

create unique index deliverables_of_brief on deliverables (tenant_id, team_id, brief_key) where brief_key is not null;

create index deliverables_deleted on deliverables (tenant_id, deleted_at) where deleted_at is not null;

create table handins (
    tenant_id bigint not null,
    id bigint not null,
    deliverable_id bigint not null,
    version bigint not null,
    person_id bigint not null,
    handed_in_at bigint not null,
    -- `file`, `link`.
    kind text not null,
    -- The file's name, made safe, or the link.
    name text not null,
    media_type text,
    -- Bytes, and SHA-256 in hexadecimal: where the file is on disk. Null for a link.
    size bigint,
    sha256 text,
    -- The deadline that it was measured by, null where there was none: a later change of the brief doesn't rewrite a receipt.
    due_at bigint,
    -- `accepted`, `sent_back`; null until a trainer says.
    verdict text,
    comment text,
    judged_by bigint,
    judged_at bigint,
    deleted_at bigint,
    primary key (tenant_id, id)
);

create unique index handins_by_version on handins (tenant_id, deliverable_id, version);

-- Whether a file on disk is still wanted.
create index handins_by_file on handins (sha256) where sha256 is not null;

create index handins_deleted on handins (tenant_id, deleted_at) where deleted_at is not null;

create table hours (
    tenant_id bigint not null,
    id bigint not null,
    team_id bigint not null,
    person_id bigint not null,
    minutes bigint not null,
    -- The civil day on which they worked, `2026-11-27`.
    spent_on text not null,
    what text,
    milestone bigint,
    logged_at bigint not null,
    deleted_at bigint,
    primary key (tenant_id, id)
);

create index hours_of_team on hours (tenant_id, team_id, person_id);

create index hours_of_day on hours (tenant_id, person_id, spent_on);

create index hours_deleted on hours (tenant_id, deleted_at) where deleted_at is not null;

create table coverage (
    tenant_id bigint not null,
    team_id bigint not null,
    criterion text not null,
    -- `to_do`, `in_progress`, `covered`; a criterion without a row is to do.
    state text not null,
    -- JSON of what `domain::coverage` calls proofs, in the order in which they came.
    proofs text not null,
    revision bigint not null,
    person_id bigint not null,
    changed_at bigint not null,
    primary key (tenant_id, team_id, criterion)
);

create table defences (
    tenant_id bigint not null,
    id bigint not null,
    brief_id bigint not null,
    team_id bigint not null,
    -- The order of the day.
    rank bigint not null,
    starts_on_wall text not null,
    zone text not null,
    starts_at bigint not null,
    -- How long it lasts in all. Some last longer; nothing says why.
    minutes bigint not null,
    room text,
    jury text,
    revision bigint not null,
    primary key (tenant_id, id)
);

create unique index defences_of_team on defences (tenant_id, brief_id, team_id);

-- Whether a room or a jury is taken.
create index defences_by_time on defences (tenant_id, starts_at);

-- Who did what, when; no text that anybody wrote.
create table journal (
    tenant_id bigint not null,
    id bigint not null,
    at bigint not null,
    person_id bigint not null,
    -- `team.joined`, `milestone.done` and so on.
    deed text not null,
    -- What it was done to, as `team:12`.
    about text not null,
    primary key (tenant_id, id)
);

create index journal_about on journal (tenant_id, about, id);

-- What was done because of an event of a network, so that an event that is told twice does its work once.
create table effects (
    connector text not null,
    event text not null,
    done_at bigint not null,
    primary key (connector, event)
);

create index effects_done on effects (done_at);

-- What a tenant chose, by key, whatever the network it was chosen on. A key that is absent means what the program does by
-- itself.
create table tenant_settings (
    tenant_id bigint not null,
    key text not null,
    value text not null,
    changed_at bigint not null,
    primary key (tenant_id, key)
);
