-- Events in the calendars of networks: which one stands for which defence.
--
-- What is to be seen follows from the defences, and is worked out after whatever changes them, as reminders are: `scheduling`
-- says of which tenants. What a network shows is compared with it, and what is missing is done: made, changed, taken away. A
-- network knows no key for an event, so each step is noted before it is asked for, and one that nobody heard the end of is
-- looked for first.
--
-- Everybody in the space sees these events. Nothing here names a person, and the end is the one that the brief gives for all:
-- how long a defence lasts is in no column.

-- Tenants to be looked at. No row: nothing changed there. Of a tenant there is one thing to know, so no column says what
-- changed: all of its defences are a few hundred rows.
create table scheduling (
    tenant_id bigint primary key
);

-- One row for each defence and each space that shows it, until the defence begins.
create table scheduled (
    tenant_id bigint not null,
    defence_id bigint not null,
    connector text not null,
    space text not null,
    -- The network's name of the event; null while none is known to stand.
    event text,
    -- What the event says, or was to say when it was asked for: JSON of ours, to compare with, and to find an event by whose
    -- name nobody heard. Null: none was asked for.
    said text,
    -- What it should say; null: it should go.
    wanted text,
    -- When the defence begins, in either of both: the nearest are seen to first, and what has begun is forgotten.
    starts_at bigint not null,
    -- Not before; null: nothing is to be done. While somebody does it, until when nobody else does.
    try_at bigint,
    -- Who does it.
    owner text,
    -- Failures in a row, for the wait after the next.
    failures bigint not null,
    -- What went wrong: a word of ours.
    why text,
    primary key (tenant_id, defence_id, connector, space)
);

create index scheduled_due on scheduled (connector, try_at) where try_at is not null;

create index scheduled_past on scheduled (starts_at);
