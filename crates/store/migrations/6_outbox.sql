-- What is to be sent, and what people were told.
--
-- Times are milliseconds since 1970, UTC. No row holds what a record says, nor a secret that opens
-- anything by itself: a letter is written when it is sent, and the secrets of links are kept as
-- their SHA-256 only. The one exception is the key of a hook, which signs and must be readable.

-- How far an organization's commits were looked at, and when its due dates are to be, next.
create table followed (
    organization {bytes} not null primary key references ledger (organization),
    seq {integer} not null,
    due {integer} not null
){clustered};

-- Something that a person should be told, or was: `mark` tells apart what else would be the same.
-- It is told from `ready` on, alone or gathered with others.
create table notice (
    organization {bytes} not null references ledger (organization),
    person {bytes} not null,
    occasion {text} not null,
    record {bytes} not null,
    mark {text} not null,
    seq {integer} not null,
    alone {integer} not null,
    made {integer} not null,
    ready {integer} not null,
    told {integer},
    primary key (organization, person, occasion, record, mark)
){clustered};

create index notice_waiting on notice (ready) where told is null;

-- What is to be sent, was sent, or was given up.
create table outbox (
    id {bytes} not null primary key,
    organization {bytes} references ledger (organization),
    channel {text} not null,
    recipient {bytes},
    content {text} not null,
    made {integer} not null,
    due {integer} not null,
    tries {integer} not null,
    state {text} not null,
    ended {integer},
    fault {text}
){clustered};

create index outbox_due on outbox (due) where state = 'waiting';

create index outbox_organization on outbox (organization, made);

-- A link on which one person answers one thing.
create table answer (
    hash {bytes} not null primary key,
    organization {bytes} not null references ledger (organization),
    person {bytes} not null,
    account {bytes} not null references account (id) on delete cascade,
    purpose {text} not null,
    record {bytes} not null,
    version {integer} not null,
    issued {integer} not null,
    expires {integer} not null,
    used {integer},
    seq {integer}
){clustered};

-- Where an organization's commits are reported to.
create table hook (
    id {bytes} not null primary key,
    organization {bytes} not null references ledger (organization),
    url {text} not null,
    secret {text} not null,
    kinds {text} not null,
    person {bytes} not null,
    made {integer} not null,
    paused {integer}
){clustered};

-- A secret address at which a calendar program reads what is due.
create table calendar (
    hash {bytes} not null primary key,
    account {bytes} not null references account (id) on delete cascade,
    organization {bytes} not null references ledger (organization),
    breadth {text} not null,
    made {integer} not null,
    seen {integer}
){clustered};
