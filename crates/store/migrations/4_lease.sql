-- What only one process of an installation does at a time, and how it went.
--
-- Times are milliseconds since 1970 by the clock of the database, which all processes share.
-- `holder` is new each time a lease is taken; `failed` and `fault` are empty when it went well.

create table lease (
    name {text} not null primary key,
    holder {bytes} not null,
    until {integer} not null,
    done {integer} not null,
    failed {integer},
    fault {text}
){clustered};
