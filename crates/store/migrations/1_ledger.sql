-- The ledger of every organization, and what is derived from it for quick reading.
--
-- Ids and hashes are bytes: 16 instead of 36 per id, and the same order on both databases.
-- The hot tables carry no foreign keys: they cost a lookup per row, and verifying the ledger
-- proves more than they would.

create table ledger (
    organization {bytes} not null primary key,
    slug {text} not null unique,
    origin {text} not null,
    seq {integer} not null,
    at {text} not null,
    edge {bytes} not null
){clustered};

-- One commit.
create table entry (
    organization {bytes} not null references ledger (organization),
    seq {integer} not null,
    at {text} not null,
    actor {text} not null,
    via {text} not null,
    count {integer} not null,
    root {bytes} not null,
    note_hash {bytes},
    note_salt {bytes},
    note {text},
    primary key (organization, seq)
){clustered};

-- One version of one record; its content is stored here and nowhere else.
create table revision (
    organization {bytes} not null,
    record {bytes} not null,
    version {integer} not null,
    seq {integer} not null,
    number {integer} not null,
    body_version {integer} not null,
    kind {text} not null,
    op {text} not null,
    stage {text} not null,
    provenance {text} not null,
    hash {bytes} not null,
    salt {bytes},
    content {text},
    primary key (organization, record, version)
){strict};

create unique index revision_commit on revision (organization, seq, record);

create index revision_erasure on revision (organization, record, version) where op = 'erase';

-- Points to a record's newest revision.
create table record (
    organization {bytes} not null,
    id {bytes} not null,
    kind {text} not null,
    number {integer} not null,
    version {integer} not null,
    seq {integer} not null,
    primary key (organization, id)
){clustered};

-- A version that was published, and the commit that published it.
create table edition (
    organization {bytes} not null,
    record {bytes} not null,
    version {integer} not null,
    seq {integer} not null,
    primary key (organization, record, version)
){clustered};

-- The root of a complete subtree of an organization's commits.
create table node (
    organization {bytes} not null,
    level {integer} not null,
    place {integer} not null,
    hash {bytes} not null,
    primary key (organization, level, place)
){clustered};

-- A signed statement of a ledger's size and root.
create table checkpoint (
    organization {bytes} not null references ledger (organization),
    size {integer} not null,
    note {text} not null,
    primary key (organization, size)
){clustered};

-- A file that a commit names; its bytes lie outside the database.
create table file (
    organization {bytes} not null references ledger (organization),
    sha256 {bytes} not null,
    size {integer} not null,
    primary key (organization, sha256)
){clustered};
