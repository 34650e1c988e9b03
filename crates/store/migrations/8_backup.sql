-- Backups that were made on schedule, each restored and verified before it was noted here.
--
-- Times are milliseconds since 1970, UTC.

create table backup (
    name {text} not null primary key,
    place {text} not null,
    made {integer} not null,
    verified {integer} not null,
    size {integer} not null,
    organizations {integer} not null,
    entries {integer} not null,
    files {integer} not null
){clustered};
