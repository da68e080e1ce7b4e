-- Numbers of requests may be not stated, as numbers of people may.
alter table monthly_total
    add column not_stated_received bigint not null default 0,
    add column not_stated_approved bigint not null default 0,
    add column not_stated_refused bigint not null default 0,
    add column not_stated_withdrawn bigint not null default 0,
    add column not_stated_open bigint not null default 0,
    add column not_stated_requests_answered bigint not null default 0,
    add column not_stated_led_to_data bigint not null default 0;
