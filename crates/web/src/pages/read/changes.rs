//! What changed between two texts, paragraph by paragraph.

use maud::{Markup, html};

/// One paragraph: kept, gone or new.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'t> {
    Kept,
    Gone(&'t str),
    New(&'t str),
}

/// Texts with more pairs of paragraphs than this are not compared.
const MOST: usize = 4_000_000;

/// The paragraphs that went and those that came, in the order of the text.
pub(super) fn between(old: &str, new: &str) -> Markup {
    let Some(pieces) = compare(old, new) else {
        return html! { p { "Much of it: please read it as a whole." } };
    };
    let is_same = pieces.iter().all(|it| *it == Piece::Kept);
    html! {
        @if is_same { p.soft { "Not its text: something beside it, such as its owner or its file." } }
        @else {
            div.changes { @for piece in &pieces {
                @match piece {
                    Piece::Kept => {}
                    Piece::Gone(text) => { p { del { (text) } } }
                    Piece::New(text) => { p { ins { (text) } } }
                }
            } }
        }
    }
}

/// The longest run of paragraphs that both have; `None` where that takes too long.
fn compare<'t>(old: &'t str, new: &'t str) -> Option<Vec<Piece<'t>>> {
    let lines = |text: &'t str| -> Vec<&'t str> {
        text.lines().map(str::trim).filter(|it| !it.is_empty()).collect()
    };
    let (old, new) = (lines(old), lines(new));
    let width = new.len() + 1;
    if (old.len() + 1).checked_mul(width)? > MOST {
        return None;
    }
    // common[a][b]: how many paragraphs the rests from a and b have in common.
    let mut common = vec![0u32; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            common[a * width + b] = match old[a] == new[b] {
                true => common[(a + 1) * width + b + 1] + 1,
                false => common[(a + 1) * width + b].max(common[a * width + b + 1]),
            };
        }
    }
    let (mut a, mut b, mut pieces) = (0, 0, Vec::new());
    while a < old.len() || b < new.len() {
        if a < old.len() && b < new.len() && old[a] == new[b] {
            pieces.push(Piece::Kept);
            (a, b) = (a + 1, b + 1);
        } else if b == new.len()
            || a < old.len() && common[(a + 1) * width + b] >= common[a * width + b + 1]
        {
            pieces.push(Piece::Gone(old[a]));
            a += 1;
        } else {
            pieces.push(Piece::New(new[b]));
            b += 1;
        }
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_and_what_came_is_told() {
        let pieces = compare("# A\n\nOne.\nTwo.\n", "# A\n\nOne.\nThree.\n\nFour.").unwrap();
        use Piece::{Gone, Kept, New};
        assert_eq!(pieces, [Kept, Kept, Gone("Two."), New("Three."), New("Four.")]);
        assert_eq!(compare("", "x").unwrap(), [New("x")]);
        assert!(compare("a\n", "a").unwrap().iter().all(|it| *it == Kept));
        assert!(compare(&"a\n".repeat(3_000), &"b\n".repeat(3_000)).is_none());
    }
}
