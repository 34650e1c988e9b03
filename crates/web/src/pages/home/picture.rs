//! The two pictures of home: Annex A in 93 squares, and the matrix of risks.

use catalog::Theme;
use domain::standing::{Square, SquareState, Standing};
use maud::{Markup, html};

use crate::{Ask, words};

/// The states of a square as the key names them: class and words.
const KEY: [(&str, &str); 6] = [
    ("good", "proven"),
    ("said", "declared without proof"),
    ("part", "in part"),
    ("bad", "not begun"),
    ("na", "excluded"),
    ("open", "undecided"),
];

/// Annex A: each control a square.
pub(super) fn annex_a(ask: &Ask, standing: &Standing) -> Markup {
    let count = |at: usize| standing.annex_a.iter().filter(|it| kind(it.state) == at).count();
    let counts: Vec<String> = (0..KEY.len())
        .filter(|at| count(*at) > 0)
        .map(|at| format!("{} {}", count(at), KEY[at].1))
        .collect();
    html! {
        section.card {
            h2 { "Annex A" small { (counts.join(" · ")) } }
            div.mosaic { @for theme in Theme::ALL {
                @let squares: Vec<&Square> = standing.annex_a.iter().filter(|it| it.control.theme == *theme).collect();
                div {
                    span { (theme.name()) " " (squares.len()) }
                    ol { @for it in &squares { (square(ask, it)) } }
                }
            } }
            p.key aria-hidden="true" { @for (class, label) in KEY { span { i.(class) {} (label) } } }
        }
    }
}

fn square(ask: &Ask, it: &Square) -> Markup {
    let record = it.record.and_then(|id| ask.sight().get(id));
    let path = record.map_or_else(
        || ask.to(&format!("/spine/{}", it.control.id)),
        |record| ask.to_record(record),
    );
    let how = match it.state {
        SquareState::RanOut(day) => format!("its proof ran out on {}", words::day(day)),
        SquareState::Failed => "its last test failed".to_owned(),
        SquareState::Planned => "planned, not begun".to_owned(),
        state => KEY[kind(state)].1.to_owned(),
    };
    let label = format!("{} {}: {how}", it.control.id, it.control.title);
    html! { li.(KEY[kind(it.state)].0) { a href=(path) title=(label) aria-label=(label) {} } }
}

/// The place of a state in the key.
fn kind(state: SquareState) -> usize {
    match state {
        SquareState::Proven => 0,
        SquareState::Declared | SquareState::RanOut(_) | SquareState::Failed => 1,
        SquareState::InPart => 2,
        SquareState::Planned | SquareState::NotBegun => 3,
        SquareState::Excluded => 4,
        SquareState::Undecided => 5,
    }
}

/// The matrix after treatment; each cell leads to its risks.
pub(super) fn matrix(ask: &Ask, standing: &Standing) -> Markup {
    let Some(matrix) = &standing.matrix else {
        return html! {
            section.card {
                h2 { "Risk, after treatment" }
                p.soft { "The matrix is drawn by your risk method: there is none yet." }
                @if ask.may_make("risk_method") { p { a.btn href=(ask.to("/risk_method/new")) { "Write the method" } } }
            }
        };
    };
    let columns = format!("columns-{}", matrix.consequences.len().clamp(2, 10));
    let level = |rank: Option<i64>| {
        let found = matrix.levels.iter().find(|it| Some(it.rank) == rank);
        found.map_or("no level", |it| it.name.as_str())
    };
    html! {
        section.card {
            h2 { "Risk, after treatment" small { (words::count(matrix.rated, "risk", "risks")) } }
            div.matrix.(columns) role="group" aria-label="Likelihood upward, consequence to the right" {
                @for (row, (likelihood, name)) in matrix.likelihoods.iter().enumerate() {
                    span title=(name) { (likelihood) }
                    @for (column, cell) in matrix.cells[row].iter().enumerate() {
                        @let shade = format!("l{}", cell.shade);
                        @let consequence = matrix.consequences[column];
                        @let label = format!("likelihood {likelihood}, consequence {consequence}: {}, {}", level(cell.level), words::count(cell.count, "risk", "risks"));
                        @if cell.count > 0 {
                            a.(shade) href=(ask.to(&format!("/matrix?stand=residual&cell={likelihood}-{consequence}"))) title=(label) aria-label=(label) { (cell.count) }
                        } @else { b.(shade) title=(label) {} }
                    }
                }
                span {} @for it in &matrix.consequences { span { (it) } }
            }
            p.key { @for it in &matrix.levels { span { i.(format!("l{}", it.shade)) {} (it.count) " " (it.name) } } }
            @if matrix.unrated > 0 { p.soft { (words::count(matrix.unrated, "risk has", "risks have")) " no place here: what will remain is not rated, or by another edition of the method." } }
            p { a href=(ask.to("/matrix?stand=residual")) { "The whole matrix" } }
        }
    }
}
