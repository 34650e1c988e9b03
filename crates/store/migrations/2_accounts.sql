-- Who may sign in, and with what. Secrets lie here, in no ledger: a password as its argon2id
-- hash, a token as its SHA-256.
--
-- Times are milliseconds since 1970, UTC. What an account may do in an organization is a record of
-- that organization's ledger; here stands only which person of it the account is.

create table account (
    id {bytes} not null primary key,
    email {text} not null,
    folded {text} not null unique,
    name {text} not null,
    password {text},
    password_set {integer},
    created {integer} not null,
    seen {integer},
    disabled {integer}
){clustered};

-- Which person of an organization an account is.
create table belonging (
    account {bytes} not null references account (id) on delete cascade,
    organization {bytes} not null references ledger (organization),
    person {bytes} not null,
    since {integer} not null,
    primary key (account, organization)
){clustered};

create unique index belonging_person on belonging (organization, person);

-- A browser that is signed in. `proved` is when the password was last typed there.
create table session (
    hash {bytes} not null primary key,
    id {bytes} not null unique,
    account {bytes} not null references account (id) on delete cascade,
    created {integer} not null,
    seen {integer} not null,
    expires {integer} not null,
    proved {integer},
    agent {text} not null,
    address {text} not null
){clustered};

create index session_account on session (account);

-- A link that works once.
create table once (
    hash {bytes} not null primary key,
    purpose {text} not null,
    account {bytes} references account (id) on delete cascade,
    organization {bytes} references ledger (organization),
    person {bytes},
    email {text},
    issued {integer} not null,
    expires {integer} not null,
    used {integer}
){clustered};

-- Failures to sign in: `subject` is the SHA-256 of an e-mail address or a network address, because
-- people type passwords into the wrong field. Nothing is tried before `until`.
create table attempt (
    subject {bytes} not null primary key,
    failures {integer} not null,
    latest {integer} not null,
    until {integer} not null
){clustered};

-- What somebody has set for themselves, as JSON; `organization` is empty for what holds in all.
create table preference (
    account {bytes} not null references account (id) on delete cascade,
    organization {bytes} not null,
    name {text} not null,
    content {text} not null,
    primary key (account, organization, name)
){clustered};
