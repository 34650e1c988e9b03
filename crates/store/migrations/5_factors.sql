-- What proves who somebody is beside a password, and under which names others know them.
--
-- The secret of an authenticator app must be read to check a code, so it is encrypted: its key lies
-- in the folder of signing keys, not in the database. Of a passkey only the public key is here, of
-- a recovery code its SHA-256.

create table authenticator (
    account {bytes} not null primary key references account (id) on delete cascade,
    secret {bytes} not null,
    since {integer} not null,
    step {integer} not null
){clustered};

create table passkey (
    id {bytes} not null primary key,
    account {bytes} not null references account (id) on delete cascade,
    credential {bytes} not null unique,
    content {bytes} not null,
    counter {integer} not null,
    name {text} not null,
    since {integer} not null,
    used {integer}
){clustered};

create index passkey_account on passkey (account);

create table recovery (
    account {bytes} not null references account (id) on delete cascade,
    hash {bytes} not null,
    used {integer},
    primary key (account, hash)
){clustered};

-- What works once and was used, until it would have ended anyway.
create table spent (
    hash {bytes} not null primary key,
    expires {integer} not null
){clustered};

-- Whom a provider of sign-in means by a subject.
create table identity (
    issuer {text} not null,
    subject {text} not null,
    account {bytes} not null references account (id) on delete cascade,
    provider {text} not null,
    since {integer} not null,
    seen {integer} not null,
    primary key (issuer, subject)
){clustered};

create index identity_account on identity (account);

-- A membership that the groups of a provider gave, and may take away.
create table provided (
    organization {bytes} not null references ledger (organization),
    membership {bytes} not null,
    account {bytes} not null references account (id) on delete cascade,
    provider {text} not null,
    primary key (organization, membership)
){clustered};

create index provided_account on provided (account);

-- How a session was opened, by which provider, and when a second factor was last proved in it.
alter table session add column way {text};

alter table session add column provider {text};

alter table session add column strong {integer};
