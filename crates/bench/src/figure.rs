//! A figure: what was measured, and what it should be.

/// One thing that was measured.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What it is, in a few words.
    pub name: String,
    /// What was measured.
    pub measured: f64,
    /// In what.
    pub unit: Unit,
    /// What it should be.
    pub target: Target,
    /// How it was measured, and what else was seen, in a sentence or two.
    pub note: String,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds; shown as milliseconds or less where they are few.
    Seconds,
    /// Megabytes of 10^6 bytes.
    Megabytes,
    /// So many times something else.
    Ratio,
    /// So many in a second.
    PerSecond,
}

/// What a figure should be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
    /// Whatever it is: it helps to read the others.
    Any,
}

impl Figure {
    /// Which part of what the target allows was used; above 1 the target was missed.
    pub fn share(&self) -> Option<f64> {
        match self.target {
            Target::AtMost(limit) => Some(self.measured / limit),
            Target::AtLeast(limit) => Some(limit / self.measured),
            Target::Any => None,
        }
    }

    /// Whether it is as it should be.
    pub fn is_met(&self) -> bool {
        self.share().is_none_or(|it| it <= 1.0)
    }

    /// Whether it is as it should be, in words, and by how much.
    pub fn verdict(&self) -> String {
        match self.share() {
            None => String::new(),
            Some(share) if share <= 1.0 => "met".to_owned(),
            Some(share) => format!("MISSED by {:.0} %", (share - 1.0) * 100.0),
        }
    }

    /// The measured value with its unit.
    pub fn value(&self) -> String {
        self.unit.show(self.measured)
    }

    /// The target with its unit.
    pub fn limit(&self) -> String {
        match self.target {
            Target::AtMost(limit) => format!("≤ {}", self.unit.show(limit)),
            Target::AtLeast(limit) => format!("≥ {}", self.unit.show(limit)),
            Target::Any => String::new(),
        }
    }
}

impl Unit {
    /// A value in this unit, in three digits or so.
    pub fn show(self, value: f64) -> String {
        match self {
            Self::Seconds if value >= 1.0 => format!("{value:.2} s"),
            Self::Seconds if value >= 1e-3 => format!("{} ms", digits(value * 1e3)),
            Self::Seconds if value >= 1e-6 => format!("{} µs", digits(value * 1e6)),
            Self::Seconds => format!("{} ns", digits(value * 1e9)),
            Self::Megabytes if value < 1.0 => format!("{} kB", digits(value * 1e3)),
            Self::Megabytes => format!("{value:.0} MB"),
            Self::Ratio => format!("{value:.2} ×"),
            Self::PerSecond => format!("{value:.0} /s"),
        }
    }
}

/// The middle one of several measurements.
///
/// # Panics
/// When there is none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The shortest of several times: whatever else a machine does only makes them longer.
///
/// # Panics
/// When there is none.
pub fn quickest(times: Vec<f64>) -> f64 {
    times.into_iter().min_by(f64::total_cmp).expect("something was measured")
}

fn digits(value: f64) -> String {
    match value {
        ..10.0 => format!("{value:.2}"),
        10.0..100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(measured: f64, target: Target) -> Figure {
        Figure { name: String::new(), measured, unit: Unit::Seconds, target, note: String::new() }
    }

    #[test]
    fn targets_are_met_or_missed_by_so_much() {
        assert_eq!(figure(0.75, Target::AtMost(1.5)).share(), Some(0.5));
        assert_eq!(figure(1.5, Target::AtMost(1.5)).verdict(), "met");
        assert_eq!(figure(1.8, Target::AtMost(1.5)).verdict(), "MISSED by 20 %");
        assert_eq!(figure(0.4, Target::AtLeast(0.5)).verdict(), "MISSED by 25 %");
        assert!(figure(0.6, Target::AtLeast(0.5)).is_met());
        assert!(figure(9e9, Target::Any).is_met());
    }

    #[test]
    fn values_are_short() {
        let shown = [2.0, 0.15, 0.0123, 4.2e-5, 5e-8].map(|it| Unit::Seconds.show(it));
        assert_eq!(shown, ["2.00 s", "150 ms", "12.3 ms", "42.0 µs", "50.0 ns"]);
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(vec![9.0, 1.0, 3.0]), 3.0);
        assert_eq!(quickest(vec![9.0, 1.0, 3.0]), 1.0);
    }
}
