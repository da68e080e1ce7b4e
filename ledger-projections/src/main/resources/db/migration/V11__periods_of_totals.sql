-- A row is a month of receipt, or a period of several months of which a source gives only the total: 2015-07/2016-09.
alter table monthly_total rename column month to period;

-- Whether a total covers a month is asked before every request is recorded.
create index event_period_total on event (aggregate_id, sequence) where aggregate_type = 'period-total';
