-- Bounds: how much is kept for each space, so that no one fills the disk that all are on; and what was answered for one
-- space is pressed in that one alone.

-- Bytes of the files that were handed in and not erased yet: each version counts, whatever others have the same content.
-- It is here, on the row that every writer of the tenant waits for, so that the last megabyte is given once, and so that
-- nobody who hands a file in has all those of the year summed up.
alter table tenants add column file_bytes bigint not null default 0;

update tenants set file_bytes = (
    select cast(coalesce(sum(handins.size), 0) as bigint) from handins
    where handins.tenant_id = tenants.id and handins.sha256 is not null
);

-- The tenant that the person meant when they were answered. In a direct room one may belong to several, and what was
-- answered for one of them isn't done in another. Null for what is of no tenant.
alter table buttons add column made_in bigint;
