-- Every projection has room for two copies: one serves, the other is made anew from the entries beside it.

alter table projection
    -- which copy serves
    add column copy smallint not null default 0 check (copy in (0, 1)),
    -- of the fold that made it; see Projection.version
    add column version int not null default 1;

-- What has folded nothing yet is of any version.
update projection set version = 2 where name = 'register' and position = -1;

-- A rebuild under way. position: newest entry folded into the other copy, -1 before the first.
create table rebuild (
    projection text        primary key references projection,
    copy       smallint    not null check (copy in (0, 1)),
    position   bigint      not null,
    version    int         not null,
    started_at timestamptz not null default now()
);
grant select, insert, update, delete on rebuild to ${app_role};

alter table monthly_total drop constraint monthly_total_pkey,
    add column copy smallint not null default 0 check (copy in (0, 1));
alter table monthly_total add primary key (copy, month, organisation);

alter table total_organisation drop constraint total_organisation_pkey,
    add column copy smallint not null default 0 check (copy in (0, 1));
alter table total_organisation add primary key (copy, code);

alter table organisation drop constraint organisation_pkey,
    add column copy smallint not null default 0 check (copy in (0, 1));
alter table organisation add primary key (copy, code);

alter table request drop constraint request_pkey, drop constraint request_first_position_key,
    add column copy smallint not null default 0 check (copy in (0, 1));
alter table request add primary key (copy, id), add unique (copy, first_position);
drop index request_organisation, request_received_month, request_status, request_agreement;
create index request_organisation on request (copy, organisation, first_position);
create index request_received_month on request (copy, received_month, first_position);
create index request_status on request (copy, status, first_position);
create index request_agreement on request (copy, agreement, received_month) where agreement is not null;

alter table request_reference drop constraint request_reference_pkey,
    add column copy smallint not null default 0 check (copy in (0, 1));
alter table request_reference add primary key (copy, reference, request);
drop index request_reference_request;
create index request_reference_request on request_reference (copy, request);

alter table registered drop constraint registered_pkey,
    add column copy smallint not null default 0 check (copy in (0, 1));
alter table registered add primary key (copy, id);
drop index registered_type;
create index registered_type on registered (copy, type, first_position);
