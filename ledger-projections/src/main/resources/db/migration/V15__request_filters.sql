-- What else requests are looked up by. purposes and gateway: empty and null where not stated.
-- The version of the register's fold is raised with it, so that the rows from before are made anew.
alter table request
    add column purposes     text[]  not null default '{}',
    add column gateway      text,
    add column is_historic  boolean not null default false,
    add column is_destroyed boolean not null default false;
