//! The questions in their order: the requirements of clauses 4 to 10, then the controls.

use std::sync::LazyLock;

/// One question: a requirement or a control.
pub(super) struct Question {
    /// Its id in the catalog, such as `6.1.3.d` or `A.5.15`.
    pub(super) id: &'static str,
    /// How it is quoted, such as `6.1.3 d)`.
    pub(super) reference: String,
    /// Its short title.
    pub(super) title: &'static str,
    /// What must be achieved.
    pub(super) asks: &'static str,
    /// What an auditor looks at.
    pub(super) looked_at: &'static str,
    /// What typically proves it.
    pub(super) evidence: &'static str,
    /// Whether it is a control, which can be left out.
    pub(super) is_control: bool,
    /// The id of its section.
    pub(super) section: &'static str,
}

/// A main clause, or a theme of Annex A.
pub(super) struct Section {
    /// Its number, such as `6` or `A.5`.
    pub(super) id: &'static str,
    /// Its title.
    pub(super) title: &'static str,
}

/// All questions, in order.
pub(super) fn all() -> &'static [Question] {
    static ALL: LazyLock<Vec<Question>> = LazyLock::new(|| {
        let requirements = catalog::requirements().iter().map(|it| Question {
            id: it.id,
            reference: it.reference(),
            title: it.title,
            asks: it.asks,
            looked_at: it.looked_at,
            evidence: it.evidence,
            is_control: false,
            section: it.clause.split('.').next().unwrap_or(it.clause),
        });
        let controls = catalog::controls().iter().map(|it| Question {
            id: it.id,
            reference: it.id.to_owned(),
            title: it.title,
            asks: it.asks,
            looked_at: it.looked_at,
            evidence: it.evidence,
            is_control: true,
            section: theme(it.id),
        });
        requirements.chain(controls).collect()
    });
    &ALL
}

/// The place of a question among all.
pub(super) fn place(id: &str) -> Option<usize> {
    all().iter().position(|it| it.id == id)
}

/// The sections, in order.
pub(super) fn sections() -> &'static [Section] {
    static ALL: LazyLock<Vec<Section>> = LazyLock::new(|| {
        let mut sections: Vec<Section> = Vec::new();
        for question in all() {
            if sections.last().is_none_or(|it| it.id != question.section) {
                let title = match question.is_control {
                    true => catalog::control(question.id).map(|it| it.theme.name()),
                    false => catalog::clause(question.section).map(|it| it.title),
                };
                sections.push(Section { id: question.section, title: title.unwrap_or_default() });
            }
        }
        sections
    });
    &ALL
}

/// The questions of a section.
pub(super) fn of(section: &Section) -> impl Iterator<Item = &'static Question> {
    let id = section.id;
    all().iter().filter(move |it| it.section == id)
}

/// `A.5` of `A.5.15`.
fn theme(id: &'static str) -> &'static str {
    id.rsplit_once('.').map_or(id, |it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_is_in_one_section() {
        let listed: usize = sections().iter().map(|it| of(it).count()).sum();
        assert_eq!(listed, all().len());
        assert_eq!(sections().len(), 7 + 4);
        assert_eq!(all().iter().filter(|it| it.is_control).count(), 93);
        assert!(sections().iter().all(|it| !it.title.is_empty()));
        assert_eq!(place("6.1.3.d").map(|at| all()[at].reference.as_str()), Some("6.1.3 d)"));
    }
}
