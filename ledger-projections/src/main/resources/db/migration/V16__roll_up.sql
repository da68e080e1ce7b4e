-- The organisation that another one rolls up to. The version of the fold is raised with it, so that the totals are made
-- anew.
alter table total_organisation add column parent text;

-- What has folded nothing yet is of any version.
update projection set version = 2 where name = 'totals' and position = -1;
update projection set version = 3 where name = 'register' and position = -1;
