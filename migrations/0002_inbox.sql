-- What a network said and that isn't answered yet, for networks that tell once what was said while the bot was away
-- (Matrix), and how far each network was read.
--
-- `bytea` is PostgreSQL's type of bytes. SQLite, which gives types to values rather than to columns, keeps bytes there as
-- they are.
--
-- What was read and the mark are written in one transaction. A power cut may take the last transactions with it on SQLite
-- (`synchronous = normal`), always the newest and each as a whole: the mark is then the one before, and what followed it is
-- read from the network again. An answer that was sent and whose `done_at` is lost that way is sent again under the same id,
-- which the network knows.
--
-- Nothing here says which process answers what: an account is read by one process, and that one alone asks for what waits
-- under its connector's name. If two took under one name, nothing would be lost and nothing kept twice, but both would
-- answer what waits.

-- What arrived.
create table inbox (
    connector text not null,
    -- The network's own: told twice, it is one row, also for some days after it was answered.
    id text not null,
    -- Where it was said. Null once it is answered, like the content: who spoke where isn't kept.
    room text,
    -- The order in which what waits is answered. It grows among what waits; what is answered needs none.
    rank bigint not null,
    -- What the connector needs to answer it, sealed by the connector: the bytes of an erased value may stay in the file until
    -- others are written over them. Null once it is answered.
    content bytea,
    taken_at bigint not null,
    -- When it was answered, or found to need no answer; null while it waits. The row is erased some days later.
    done_at bigint,
    primary key (connector, id)
);

-- Few rows wait.
create index inbox_waiting on inbox (connector, rank) where done_at is null;

create index inbox_done on inbox (done_at) where done_at is not null;

-- How far each network was read. Not in `notes`, where a connector writes and erases as it likes: a mark changes only
-- together with what was read up to it.
create table marks (
    connector text primary key,
    -- Only the connector knows what it means.
    mark text not null,
    -- To tell since when nothing was heard.
    written_at bigint not null
);
