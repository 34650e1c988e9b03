//! One thing that a program can ask for, with all that its description needs.

use app::accounts::Scope;
use axum::http::Method;

use super::{Fault, Reply};
use crate::{Ask, routes::Needs};

/// One thing that a program can ask for.
pub struct Endpoint {
    /// The method.
    pub method: Method,
    /// The path, with names in braces; `{kind}` stands for each kind.
    pub path: &'static str,
    /// Its name, once in all: `list` of `risk` becomes `list_risk`.
    pub name: &'static str,
    /// What it is for, in one sentence.
    pub says: &'static str,
    /// What the owner of the token must be, before the handler looks closer.
    pub needs: Needs,
    /// What the token must be for; a command may need more.
    pub scope: Scope,
    /// Tells of a request whether it is answered at once, where nothing has to be waited for.
    pub quick: Option<fn(&Ask) -> bool>,
    /// Whether it computes or writes for long: a token has few of these under way at once.
    pub long: bool,
    /// What can stand behind the `?`.
    pub query: &'static [Parameter],
    /// What it takes.
    pub takes: Takes,
    /// What it gives when all is well.
    pub gives: Gives,
    /// An example of what it takes, as JSON; empty for none.
    pub example: &'static str,
    /// Answers.
    pub run: fn(&Ask) -> Result<Reply, Fault>,
}

/// A parameter behind the `?`.
pub struct Parameter {
    /// Its name; one that ends in `.` stands for all that begin with it.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    /// What it may be.
    pub is: Is,
    /// Whether it must be there.
    pub needed: bool,
}

/// What a parameter may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// Any text.
    Text,
    /// A whole number between these.
    Number(u64, u64),
    /// One of these.
    One(&'static [&'static str]),
    /// Yes or no: `true`, `false`.
    Truth,
    /// A point of the ledger: a day or the number of an entry.
    Point,
    /// A column of the kind, perhaps with `-` in front.
    Sort,
    /// Conditions on columns of the kind.
    Filter,
}

/// What an endpoint takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// No body.
    Nothing,
    /// JSON of this form: the name of a component, with `{Kind}` for that of the kind.
    Json(&'static str),
    /// The bytes of a file.
    File,
}

/// What an endpoint gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// JSON of this form, with this status.
    Json(u16, &'static str),
    /// Nothing: 204.
    Nothing,
    /// A file of one of these media types.
    File(&'static [&'static str]),
}

/// The point of the ledger to look at.
pub(super) const AS_OF: Parameter = Parameter {
    name: "as_of",
    help: "Look at what was: the end of a day (`2026-03-31`), or the number of an entry of the ledger.",
    is: Is::Point,
    needed: false,
};

/// What most that is read takes.
const READ: &[Parameter] = &[AS_OF];

/// A parameter that may be any text.
pub(super) const fn text(name: &'static str, help: &'static str) -> Parameter {
    Parameter { name, help, is: Is::Text, needed: false }
}

/// A parameter that is a whole number.
pub(super) const fn number(
    name: &'static str,
    help: &'static str,
    least: u64,
    most: u64,
) -> Parameter {
    Parameter { name, help, is: Is::Number(least, most), needed: false }
}

/// Something that is read, of a member of an organization.
pub(super) const fn get(
    path: &'static str,
    name: &'static str,
    run: fn(&Ask) -> Result<Reply, Fault>,
) -> Endpoint {
    with(Method::GET, path, name, run)
}

/// Something that is sent.
pub(super) const fn post(
    path: &'static str,
    name: &'static str,
    run: fn(&Ask) -> Result<Reply, Fault>,
) -> Endpoint {
    changing(Method::POST, path, name, run)
}

/// A change of what is there.
pub(super) const fn patch(
    path: &'static str,
    name: &'static str,
    run: fn(&Ask) -> Result<Reply, Fault>,
) -> Endpoint {
    changing(Method::PATCH, path, name, run)
}

/// Taking something away.
pub(super) const fn delete(
    path: &'static str,
    name: &'static str,
    run: fn(&Ask) -> Result<Reply, Fault>,
) -> Endpoint {
    changing(Method::DELETE, path, name, run)
}

const fn changing(
    method: Method,
    path: &'static str,
    name: &'static str,
    run: fn(&Ask) -> Result<Reply, Fault>,
) -> Endpoint {
    with(method, path, name, run).scope(Scope::Write).query(&[])
}

const fn with(
    method: Method,
    path: &'static str,
    name: &'static str,
    run: fn(&Ask) -> Result<Reply, Fault>,
) -> Endpoint {
    Endpoint {
        method,
        path,
        name,
        says: "",
        needs: Needs::Member,
        scope: Scope::Read,
        quick: None,
        long: false,
        query: READ,
        takes: Takes::Nothing,
        gives: Gives::Nothing,
        example: "",
        run,
    }
}

impl Endpoint {
    /// With what it is for.
    pub(super) const fn says(mut self, says: &'static str) -> Self {
        self.says = says;
        self
    }

    /// For somebody else than members.
    pub(super) const fn needs(mut self, needs: Needs) -> Self {
        self.needs = needs;
        self
    }

    /// With tokens for this only.
    pub(super) const fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// Answered at once where nothing has to be waited for, and this holds.
    pub(super) const fn quick(mut self, holds: fn(&Ask) -> bool) -> Self {
        self.quick = Some(holds);
        self
    }

    /// Such as takes long.
    pub(super) const fn long(mut self) -> Self {
        self.long = true;
        self
    }

    /// With these parameters.
    pub(super) const fn query(mut self, query: &'static [Parameter]) -> Self {
        self.query = query;
        self
    }

    /// With a body.
    pub(super) const fn takes(mut self, takes: Takes, example: &'static str) -> Self {
        self.takes = takes;
        self.example = example;
        self
    }

    /// With an answer.
    pub(super) const fn gives(mut self, gives: Gives) -> Self {
        self.gives = gives;
        self
    }

    /// Whether it is there for each kind.
    pub fn is_of_kind(&self) -> bool {
        self.path.contains("{kind}")
    }
}
