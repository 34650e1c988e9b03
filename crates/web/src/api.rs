//! The API: everything the pages can do, as JSON for programs. Start reading at [`endpoints`]: every
//! thing that can be asked for has a row there, with what its description needs.
//!
//! A program shows a personal token and acts in its owner's name, within the token's scopes. A
//! session of a browser opens nothing here, so that no other site can.

mod acts;
mod bearer;
mod commits;
mod endpoint;
mod enter;
mod fault;
mod fields;
mod kept;
pub(crate) mod openapi;
mod records;
mod reply;
mod reports;
mod steps;
mod told;
mod transfer;
mod write;

use app::accounts::Scope;
use domain::access::Act;

pub(crate) use self::{bearer::Bearers, enter::router, kept::Kept};
use self::{
    endpoint::{AS_OF, delete, get, patch, post},
    reply::etag,
};
pub use self::{
    endpoint::{Endpoint, Gives, Is, Parameter, Takes},
    fault::Fault,
    reply::Reply,
};
use crate::routes::Needs;

/// Everything that a program can ask for.
pub fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    TABLES.iter().flat_map(|it| it.iter())
}

/// The description of all of it, as OpenAPI 3.1 in JSON.
pub fn description() -> &'static str {
    openapi::text()
}

/// Parameters of lists.
const LIST: &[Parameter] = &[
    text("q", "Words that a record must say somewhere, all of them."),
    Parameter {
        name: "f.",
        help: "What must hold for a column: `f.owner=ROLE-3`, or with a way to compare behind it: \
               `not`, `is` (`none`, `some`), `from`, `to`, `above`, `below`, `has`, as in \
               `f.next_review.to=today+30`. Several values of one column: any of them.",
        is: Is::Filter,
        needed: false,
    },
    Parameter {
        name: "sort",
        help: "The column to sort by, with `-` in front for the greatest first; by number otherwise.",
        is: Is::Sort,
        needed: false,
    },
    Parameter {
        name: "with",
        help: "`live` for records that count, `ended` for those whose life is over too, `all` for \
               withdrawn ones too.",
        is: Is::One(&["live", "ended", "all"]),
        needed: false,
    },
    text(
        "columns",
        "Names of columns, parted by commas: only these are in `fields` and `computed`.",
    ),
    number("limit", "How many records at once; 50 otherwise.", 1, records::LARGEST_PAGE),
    text("cursor", "Where to go on: from `next` of the page before."),
    AS_OF,
];

const EXPORT: &[Parameter] = &[
    text("q", "Words that a record must say somewhere, all of them."),
    Parameter {
        name: "f.",
        help: "What must hold for a column, as in lists.",
        is: Is::Filter,
        needed: false,
    },
    Parameter {
        name: "form",
        help: "The form of the file.",
        is: Is::One(&["json", "csv", "xlsx"]),
        needed: false,
    },
    AS_OF,
];

const FILE: &[Parameter] = &[
    Parameter { name: "name", help: "The name of the file.", is: Is::Text, needed: true },
    text("sha256", "Its SHA-256 in hex, to be compared with what arrives."),
];

const NOTE: &str = r#"{"note": "agreed in the weekly meeting"}"#;

/// The tables, by what they are about; the reference page has a chapter for each.
pub(crate) const TABLES: &[&[Endpoint]] = &[START, RECORDS, ACTS, COMMITS, REPORTS];

/// The names of the tables, as chapters.
pub(crate) const CHAPTERS: [&str; 5] = [
    "First steps",
    "Records",
    "What is done with a record",
    "Commits",
    "What follows from records",
];

const START: &[Endpoint] = &[
    get("/api/v1", "me", reports::me)
        .says("Whose token this is, what it is for, and which organizations it opens.")
        .needs(Needs::Account)
        .query(&[])
        .gives(Gives::Json(200, "Me")),
    get("/api/v1/openapi.json", "description", openapi::serve)
        .says("This description, as OpenAPI 3.1; open to everybody.")
        .needs(Needs::Nothing)
        .query(&[])
        .gives(Gives::Json(200, "Any")),
    get("/api/v1/o/{org}", "organization", reports::organization)
        .says("The organization, where its ledger stands, and what you are in it.")
        .gives(Gives::Json(200, "Place")),
    get("/api/v1/o/{org}/kinds", "kinds", reports::kinds)
        .says("The kinds of records that you may see, with their stages.")
        .gives(Gives::Json(200, "Kinds")),
];

const RECORDS: &[Endpoint] = &[
    get("/api/v1/o/{org}/{kind}", "list", records::list)
        .says("Lists records, page by page.")
        .quick(records::is_known)
        .query(LIST)
        .gives(Gives::Json(200, "{Kind}List")),
    post("/api/v1/o/{org}/{kind}", "create", records::create)
        .says("Makes a record. With an `id` of your own (a UUID), sending it twice makes it once.")
        .takes(Takes::Json("{Kind}New"), "")
        .gives(Gives::Json(201, "{Kind}")),
    get("/api/v1/o/{org}/{kind}/{number}", "read", records::read)
        .says("One record. Its `ETag` is its version.")
        .quick(|_| true)
        .gives(Gives::Json(200, "{Kind}")),
    patch("/api/v1/o/{org}/{kind}/{number}", "change", records::change)
        .says(
            "Changes fields; what is not sent stays, `null` clears a field. `If-Match` says which \
             version you have seen and must be there.",
        )
        .takes(Takes::Json("{Kind}Change"), "")
        .gives(Gives::Json(200, "{Kind}")),
    delete("/api/v1/o/{org}/{kind}/{number}", "withdraw", records::withdraw)
        .says("Hides a record from lists; refused while others link to it, and can be undone.")
        .gives(Gives::Nothing),
    get("/api/v1/o/{org}/{kind}/export", "export", transfer::export)
        .says("Records with all their fields as a file, to be edited and brought back.")
        .query(EXPORT)
        .gives(Gives::File(&["application/json", "text/csv", transfer::XLSX])),
];

const ACTS: &[Endpoint] = &[
    get("/api/v1/o/{org}/{kind}/{number}/links", "links", acts::links)
        .says("What a record links to, and what links to it.")
        .gives(Gives::Json(200, "Links")),
    get("/api/v1/o/{org}/{kind}/{number}/history", "history", acts::history)
        .says("The versions of a record, the oldest first, with who made them, when and why.")
        .gives(Gives::Json(200, "History")),
    post("/api/v1/o/{org}/{kind}/{number}/stage", "move", acts::go)
        .says("Takes a record to another stage.")
        .takes(Takes::Json("Move"), r#"{"to": "assessed", "reason": "rated in the workshop"}"#)
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/assents", "assent", acts::assent)
        .says(
            "Assents in your name, or refuses: reviews (still true), approves, publishes, accepts, \
             acknowledges, attests. The approval is the answer; a request to you becomes it.",
        )
        .scope(Scope::Approve)
        .takes(Takes::Json("Assent"), r#"{"purpose": "review", "comment": "nothing has changed"}"#)
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/confirmation", "confirm", acts::confirm)
        .says("Makes seeded or imported text your own.")
        .scope(Scope::Approve)
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/comments", "comment", acts::comment)
        .says("Says something about a record; `@name` mentions a person.")
        .takes(Takes::Json("Remark"), r#"{"text": "@Ada Lind please look at this"}"#)
        .gives(Gives::Json(201, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/attachments", "attach", acts::attach)
        .says("Keeps a file with a record: the body is its bytes.")
        .query(FILE)
        .takes(Takes::File, "")
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/file/{field}", "set_file", acts::set_file)
        .says("Puts a file into a field of a record: the body is its bytes.")
        .query(FILE)
        .takes(Takes::File, "")
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/reinstatement", "reinstate", acts::reinstate)
        .says("Brings a withdrawn record back.")
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/restoration", "restore", acts::restore)
        .says("Gives a record the content of an earlier version.")
        .takes(Takes::Json("Restore"), r#"{"to_version": 2}"#)
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/merge", "merge", acts::merge)
        .says("Makes a record part of another one: every link to it leads there afterwards.")
        .takes(Takes::Json("Merge"), r#"{"into": "ASSET-3"}"#)
        .gives(Gives::Json(200, "Record")),
    post("/api/v1/o/{org}/{kind}/{number}/erasure", "erase", acts::erase)
        .says("Erases the content of versions for good; all of them when none are named.")
        .scope(Scope::Administer)
        .takes(Takes::Json("Erase"), r#"{"versions": [1, 2]}"#)
        .gives(Gives::Json(200, "Record")),
];

const COMMITS: &[Endpoint] = &[
    get("/api/v1/o/{org}/commits", "log", commits::list)
        .says("The entries of the ledger, the newest first.")
        .needs(Needs::May(Act::SeeHistory))
        .query(&[
            number("limit", "How many entries at once; 50 otherwise.", 1, 500),
            number("before", "Only entries before this one.", 1, 9_007_199_254_740_991),
        ])
        .gives(Gives::Json(200, "Log")),
    post("/api/v1/o/{org}/commits", "commit", commits::create)
        .says(
            "Does many steps in one commit, all or nothing: `create`, `edit`, `move`, `withdraw`, \
             `reinstate`, `confirm`, `merge`, `assent`. A record that a step makes under a `name` is \
             `$name` in links of others. What is wrong is told with the step's pointer.",
        )
        .takes(
            Takes::Json("Batch"),
            r#"{"note": "from the inventory", "steps": [
  {"do": "create", "kind": "role", "name": "ops", "fields": {"title": "Operations"}},
  {"do": "create", "kind": "asset", "fields": {"title": "Mail server", "owner": "$ops"}}
]}"#,
        )
        .gives(Gives::Json(201, "Committed")),
    get("/api/v1/o/{org}/commits/{entry}", "entry", commits::read)
        .says("One entry of the ledger with the records it touched.")
        .needs(Needs::May(Act::SeeHistory))
        .query(&[])
        .gives(Gives::Json(200, "Entry")),
    post("/api/v1/o/{org}/commits/{entry}/undo", "undo", commits::undo)
        .says("Undoes an entry by another one: each record becomes what it was before.")
        .takes(Takes::Json("Undo"), NOTE)
        .gives(Gives::Json(201, "Committed")),
    post("/api/v1/o/{org}/import", "import", transfer::import)
        .says(
            "Takes a spreadsheet in (CSV or XLSX of your own, or a file that was exported here), in \
             one commit; the body is its bytes.",
        )
        .needs(Needs::May(Act::Import))
        .query(&[
            Parameter { name: "name", help: "The name of the file.", is: Is::Text, needed: true },
            Parameter {
                name: "dry_run",
                help: "Only says what would be done.",
                is: Is::Truth,
                needed: false,
            },
            text("kind", "The kind of its rows; found out by the headers otherwise."),
            Parameter {
                name: "on_conflict",
                help: "What wins where a cell and the record have both changed.",
                is: Is::One(&["keep", "take_sheet"]),
                needed: false,
            },
        ])
        .takes(Takes::File, "")
        .gives(Gives::Json(200, "Imported")),
];

const REPORTS: &[Endpoint] = &[
    get("/api/v1/o/{org}/search", "search", reports::find)
        .says("The records that a few letters mean, the likeliest first.")
        .query(&[
            Parameter {
                name: "q",
                help: "A number, a title or any text.",
                is: Is::Text,
                needed: true,
            },
            number("limit", "How many; 50 otherwise.", 1, 200),
            AS_OF,
        ])
        .gives(Gives::Json(200, "Hits")),
    get("/api/v1/o/{org}/my-work", "my_work", reports::work)
        .says("What waits for you: to answer, to decide, to look at again, to do, to prove, to read.")
        .gives(Gives::Json(200, "Work")),
    get("/api/v1/o/{org}/conformity", "conformity", reports::conformity)
        .says("What the checks say, with the records that prove it.")
        .needs(Needs::May(Act::SeeEverything))
        .query(&[
            text("clause", "Only rules of this clause and those below it, such as `6.1`."),
            Parameter {
                name: "verdict",
                help: "Only rules with this verdict.",
                is: Is::One(&["pass", "fail", "unknown", "not_applicable"]),
                needed: false,
            },
            Parameter {
                name: "grade",
                help: "Only results that an auditor would raise with this grade.",
                is: Is::One(&["major", "minor", "opportunity"]),
                needed: false,
            },
            AS_OF,
        ])
        .gives(Gives::Json(200, "Conformity")),
    get("/api/v1/o/{org}/soa", "soa", reports::statement)
        .says("The Statement of Applicability as the records make it.")
        .needs(Needs::May(Act::SeeEverything))
        .gives(Gives::Json(200, "Statement")),
    get("/api/v1/o/{org}/soa/comparison", "soa_comparison", reports::comparison)
        .says("What differs between the statements of two points; `to` is now when it is absent.")
        .needs(Needs::May(Act::SeeEverything))
        .query(&[
            Parameter { needed: true, name: "from", ..AS_OF },
            Parameter { name: "to", ..AS_OF },
        ])
        .gives(Gives::Json(200, "Comparison")),
    post("/api/v1/o/{org}/soa/assents", "soa_assent", acts::assent_to_soa)
        .says("Approves or publishes the Statement of Applicability as it stands, or refuses.")
        .scope(Scope::Approve)
        .takes(Takes::Json("Assent"), r#"{"purpose": "publish", "edition": "2026"}"#)
        .gives(Gives::Json(200, "Record")),
    get("/api/v1/o/{org}/files/{sha256}", "file", reports::file)
        .says("The bytes of a file that a record names.")
        .query(&[text("of", "The id of a record that names it: quicker."), AS_OF])
        .gives(Gives::File(&["application/octet-stream"])),
    get("/api/v1/o/{org}/checkpoint", "checkpoint", reports::checkpoint)
        .says("The newest signed checkpoint: whoever keeps it can tell later whether anything before it was changed.")
        .needs(Needs::May(Act::SeeHistory))
        .query(&[])
        .gives(Gives::File(&["text/plain"])),
    get("/api/v1/o/{org}/keys", "keys", reports::keys)
        .says("The public keys of the ledger, the oldest first.")
        .needs(Needs::May(Act::SeeHistory))
        .query(&[])
        .gives(Gives::Json(200, "Keys")),
    post("/api/v1/o/{org}/verification", "verify", reports::verify)
        .says("Computes the whole ledger again and compares it with what was signed.")
        .needs(Needs::May(Act::SeeHistory))
        .scope(Scope::Read)
        .takes(Takes::Json("Verify"), "{}")
        .gives(Gives::Json(200, "Verified")),
];

const fn text(name: &'static str, help: &'static str) -> Parameter {
    Parameter { name, help, is: Is::Text, needed: false }
}

const fn number(name: &'static str, help: &'static str, least: u64, most: u64) -> Parameter {
    Parameter { name, help, is: Is::Number(least, most), needed: false }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use axum::http::Method;

    use super::*;

    #[test]
    fn every_endpoint_is_described_and_no_kind_hides_one() {
        let (mut names, mut paths) = (BTreeSet::new(), BTreeSet::new());
        for it in endpoints() {
            assert!(names.insert(it.name), "{} twice", it.name);
            assert!(paths.insert((it.path, it.method.as_str())), "{} twice", it.path);
            assert!(it.says.ends_with('.'), "{} says nothing", it.name);
            assert_eq!(it.method == Method::GET, it.scope == Scope::Read && it.name != "verify");
            let inside = it.path.strip_prefix("/api/v1/o/{org}/").unwrap_or_default();
            let segment = inside.split('/').next().unwrap_or_default();
            assert!(kinds::KINDS.iter().all(|it| it.id != segment), "{} hides a kind", it.path);
        }
    }
}
