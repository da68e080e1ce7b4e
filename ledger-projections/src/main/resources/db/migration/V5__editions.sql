-- Files of editions, by SHA-256 of their bytes. The events of editions name them, so nothing here is believed: what does
-- not fit its digest is not handed out.
create table published_file (
    digest text  primary key,
    bytes  bytea not null
);

create trigger published_file_is_append_only before update or delete or truncate on published_file
    for each statement execute function refuse_change();

grant select, insert on published_file to ${app_role};
