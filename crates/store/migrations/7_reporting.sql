-- What reporting tools may read: views, which are made anew when a program with others opens the
-- database, and who may read which organization through them.

-- The views that were made, and the digest of the text that made them.
create table made (
    name {text} not null primary key,
    sha256 {bytes} not null
){clustered};

-- A role of the database's server, and an organization that it may read; no bytes for all.
create table reader (
    role {text} not null,
    organization {bytes} not null,
    primary key (role, organization)
){clustered};
