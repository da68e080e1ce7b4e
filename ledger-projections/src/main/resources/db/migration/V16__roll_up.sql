-- The organisation that another one rolls up to. The version of the fold is raised with it, so that the totals are made
-- anew.
alter table total_organisation add column parent text;
