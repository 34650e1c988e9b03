//! Comments: what people say about a record without changing it.

use meta::{Any, Kind, Markdown, Problem, Ref, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::person::Person;

/// What somebody says about a record: a question, a remark, an answer. It changes nothing in the
/// record, and no approval.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "comment", prefix = "COMMENT", plural = "Comments", clause = "7.4", stage = Lifecycle,
    also = "remarks; discussion; kommentare; anmerkungen; commentaires; remarques")]
pub struct Comment {
    /// The first line of what is said.
    #[field(create, list, label = "First line", also = "title; titel; titre")]
    pub title: String,
    /// The record it is about.
    #[field(create, list, filter, also = "record; on; betrifft; concerne")]
    pub about: Option<Ref<Any>>,
    /// What is said.
    #[field(create, also = "comment; remark; kommentar; anmerkung; commentaire; remarque")]
    pub text: Option<Markdown>,
    /// The people who should see it.
    #[field(list, filter, also = "for; to; an; für; pour; à")]
    pub mentions: Vec<Ref<Person>>,
    /// The comment to which it is an answer.
    #[field(also = "reply to; antwort auf; réponse à")]
    pub answers: Option<Ref<Comment>>,
}

/// The life of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// It stands, and may want an answer.
    #[stage(to = "settled")]
    Open,
    /// Nothing more is to be said or done about it.
    #[stage(to = "open", ended)]
    Settled,
}

impl Rules for Comment {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.text.as_ref().is_some_and(|it| it.0.trim().is_empty()) {
            problems.push(Problem::on("text", "write what you want to say"));
        }
        if self.title.contains(['\n', '\r']) {
            problems.push(Problem::on("title", "keep this to the first line"));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_says_something() {
        let mut comment = Comment {
            title: "Why?\nBecause".to_owned(),
            text: Some(Markdown(" \n".to_owned())),
            ..Comment::default()
        };
        let fields: Vec<_> = comment.check().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["text", "title"]);
        comment.title = "Why?".to_owned();
        comment.text = Some(Markdown("Why?\nBecause".to_owned()));
        assert!(comment.check().is_empty());
    }
}
