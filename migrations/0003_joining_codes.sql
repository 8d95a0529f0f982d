-- Codes by which a room joins a space. A room that no server or space of its network holds is a space of its own, until an
-- administrator of it says a code that an administrator of another space was given: it then belongs to that space, as
-- `rooms` tells.

-- One row a space: a new code takes the place of the former one.
create table joining_codes (
    connector text not null,
    -- The space that the code leads to.
    space text not null,
    -- SHA-256 of the code. The code itself is shown once and kept nowhere.
    hash text not null,
    -- Where it was asked for: that room is told when a room has joined.
    room text not null,
    -- Past it the row is unknown, whether or not it has been deleted.
    expires_at bigint not null,
    primary key (connector, space)
);

create index joining_codes_by_hash on joining_codes (connector, hash);

create index joining_codes_expiring on joining_codes (expires_at);
