//! The matrix of the method in force, with the risks in its cells (ISO/IEC 27001, 6.1.2 d).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kinds::risk::Risk;
use meta::{Link, Rating, Record};

use super::{Method, method_of};
use crate::View;

/// Which of its ratings a risk is looked at by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stand {
    /// With nothing at work against it.
    Inherent,
    /// As it is today.
    Current,
    /// Once it is treated.
    Residual,
}

/// The risks, each in the cell where its rating puts it.
pub struct Matrix<'a> {
    /// The method whose matrix it is.
    pub method: Method<'a>,
    /// Which ratings are looked at.
    pub stand: Stand,
    /// The likelihoods of the method, lowest first: rank and name.
    pub likelihoods: Vec<(i64, String)>,
    /// The ranks of consequence, lowest first, with the names they have among the criteria.
    pub consequences: Vec<(i64, String)>,
    /// The risks by likelihood and consequence, in the order of their numbers.
    pub cells: BTreeMap<(i64, i64), Vec<&'a Record>>,
    /// Risks without this rating.
    pub not_rated: Vec<&'a Record>,
    /// Risks rated by another method or edition, or off its scales: they have no cell here.
    pub elsewhere: Vec<&'a Record>,
}

impl Stand {
    /// All three, in the order of a risk's life.
    pub const ALL: [Self; 3] = [Self::Inherent, Self::Current, Self::Residual];

    /// As an address has it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Inherent => "inherent",
            Self::Current => "current",
            Self::Residual => "residual",
        }
    }

    /// What an address says.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Inherent => "With nothing against it",
            Self::Current => "Today",
            Self::Residual => "After treatment",
        }
    }

    /// The rating of a risk.
    pub fn of(self, risk: &Risk) -> Option<&Rating> {
        match self {
            Self::Inherent => risk.inherent.as_deref(),
            Self::Current => risk.current.as_deref(),
            Self::Residual => risk.residual.as_deref(),
        }
    }
}

/// The risks that count and that `takes` takes, in the matrix of a method.
pub fn matrix<'a>(
    view: View<'a>,
    method: Method<'a>,
    stand: Stand,
    takes: impl Fn(&Record, &Risk) -> bool,
) -> Matrix<'a> {
    let mut matrix = Matrix {
        method,
        stand,
        likelihoods: method.body.likelihoods.iter().map(|it| (it.rank, it.name.clone())).collect(),
        consequences: consequences(method),
        cells: BTreeMap::new(),
        not_rated: Vec::new(),
        elsewhere: Vec::new(),
    };
    matrix.likelihoods.sort();
    let is_same = |it: Method<'_>| {
        let (one, other) = (&it.record.head, &method.record.head);
        (one.id, one.version) == (other.id, other.version)
    };
    // Thousands of risks name a handful of editions.
    let mut named = HashMap::<Option<Link>, bool>::new();
    for (record, risk) in view.isms.live::<Risk>().filter(|(it, risk)| takes(it, risk)) {
        let rating = stand.of(risk);
        let rating = rating.and_then(|it| Some((it.likelihood?, method.body.consequence(it)?)));
        let Some(at) = rating else {
            matrix.not_rated.push(record);
            continue;
        };
        let link = risk.method.map(|it| it.link());
        let here = *named.entry(link).or_insert_with(|| method_of(view, risk).is_some_and(is_same));
        match here && method.body.level(at.0, at.1).is_some() {
            true => matrix.cells.entry(at).or_default().push(record),
            false => matrix.elsewhere.push(record),
        }
    }
    matrix
}

/// The ranks of all criteria; where criteria call a rank differently, all its names.
fn consequences(method: Method<'_>) -> Vec<(i64, String)> {
    let mut names = BTreeMap::<i64, BTreeSet<&str>>::new();
    for it in &method.body.criteria {
        names.entry(it.rank).or_default().insert(&it.name);
    }
    let join = |it: BTreeSet<&str>| it.into_iter().collect::<Vec<_>>().join(" / ");
    names.into_iter().map(|(rank, names)| (rank, join(names))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::conformity::fixture::Fixture;

    #[test]
    fn each_risk_stands_in_one_cell_or_is_named_outside() {
        let mut fixture = Fixture::new();
        let (ada, method) = (fixture.me(), fixture.method());
        fixture.risk(method, ada, json!({}));
        fixture.risk(method, ada, json!({}));
        fixture.new_record("risk", json!({"title": "A sketch", "concerns": "information"}));
        let other = fixture.method();
        fixture.risk(other, ada, json!({}));
        let view = fixture.view();
        let first = method_of(view, fixture.isms.numbered("risk", 1).unwrap().typed().unwrap());
        let first = first.unwrap();

        let today = matrix(view, first, Stand::Current, |_, _| true);
        assert_eq!(today.cells.values().map(Vec::len).collect::<Vec<_>>(), [2]);
        assert_eq!((today.not_rated.len(), today.elsewhere.len()), (1, 1));
        let ((likelihood, consequence), _) = today.cells.first_key_value().unwrap();
        assert_eq!(first.body.level(*likelihood, *consequence), Some(2));

        let later = matrix(view, first, Stand::Residual, |it, _| it.head.number != 1);
        assert_eq!(later.cells.values().map(Vec::len).sum::<usize>(), 1);
        assert_eq!(later.not_rated.len(), 1);
        assert_eq!(later.not_rated[0].name(), "RISK-3");
        assert_eq!(Stand::from_id("residual"), Some(later.stand));
    }
}
