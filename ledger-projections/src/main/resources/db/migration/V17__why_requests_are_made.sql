-- Totals are told apart by why requests are made: NOT_TOLD of requests whose events do not tell it. The version of the fold is
-- raised with it, so that the totals are made anew.
alter table monthly_total
    add column purpose      text not null default 'NOT_TOLD',
    add column gateway      text not null default 'NOT_TOLD',
    add column lawful_basis text not null default 'NOT_TOLD',
    drop constraint monthly_total_pkey,
    add primary key (copy, period, organisation, purpose, gateway, lawful_basis);

-- What has folded nothing yet is of any version.
update projection set version = 3 where name = 'totals' and position = -1;
