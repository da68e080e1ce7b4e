-- The total of one month is told apart from the requests of that month. The version of the fold is raised with it, so that
-- the totals are made anew.

-- What has folded nothing yet is of any version.
update projection set version = 4 where name = 'totals' and position = -1;
