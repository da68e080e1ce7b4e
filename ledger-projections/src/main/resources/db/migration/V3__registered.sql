-- Agreements, editions and statements: few, and each is what its own entries say. Here is only which there are.
create table registered (
    id             text primary key,
    type           text   not null,
    first_position bigint not null
);
create index registered_type on registered (type, first_position);

grant select, insert, update, delete on registered to ${app_role};
