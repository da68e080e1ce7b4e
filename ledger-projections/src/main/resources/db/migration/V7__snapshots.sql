-- What the entries up to some position amount to, so that replays need not begin with the first. Can be lost.
-- latest: when the newest of the entries claims to have been recorded, in a form that sorts as text
-- mac: of the program over content
create table snapshot (
    position bigint primary key check (position >= 0),
    latest   text   not null,
    content  bytea  not null,
    mac      bytea  not null
);

grant select, insert, update, delete on snapshot to ${app_role};
