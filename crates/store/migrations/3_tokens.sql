-- Personal tokens, by which programs act in somebody's name. `hash` is the SHA-256 of the secret;
-- `organization` is empty for a token that opens all organizations of its account; `scopes` are
-- words parted by spaces. Rows stay when a token is revoked: ledgers name its id.
create table token (
    id {bytes} not null primary key,
    account {bytes} not null references account (id) on delete cascade,
    organization {bytes} references ledger (organization),
    name {text} not null,
    hash {bytes} not null,
    scopes {text} not null,
    created {integer} not null,
    expires {integer} not null,
    used {integer},
    revoked {integer}
){clustered};

create index token_account on token (account);
