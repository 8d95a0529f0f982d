-- What Vigie keeps, on SQLite and on PostgreSQL alike.
--
-- Only `text` and `bigint` are used: both databases read them alike. Instants are milliseconds since 1970 in UTC. Ids are
-- the networks' own and unique within one connector only, so `connector` stands beside each of them.
--
-- Nothing refers to `spaces` by a foreign key: a network may report what happens in a space before the space itself, and
-- a person must be answered all the same. Whoever erases a space erases what names it, in one transaction.
--
-- A migration that has been released never changes; the next one mends it.

-- The tenants: a Discord server, the community of a homeserver. What belongs to one is never read from another.
create table spaces (
    connector text not null,
    id text not null,
    -- As its people call it, for the operator who looks after several. The network tells it at each start.
    name text not null,
    -- When the bot came, the last time if it was sent away and called back.
    joined_at bigint not null,
    -- When it was sent away; null while it is there. Erased with all that is theirs once the grace is over.
    left_at bigint,
    primary key (connector, id)
);

-- Which spaces were left long enough ago, asked hourly: few rows have a date here.
create index spaces_left on spaces (left_at) where left_at is not null;

-- Rooms that must be found again without asking the network: the space that a room belongs to, and the room in which a
-- person is met alone.
create table rooms (
    connector text not null,
    id text not null,
    -- Null for a direct room, which belongs to no space.
    space text,
    -- Null for a room of several people. Otherwise whose direct room it is.
    person text,
    primary key (connector, id)
);

-- A person has one direct room: when the network opens another, it takes the place of the former.
create unique index rooms_of_person on rooms (connector, person) where person is not null;

create index rooms_of_space on rooms (connector, space) where space is not null;

-- What the people of a space chose, by key. A key that is absent means what the program does by itself, so that a default
-- may change in a later version.
create table settings (
    connector text not null,
    space text not null,
    key text not null,
    value text not null,
    -- To tell what changed when something no longer behaves as it did.
    changed_at bigint not null,
    primary key (connector, space, key)
);

-- The connectors' notebooks: what was registered where, how often the bot identified itself. Only the connector knows what
-- a value means.
create table notes (
    connector text not null,
    key text not null,
    value text not null,
    written_at bigint not null,
    primary key (connector, key)
);

-- What the actions under messages do. One row a message rather than one an action: a page of results has a dozen actions,
-- made together and forgotten together.
create table buttons (
    -- Drawn at random: whoever doesn't see the message can't guess it. A token is this, then the rank of the action.
    id text primary key,
    connector text not null,
    -- Where it was asked; null in a direct room. Pressed from another space, it is unknown.
    space text,
    -- The person who was answered.
    owner text not null,
    -- `message`: pressed as often as one likes. `form`: submitted once.
    kind text not null,
    -- JSON: the presses of a message, in their order; the form and the command that submitting it runs.
    presses text not null,
    made_at bigint not null,
    -- Past it the row is unknown, whether or not it has been pruned.
    expires_at bigint not null
);

-- The newest of each person are kept.
create index buttons_of_owner on buttons (connector, owner, made_at);

create index buttons_expiring on buttons (expires_at);

-- Erased with their space.
create index buttons_of_space on buttons (connector, space) where space is not null;
