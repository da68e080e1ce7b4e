-- The total of one month is told apart from the requests of that month, and one of no requests from none that was recorded.
-- The version of the fold is raised with it, so that the totals are made anew.
alter table monthly_total add column period_totals bigint not null default 0;

-- What has folded nothing yet is of any version.
update projection set version = 4 where name = 'totals' and position = -1;
