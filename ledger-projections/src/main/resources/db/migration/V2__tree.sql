-- The Merkle tree over the entries, and what was signed of it.

-- The event row's, so that no column of an event can be changed unnoticed.
alter table ledger_entry add column xid xid8 not null default '0';
alter table ledger_entry alter column xid drop default;

-- Full tiles (C2SP tlog-tiles): 256 hashes of 32 bytes. Level 0 holds the hashes of leaves; each hash of a higher level
-- is the root of a full tile below.
create table tile (
    level  int    not null check (level between 0 and 7),
    number bigint not null check (number >= 0),
    hashes bytea  not null check (length(hashes) = 8192),
    primary key (level, number)
);
-- hashes cannot be compressed
alter table tile alter column hashes set storage external;

-- Published checkpoints (C2SP tlog-checkpoint), as signed.
create table checkpoint (
    size bigint primary key check (size > 0),
    note bytea  not null
);

create trigger tile_is_append_only before update or delete or truncate on tile
    for each statement execute function refuse_change();
create trigger checkpoint_is_append_only before update or delete or truncate on checkpoint
    for each statement execute function refuse_change();

-- The right edge of the tree: of each level, the tile that is not full yet. Follows from the entries.
create table tree_edge (
    level  int    primary key check (level between 0 and 7),
    number bigint not null check (number >= 0),
    hashes bytea  not null check (length(hashes) % 32 = 0 and length(hashes) < 8192)
);
insert into tree_edge values (0, 0, '');

-- Which checkpoint everybody may see, and since when.
create table public_checkpoint (
    id    boolean primary key default true check (id),
    size  bigint      not null references checkpoint,
    since timestamptz not null
);

grant select, insert on tile, checkpoint to ${app_role};
grant select, insert, update on tree_edge, public_checkpoint to ${app_role};

-- snapshot: of the last search that took all it saw; only what it did not see is looked for.
-- cluster: pg_control_system().system_identifier of the cluster in which that means something.
drop table sequencer;
create table sequencer (
    id       boolean     primary key default true check (id),
    snapshot pg_snapshot not null,
    cluster  bigint      not null
);
grant select, insert, update on sequencer to ${app_role};
