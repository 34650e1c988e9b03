use super::*;

fn iso(text: &str, order: DayOrder) -> String {
    day(text, order).map_or_else(|| "-".to_owned(), |day| day.to_string())
}

#[test]
fn reads_days_in_many_forms() {
    for text in [
        "2026-01-15",
        " 2026-1-15 ",
        "2026/01/15",
        "2026.01.15",
        "15.01.2026",
        "15.1.26",
        "15. 1. 2026",
        "15/01/2026",
        "15-01-2026",
        "01/15/2026",
        "20260115",
        "46037",
        "15 Jan 2026",
        "15-Jan-26",
        "15/Jan/2026",
        "Jan 15, 2026",
        "January 15th, 2026",
        "Thu, 15 January 2026",
        "15. Januar 2026",
        "Do, 15.01.2026",
        "15 janv. 2026",
        "jeudi 15 janvier 2026",
        "2026 Jan 15",
        "2026-01-15 00:00:00",
        "2026-01-15T00:00:00Z",
        "15.01.2026 00:00",
        "1/15/2026 12:00 AM",
    ] {
        assert_eq!(iso(text, DayOrder::Unsure), "2026-01-15", "{text}");
    }
    assert_eq!(iso("1er février 2026", DayOrder::Unsure), "2026-02-01");
    assert_eq!(iso("3. März 2026", DayOrder::Unsure), "2026-03-03");
    assert_eq!(iso("15 août 2026", DayOrder::Unsure), "2026-08-15");
}

#[test]
fn reads_no_day_into_other_texts() {
    for text in [
        "",
        "Recurring",
        "N/A",
        "2026-Q1",
        "Jan 2026",
        "2026",
        "2026-01",
        "30.02.2026",
        "1.2.3",
        "10.0.0.1",
        "32/13/2026",
        "5.17",
        "2026-03-15 22:00",
        "12345",
        "99999",
        "15.01/2026",
        "Post-approved 2025-05-14",
        "R-001",
        "2026-03-15 re-check passed",
        "٣/٤/2026",
        "0",
    ] {
        assert_eq!(iso(text, DayOrder::Unsure), "-", "{text}");
    }
}

#[test]
fn a_column_decides_the_order() {
    let guess = |values: &[&str]| DayOrder::guess(values.iter().copied());
    assert_eq!(guess(&["03/04/2026", "25/04/2026", "n/a"]), DayOrder::DayFirst);
    assert_eq!(guess(&["03/04/2026", "04/25/2026 10:00"]), DayOrder::MonthFirst);
    assert_eq!(guess(&["03/04/2026", "2026-04-25", "25.04.2026"]), DayOrder::Unsure);
    assert_eq!(guess(&["25/04/2026", "04/25/2026"]), DayOrder::Unsure);
    assert_eq!(iso("03/04/2026", DayOrder::MonthFirst), "2026-03-04");
    assert_eq!(iso("03/04/2026", DayOrder::DayFirst), "2026-04-03");
    assert_eq!(iso("03/04/2026", DayOrder::Unsure), "2026-04-03");
    assert_eq!(iso("03.04.2026", DayOrder::MonthFirst), "2026-04-03");
    assert_eq!(iso("25/04/2026", DayOrder::MonthFirst), "2026-04-25");
}

#[test]
fn reads_moments() {
    let moment = |text| instant(text, DayOrder::Unsure).map(|at| at.to_string());
    for text in [
        "2026-03-15 22:00",
        "2026-03-15T22:00:00Z",
        "2026-03-15T22:00:00.123+01:00",
        "15.03.2026, 22:00 Uhr",
        "3/15/2026 10:00 PM",
        "15 Mar 2026 22:00",
    ] {
        assert_eq!(moment(text).as_deref(), Some("2026-03-15T22:00:00"), "{text}");
    }
    for text in ["2026-03-15", "22:00", "2026-03-15 25:00", "2026-03-15 2:3", "at: noon", ":"] {
        assert_eq!(moment(text), None, "{text}");
    }
}

#[test]
fn reads_periods() {
    let span = |text| period(text).map(|(first, last)| format!("{first} {last}"));
    for (text, expected) in [
        ("Jan 2026", "2026-01-01 2026-01-31"),
        ("2026-02", "2026-02-01 2026-02-28"),
        ("02/2024", "2024-02-01 2024-02-29"),
        ("2026-Q1", "2026-01-01 2026-03-31"),
        ("Q4 2026", "2026-10-01 2026-12-31"),
        ("2. Quartal 2026", "2026-04-01 2026-06-30"),
        ("T3 2026", "2026-07-01 2026-09-30"),
        ("H2 2026", "2026-07-01 2026-12-31"),
        ("2026", "2026-01-01 2026-12-31"),
        ("août 2026", "2026-08-01 2026-08-31"),
    ] {
        assert_eq!(span(text).as_deref(), Some(expected), "{text}");
    }
    for text in ["", "Q5 2026", "13/2026", "2026-01-15", "Quarterly", "2026 2027"] {
        assert_eq!(span(text), None, "{text}");
    }
}
