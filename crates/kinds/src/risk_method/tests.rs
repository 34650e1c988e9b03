use meta::Consequence;

use super::*;

/// Three by three: level = likelihood + consequence − 1, two criteria.
fn method() -> RiskMethod {
    let names = ["Low", "Medium", "High"];
    let mut method = RiskMethod { title: "Test".to_owned(), ..RiskMethod::default() };
    for (rank, name) in (1..).zip(names) {
        let name = name.to_owned();
        method.likelihoods.push(Likelihood {
            rank,
            name: name.clone(),
            definition: None,
            frequency: None,
        });
        for criterion in ["Money", "People"] {
            method.criteria.push(ConsequenceLevel {
                criterion: criterion.to_owned(),
                rank,
                name: name.clone(),
                definition: None,
                range: None,
            });
        }
    }
    for rank in 1..=5 {
        method.levels.push(RiskLevel { rank, name: format!("Level {rank}"), meaning: None });
    }
    for likelihood in 1..=3 {
        for consequence in 1..=3 {
            let level = likelihood + consequence - 1;
            method.matrix.push(MatrixCell { likelihood, consequence, level });
        }
    }
    method.acceptance.push(Acceptance {
        level: 1,
        acceptable: Some(Acceptable::Yes),
        authority: None,
        longest: None,
        conditions: None,
    });
    method
}

fn rating(likelihood: Option<i64>, consequences: &[(&str, i64)]) -> Rating {
    let consequences = consequences
        .iter()
        .map(|(criterion, rank)| Consequence { criterion: (*criterion).to_owned(), rank: *rank })
        .collect();
    Rating { likelihood, consequences, ..Rating::default() }
}

#[test]
fn a_level_comes_from_the_matrix_alone() {
    let mut method = method();
    assert_eq!(method.level(3, 3), Some(5));
    assert_eq!(method.level(3, 4), None);
    assert_eq!(method.level_name(5), Some("Level 5"));
    assert_eq!(method.level_name(6), None);
    method.matrix.push(MatrixCell { likelihood: 3, consequence: 3, level: 1 });
    assert_eq!(method.level(3, 3), None, "a matrix that contradicts itself gives no level");
}

#[test]
fn the_worst_consequence_counts_unless_the_method_says_otherwise() {
    let mut method = method();
    let rated = rating(Some(2), &[("Money", 1), ("People", 2)]);
    assert_eq!(method.rating_level(&rated), Some(3));
    method.combine = Some(Combine::AverageRoundedUp);
    assert_eq!(method.consequence(&rated), Some(2));
    assert_eq!(method.consequence(&rating(None, &[("Money", 1), ("People", 3)])), Some(2));
    assert_eq!(method.rating_level(&rating(None, &[("Money", 1)])), None);
    assert_eq!(method.rating_level(&rating(Some(1), &[])), None);
}

#[test]
fn a_rating_off_the_scale_is_noticed() {
    let method = method();
    assert!(method.is_on_scale(&rating(Some(3), &[("money", 3)])));
    assert!(method.is_on_scale(&rating(None, &[])));
    assert!(!method.is_on_scale(&rating(Some(4), &[])));
    assert!(!method.is_on_scale(&rating(Some(1), &[("Money", 4)])));
    assert!(!method.is_on_scale(&rating(Some(1), &[("Weather", 1)])));
}

#[test]
fn ranks_are_read_as_people_write_them() {
    let mut method = method();
    for text in ["3", "High", " high ", "3 - High", "High (3)", "3: high", "(3)"] {
        assert_eq!(method.likelihood_rank(text), Some(3), "{text}");
        assert_eq!(method.consequence_rank(text), Some(3), "{text}");
    }
    for text in ["", "4", "2 - High", "unheard of", "0", "-"] {
        assert_eq!(method.likelihood_rank(text), None, "{text}");
    }
    assert_eq!(method.level_rank("level 4"), Some(4));
    method.criteria[5].name = "Low".to_owned();
    assert_eq!(method.consequence_rank("Low"), None, "the criteria disagree");
    assert_eq!(method.criterion_rank("people", "low"), None, "Low twice on one scale");
    assert_eq!(method.criterion_rank("Money", "low"), Some(1));
}

#[test]
fn gaps_are_the_pairs_without_a_level() {
    let mut method = method();
    assert!(method.gaps().is_empty());
    method.matrix.retain(|it| it.likelihood != 2 || it.consequence != 3);
    assert_eq!(method.gaps(), [(2, 3)]);
    assert_eq!(method.criterion_names(), ["Money", "People"]);
    assert!(method.accepts(1).is_some() && method.accepts(2).is_none());
}

#[test]
fn contradictions_are_named_with_their_table() {
    assert_eq!(method().check(), []);
    let broken = |change: fn(&mut RiskMethod)| {
        let mut method = method();
        change(&mut method);
        method.check().into_iter().map(|it| it.field).collect::<Vec<_>>()
    };
    assert_eq!(broken(|it| it.matrix[0].level = 9), ["matrix"]);
    assert_eq!(broken(|it| it.matrix[0].likelihood = 9), ["matrix"]);
    assert_eq!(broken(|it| it.matrix[0].consequence = 9), ["matrix"]);
    assert_eq!(broken(|it| it.matrix.push(it.matrix[0].clone())), ["matrix"]);
    assert_eq!(broken(|it| it.acceptance[0].level = 9), ["acceptance"]);
    assert_eq!(broken(|it| it.criteria[2].rank = 1), ["criteria"]);
    assert_eq!(broken(|it| it.levels.push(it.levels[0].clone())), ["levels"]);
    assert_eq!(
        broken(|it| it.likelihoods[1].rank = 0),
        ["likelihoods", "matrix", "matrix", "matrix"]
    );
}
