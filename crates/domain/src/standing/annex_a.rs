//! The picture of Annex A: what is claimed and what is proven, kept apart.

use jiff::civil::Date;
use kinds::control::{Implementation, TestResult};
use meta::Id;

use crate::conformity::{Chain, ControlState, ProofState};

/// One control of Annex A in the picture.
pub struct Square {
    /// The control.
    pub control: &'static catalog::Control,
    /// Its record.
    pub record: Option<Id>,
    /// How it stands.
    pub state: SquareState,
}

/// How a control of Annex A stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SquareState {
    /// Declared implemented, and current proof shows it.
    Proven,
    /// Declared implemented; there is no proof that counts.
    Declared,
    /// Declared implemented; its newest proof ran out on this day.
    RanOut(Date),
    /// Declared implemented; its last test failed.
    Failed,
    /// Some of it is done.
    InPart,
    /// It is planned, and not begun.
    Planned,
    /// Needed, and nothing of it is done, or nobody said.
    NotBegun,
    /// Somebody decided that it is not needed.
    Excluded,
    /// Nobody has decided.
    Undecided,
}

/// The picture of Annex A, in its order.
pub(super) fn squares(chain: &Chain<'_>) -> Vec<Square> {
    let square = |(control, state): (&'static catalog::Control, Option<&ControlState<'_>>)| {
        let implementation = state.and_then(|it| it.control.implementation);
        let how = match state {
            Some(it) if it.is_excluded() => SquareState::Excluded,
            Some(it) if it.is_included() => match implementation {
                Some(Implementation::Implemented) => shown(chain, it),
                Some(Implementation::InPart) => SquareState::InPart,
                Some(Implementation::Planned) => SquareState::Planned,
                Some(Implementation::NotBegun | Implementation::Unknown) | None => {
                    SquareState::NotBegun
                }
            },
            _ => SquareState::Undecided,
        };
        Square { control, record: state.map(|it| it.record.head.id), state: how }
    };
    chain.annex_a().map(square).collect()
}

fn shown(chain: &Chain<'_>, it: &ControlState<'_>) -> SquareState {
    if it.control.last_test_result == Some(TestResult::Failed) {
        return SquareState::Failed;
    }
    match it.held(chain.view) {
        ProofState::Current(_) => SquareState::Proven,
        ProofState::Expired(_, until) => SquareState::RanOut(until),
        _ => SquareState::Declared,
    }
}
