-- For which months the record of an organisation is complete, added up from the entries: how many declarations stand. Months
-- that go on have no last one.
create table total_coverage (
    copy         smallint not null default 0 check (copy in (0, 1)),
    organisation text     not null,
    first_month  text     not null,
    last_month   text     not null,
    declarations bigint   not null,
    primary key (copy, organisation, first_month, last_month)
);

grant select on total_coverage to ${app_role};
grant select, insert, update, delete on total_coverage to ${sequencer_role};
