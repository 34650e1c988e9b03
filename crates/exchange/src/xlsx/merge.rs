//! Merged areas: what stands in the first cell stands in all of them.

use calamine::Dimensions;

use super::read::Grid;
use crate::{Cell, Error, Value};

/// Copies the top-left value of each area into its other cells, where they are empty.
///
/// Rows and columns that hold nothing else are left alone: a merged area makes no row.
pub(super) fn spread(grid: &mut Grid<'_>, areas: &[Dimensions]) -> Result<(), Error> {
    let width = grid.rows.values().map(Vec::len).max().unwrap_or(0);
    for area in areas {
        let (top, left) = area.start;
        let Some(value) = grid.rows.get(&top).and_then(|row| row.get(left as usize)) else {
            continue;
        };
        let value = value.value.clone();
        if value == Value::Empty || area.end.0 < top {
            continue;
        }
        let right = area.end.1.min(u32::try_from(width).unwrap_or(u32::MAX).saturating_sub(1));
        let rows: Vec<u32> = grid.rows.range(top..=area.end.0).map(|(row, _)| *row).collect();
        for row in rows {
            for column in left..=right {
                grid.step()?;
                let empty = grid.rows[&row]
                    .get(column as usize)
                    .is_none_or(|cell| cell.value == Value::Empty && cell.formula.is_none());
                if empty {
                    let copy = Cell { value: value.clone(), merged: true, ..Cell::default() };
                    grid.put(row, column, copy)?;
                }
            }
        }
    }
    Ok(())
}
