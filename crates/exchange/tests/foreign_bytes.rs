//! Readers of foreign bytes neither panic nor cross their limits, and what we write comes back.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use exchange::{Limits, Sheet, TableSheet, Value, csv, parse, read, table, text, xlsx};
use jiff::civil::{DateTime, datetime};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const CREATED: DateTime = datetime(2026, 1, 15, 10, 0, 0, 0);

const LIMITS: Limits = Limits {
    bytes: 1 << 20,
    rows: 50,
    columns: 20,
    cells: 400,
    cell_bytes: 200,
    inflated: 200_000,
    ratio: 200,
    parts: 40,
};

fn assert_within(sheets: &[Sheet]) {
    let mut cells = 0;
    for sheet in sheets {
        assert!(sheet.rows.len() <= LIMITS.rows as usize);
        assert!(sheet.width() <= LIMITS.columns);
        for row in &sheet.rows {
            cells += row.cells.len();
            assert!(row.cells.iter().all(|cell| cell.text().len() <= LIMITS.cell_bytes));
        }
        let lines: Vec<u32> = sheet.rows.iter().map(|row| row.line).collect();
        assert!(lines.is_sorted_by(|a, b| a < b), "{lines:?}");
        if let Some(header) = table::header(sheet) {
            assert!(header.first <= header.last && header.last < sheet.rows.len());
        }
    }
    assert!(cells <= LIMITS.cells);
}

fn sample() -> Vec<u8> {
    let rows = (0..6).map(|number| {
        vec![
            Value::Text(format!("R-{number}")),
            Value::Integer(number),
            Value::Decimal("0.5".into()),
            Value::Day(CREATED.date()),
            Value::Instant(CREATED),
            Value::Bool(true),
        ]
    });
    let header = ["ID", "A", "B", "C", "D", "E"].map(String::from).to_vec();
    let table = TableSheet { name: "Risks".into(), header, rows: rows.collect() };
    xlsx::write(&[table], CREATED).unwrap()
}

/// The sample with its parts stored, so that a mutation reaches the XML behind the container.
fn stored_sample() -> Vec<(String, Vec<u8>)> {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(sample())).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (name, bytes)
        })
        .collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tables(cell: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = TableSheet> {
    (1..6_usize).prop_flat_map(move |width| {
        let row = vec(cell.clone(), width);
        (row.clone(), vec(row, 0..6)).prop_map(|(header, rows)| TableSheet {
            name: "T".into(),
            header,
            rows: rows
                .into_iter()
                .map(|row| row.into_iter().map(Value::from_text).collect())
                .collect(),
        })
    })
}

fn cell() -> impl Strategy<Value = String> + Clone {
    let nasty = select(vec![
        "=", "+", "-", "@", "'", "''", "\"", ",", ";", "\t", "|", "\r", "\n", "\r\n", "sep=;",
        "\u{feff}", "_x000D_", " ", "<&>", "é", "1", "a", "PK", "]]>",
    ]);
    prop_oneof![vec(nasty, 0..5).prop_map(|parts| parts.concat()), any::<String>(), "[ -~]{0,12}",]
}

fn texts(table: &TableSheet) -> Vec<Vec<String>> {
    let rows = table.rows.iter().map(|row| row.iter().map(|v| v.text().into_owned()).collect());
    std::iter::once(table.header.clone()).chain(rows).collect()
}

/// The sheet's texts by row, filled up to the shape of what was written.
fn padded(sheet: &Sheet, like: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut grid = vec![vec![String::new(); like[0].len()]; like.len()];
    for row in &sheet.rows {
        for (column, cell) in row.cells.iter().enumerate() {
            grid[row.line as usize - 1][column] = cell.text().into_owned();
        }
    }
    grid
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..2000)) {
        if let Ok(book) = read("x", &bytes, &LIMITS) {
            assert_within(&book.sheets);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(parts in vec(cell(), 0..60)) {
        if let Ok(book) = read("x", parts.concat().as_bytes(), &LIMITS) {
            assert_within(&book.sheets);
        }
    }

    #[test]
    fn a_mutated_container_is_read_or_refused(
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = sample();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(book) = xlsx::read(&bytes, &LIMITS) {
            assert_within(&book.sheets);
        }
    }

    #[test]
    fn mutated_parts_are_read_or_refused(
        part in any::<prop::sample::Index>(),
        changes in vec((any::<prop::sample::Index>(), 0..3_u8, select(vec![
            "<", ">", "\"", "9", "-1", "99999999999999999999", "A", "ZZZZZZZ9", "<c", "</c>", "<v>",
            "<f>", "</row>", "\u{0}", "é", "&", "&#x0;", "s", "A1:XFD1048576", "B2:A1", "1e999",
        ])), 1..6),
    ) {
        let mut parts = stored_sample();
        let index = part.index(parts.len());
        for (at, how, text) in changes {
            let bytes = &mut parts[index].1;
            if bytes.is_empty() { break; }
            let at = at.index(bytes.len());
            let end = match how { 0 => at, 1 => (at + text.len()).min(bytes.len()), _ => (at + 20).min(bytes.len()) };
            bytes.splice(at..end, text.bytes());
        }
        if let Ok(book) = xlsx::read(&packed(&parts), &LIMITS) {
            assert_within(&book.sheets);
        }
    }

    #[test]
    fn a_table_comes_back_from_csv(table in tables(cell()), bom in any::<bool>()) {
        let csv = csv::read(&csv::write(&table, bom), &Limits::default(), None).unwrap();
        let back: Vec<Vec<String>> = csv.sheet.rows.iter()
            .map(|row| row.cells.iter().map(|cell| cell.text().into_owned()).collect())
            .collect();
        prop_assert_eq!(back, texts(&table));
    }

    #[test]
    fn a_table_comes_back_from_xlsx(table in tables(cell())) {
        let book = xlsx::read(&xlsx::write(std::slice::from_ref(&table), CREATED).unwrap(), &Limits::default()).unwrap();
        let written = texts(&table);
        prop_assert_eq!(padded(&book.sheets[0], &written), written);
    }

    #[test]
    fn any_text_is_parsed_or_not(value in prop_oneof![any::<String>(), cell(), "[0-9A-Za-z./:, +()-]{0,20}"]) {
        for order in [parse::DayOrder::Unsure, parse::DayOrder::MonthFirst] {
            let _ = (parse::day(&value, order), parse::instant(&value, order));
        }
        parse::DayOrder::guess([value.as_str()]);
        parse::DecimalMark::guess([value.as_str()]);
        let _ = (parse::period(&value), parse::boolean(&value), parse::scale(&value), parse::range(&value));
        if let Some(Value::Decimal(number)) = parse::number(&value, parse::DecimalMark::Comma) {
            prop_assert!(number.parse::<f64>().is_ok());
        }
        for split in parse::list(&value) {
            prop_assert!(split.parts.len() > 1 && split.parts.iter().all(|part| !part.is_empty()));
        }
        for reference in parse::references(&value) {
            prop_assert!(parse::is_reference(reference), "{reference}");
        }
        let folded = text::fold(&value);
        prop_assert_eq!(&text::fold(&folded), &folded);
    }

    #[test]
    fn days_come_back(serial in 20_000..80_000_i64) {
        let day = jiff::civil::date(1899, 12, 30) + jiff::Span::new().days(serial);
        for format in ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%-d %b %Y", "%B %-d, %Y", "%Y%m%d"] {
            let written = day.strftime(format).to_string();
            prop_assert_eq!(parse::day(&written, parse::DayOrder::DayFirst), Some(day), "{}", written);
        }
        let written = day.strftime("%m/%d/%Y").to_string();
        prop_assert_eq!(parse::day(&written, parse::DayOrder::MonthFirst), Some(day));
        prop_assert_eq!(parse::day(&serial.to_string(), parse::DayOrder::Unsure), Some(day));
    }
}
