use std::io::{Cursor, Read as _, Write as _};

use jiff::civil::{self, date};
use rust_xlsxwriter::{Format, Formula, Note as Pinned, Workbook as Writer};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;
use crate::{Error, Limits, Note, Sheet, TableSheet, Value, Workbook};

const CREATED: civil::DateTime = civil::datetime(2026, 1, 15, 10, 0, 0, 0);

fn open(bytes: &[u8]) -> Workbook {
    read(bytes, &Limits::default()).unwrap()
}

fn texts(sheet: &Sheet) -> Vec<Vec<String>> {
    let row = |row: &crate::Row| row.cells.iter().map(|cell| cell.text().into_owned()).collect();
    sheet.rows.iter().map(row).collect()
}

fn refused(bytes: &[u8], limits: Limits) -> String {
    read(bytes, &limits).unwrap_err().to_string()
}

fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of ours with one part replaced.
fn with_part(part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let table = TableSheet {
        name: "T".into(),
        header: vec!["a".into(), "b".into()],
        rows: vec![vec![Value::Integer(1), Value::Integer(2)]],
    };
    changed(&write(&[table], CREATED).unwrap(), part, change)
}

/// A workbook with one part replaced.
fn changed(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        parts.push((name.clone(), if name == part { change(text) } else { text }));
    }
    let parts: Vec<_> = parts.iter().map(|(name, text)| (&name[..], text.as_bytes())).collect();
    zip_of(&parts)
}

#[test]
fn gives_back_every_sort_of_value() {
    let rows = vec![
        vec![
            Value::Text("=1+1".into()),
            Value::Integer(-42),
            Value::Decimal("0.3".into()),
            Value::Bool(true),
            Value::Day(date(2026, 1, 15)),
            Value::Instant(civil::datetime(2026, 3, 15, 22, 0, 30, 0)),
        ],
        vec![
            Value::Text("'tis \n two lines".into()),
            Value::Empty,
            Value::Decimal("-1234567.875".into()),
            Value::Bool(false),
            Value::Day(date(1900, 3, 1)),
            Value::Instant(civil::datetime(9999, 12, 31, 23, 59, 59, 0)),
        ],
    ];
    let header = ["a", "b", "c", "d", "e", "f"].map(String::from).to_vec();
    let table = TableSheet { name: "Risks".into(), header, rows: rows.clone() };
    let book = open(&write(&[table], CREATED).unwrap());
    assert_eq!(book.sheets[0].name, "Risks");
    let back: Vec<Vec<Value>> = book.sheets[0].rows[1..]
        .iter()
        .map(|row| row.cells.iter().map(|cell| cell.value.clone()).collect())
        .collect();
    assert_eq!(back, rows);
}

#[test]
fn writes_numbers_it_cannot_keep_as_text() {
    let rows = vec![vec![
        Value::Integer(i64::MAX),
        Value::Decimal("0.12345678901234567".into()),
        Value::Day(date(1850, 1, 1)),
    ]];
    let table = TableSheet { name: "x".into(), header: vec![], rows };
    let book = open(&write(&[table], CREATED).unwrap());
    assert_eq!(
        texts(&book.sheets[0]),
        [["9223372036854775807", "0.12345678901234567", "1850-01-01"]]
    );
}

#[test]
fn writes_the_same_bytes_again() {
    let table = TableSheet {
        name: "x".into(),
        header: vec!["a".into()],
        rows: vec![vec![Value::Text("b".into())]],
    };
    let tables = [table];
    let bytes = write(&tables, CREATED).unwrap();
    assert_eq!(bytes, write(&tables, CREATED).unwrap());
    assert_ne!(bytes, write(&tables, civil::datetime(2026, 1, 16, 0, 0, 0, 0)).unwrap());
}

#[test]
fn names_sheets_as_excel_wants() {
    let long = "Statement of Applicability of everything";
    let tables = ["a/b: [c]?", "", "", long, long, "History"]
        .map(|name| TableSheet { name: name.into(), ..TableSheet::default() });
    let book = open(&write(&tables[..5], CREATED).unwrap());
    let names: Vec<_> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "a b   c",
            "Sheet",
            "Sheet 2",
            "Statement of Applicability of e",
            "Statement of Applicability of 2"
        ]
    );
    assert!(write(&[], CREATED).is_ok());
}

#[test]
fn refuses_to_write_a_text_no_cell_takes() {
    let rows = vec![vec![Value::Empty, Value::Text("x".repeat(32_768))]];
    let table = TableSheet { name: "R".into(), header: vec!["a".into(), "b".into()], rows };
    assert_eq!(
        write(&[table], CREATED).unwrap_err().to_string(),
        "sheet `R`, row 2, column 2: the cell is longer than 32767 characters; shorten it"
    );
}

#[test]
fn reads_formulas_merged_areas_and_hidden_sheets() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    let format = Format::new();
    sheet.merge_range(0, 0, 0, 2, "Risk register", &format).unwrap();
    sheet.write_string(1, 0, "ID").unwrap();
    sheet.write_string(1, 1, "Score").unwrap();
    sheet.write_string(1, 2, "Owner").unwrap();
    sheet.merge_range(2, 2, 4, 2, "CEO", &format).unwrap();
    sheet.write_string(2, 0, "R-1").unwrap();
    sheet.write_formula(2, 1, Formula::new("=4*5").set_result("20")).unwrap();
    sheet.write_string(4, 0, "R-2").unwrap();
    sheet.write_string(9, 0, "R-3").unwrap();
    writer.add_worksheet().set_name("Lists").unwrap().set_hidden(true);
    let book = open(&writer.save_to_buffer().unwrap());
    assert_eq!(book.sheets.iter().map(|sheet| sheet.hidden).collect::<Vec<_>>(), [false, true]);
    let sheet = &book.sheets[0];
    assert_eq!(
        texts(sheet),
        [
            vec!["Risk register"; 3],
            vec!["ID", "Score", "Owner"],
            vec!["R-1", "20", "CEO"],
            vec!["R-2", "", "CEO"],
            vec!["R-3"],
        ]
    );
    let lines: Vec<_> = sheet.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [1, 2, 3, 5, 10]);
    let merged = |row: usize| sheet.rows[row].cells.iter().map(|c| c.merged).collect::<Vec<_>>();
    assert_eq!(merged(0), [false, true, true]);
    assert_eq!(merged(2), [false, false, false]);
    assert_eq!(merged(3), [false, false, true]);
    let score = &sheet.rows[2].cells[1];
    assert_eq!(score.formula.as_deref(), Some("4*5"));
    assert_eq!(score.value, Value::Integer(20));
}

#[test]
fn reads_times_durations_errors_and_shared_formulas() {
    let bytes = with_part("xl/worksheets/sheet1.xml", |text| {
        let (head, rest) = text.split_once("<sheetData>").unwrap();
        let (_, tail) = rest.split_once("</sheetData>").unwrap();
        format!(
            "{head}<sheetData><row r=\"1\"><c r=\"A1\" t=\"e\"><v>#REF!</v></c>\
             <c r=\"B1\"><f t=\"shared\" ref=\"B1:B2\" si=\"99999999999\">A1*2</f><v>4</v></c>\
             <c r=\"C1\" t=\"d\"><v>2026-01-15T10:30:00</v></c>\
             <c r=\"D1\" t=\"inlineStr\"><is><r><t xml:space=\"preserve\">rich </t></r><r><t>text</t></r></is></c>\
             <c r=\"E1\"><v>0.30000000000000004</v></c></row>\
             <row r=\"2\"><c r=\"B2\"><f t=\"shared\" si=\"99999999999\"/><v>6</v></c></row>\
             </sheetData>{tail}"
        )
    });
    let book = open(&bytes);
    let rows = &book.sheets[0].rows;
    let values: Vec<_> = rows[0].cells.iter().map(|cell| cell.value.clone()).collect();
    assert_eq!(
        values,
        [
            Value::Error("#REF!".into()),
            Value::Integer(4),
            Value::Instant(civil::datetime(2026, 1, 15, 10, 30, 0, 0)),
            Value::Text("rich text".into()),
            Value::Decimal("0.3".into()),
        ]
    );
    assert_eq!(rows[1].cells[1].formula.as_deref(), Some("A2*2"));
}

#[test]
fn refuses_bombs() {
    let limits = Limits { inflated: 1 << 20, ..Limits::default() };
    let zeros = vec![b' '; 2 << 20];
    let bomb = zip_of(&[("xl/workbook.xml", b"<workbook/>"), ("xl/styles.xml", &zeros)]);
    assert_eq!(
        refused(&bomb, limits),
        "part `xl/styles.xml`: the workbook unpacks to more than 1048576 bytes; split it into \
         smaller files"
    );
    let zeros = vec![b' '; 9 << 20];
    let dense = zip_of(&[("xl/workbook.xml", b"<workbook/>"), ("xl/styles.xml", &zeros)]);
    assert!(matches!(read(&dense, &Limits::default()), Err(Error::Inflates { .. })));
    let parts: Vec<String> = (0..20).map(|number| format!("xl/{number}.xml")).collect();
    let parts: Vec<_> = parts.iter().map(|name| (&name[..], &b""[..])).collect();
    let refusal = refused(&zip_of(&parts), Limits { parts: 10, ..limits });
    assert_eq!(refusal, "the workbook has more than 10 parts; save its sheets as separate files");
}

#[test]
fn refuses_a_part_that_lies_about_its_size() {
    let zeros = vec![b' '; 2 << 20];
    let mut bomb = zip_of(&[("xl/workbook.xml", b"<workbook/>"), ("xl/styles.xml", &zeros)]);
    let honest = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    let found: Vec<usize> =
        bomb.windows(4).enumerate().filter(|(_, w)| *w == honest).map(|(at, _)| at).collect();
    assert_eq!(found.len(), 2);
    for at in found {
        bomb[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
    }
    assert!(read(&bomb, &Limits { inflated: 1 << 20, ..Limits::default() }).is_err());
}

#[test]
fn refuses_names_that_point_outside() {
    for name in ["../evil.xml", "xl/../../evil.xml", "/etc/evil.xml", "..\\evil.xml", "C:evil"] {
        let bytes = zip_of(&[("xl/workbook.xml", b"<workbook/>"), (name, b"x")]);
        let error = read(&bytes, &Limits::default()).unwrap_err();
        assert!(matches!(error, Error::PartName { .. }), "{name}: {error}");
    }
}

#[test]
fn refuses_other_files() {
    let limits = Limits::default();
    assert_eq!(
        refused(&zip_of(&[("content.xml", b"")]), limits),
        "the file is not an XLSX workbook: it is an OpenDocument file; open it and save it as \
         XLSX or CSV"
    );
    assert!(refused(&zip_of(&[("a.txt", b"")]), limits).contains("no part `xl/workbook.xml`"));
    assert!(refused(b"PK\x03\x04 and so on", limits).contains("cannot be unpacked"));
    let bytes = with_part("xl/worksheets/sheet1.xml", |text| text[..text.len() / 2].to_owned());
    assert!(refused(&bytes, limits).starts_with("sheet `T` cannot be read ("));
}

#[test]
fn refuses_what_crosses_a_limit() {
    let cell = |reference: &str| {
        with_part("xl/worksheets/sheet1.xml", |text| text.replace("r=\"B2\"", reference))
    };
    let limits = Limits::default();
    assert_eq!(
        refused(&cell("r=\"XFD2\""), limits),
        "sheet `T`, cell XFD2: the row has more than 1024 columns; delete what stands beyond the \
         table"
    );
    assert_eq!(
        refused(&cell("r=\"B1048577\""), limits),
        "sheet `T`, cell B1048577: the table has more than 1048576 rows; split it into smaller \
         files"
    );
    let few = Limits { cells: 3, ..limits };
    assert!(refused(&cell("r=\"B2\""), few).contains("more than 3 cells"));
    assert!(read(&cell("r=\"ZZZZZZZZZZZ2\""), &limits).is_err());
    let merges = |area: &str| {
        with_part("xl/worksheets/sheet1.xml", |text| {
            let merged =
                format!("</sheetData><mergeCells><mergeCell ref=\"{area}\"/></mergeCells>");
            text.replace("</sheetData>", &merged)
        })
    };
    assert_eq!(open(&merges("A1:XFD1048576")).sheets[0].rows.len(), 2);
    assert_eq!(open(&merges("B1:B2")).sheets[0].rows.len(), 2);
}

#[test]
fn reads_notes_and_the_decimals_that_are_shown() {
    let mut writer = Writer::new();
    writer.add_worksheet().set_name("Empty").unwrap();
    let sheet = writer.add_worksheet().set_name("SoA & more").unwrap();
    sheet.write_number(0, 0, 5.1).unwrap();
    sheet.write_number_with_format(1, 0, 5.1, &Format::new().set_num_format("0.00")).unwrap();
    sheet.insert_note(1, 27, &Pinned::new("Ask <Ann>\nagain").add_author_prefix(false)).unwrap();
    let book = open(&writer.save_to_buffer().unwrap());
    let sheet = &book.sheets[1];
    let note = Note { line: 2, column: 27, text: "Ask <Ann>\nagain".to_owned() };
    assert_eq!((&book.sheets[0].notes, &sheet.notes), (&vec![], &vec![note]));
    let decimals: Vec<_> = sheet.rows.iter().map(|it| it.cells[0].decimals).collect();
    assert_eq!(decimals, [None, Some(2)]);
}

#[test]
fn refuses_notes_that_are_malformed() {
    let mut writer = Writer::new();
    writer.add_worksheet().insert_note(0, 0, &Pinned::new("x")).unwrap();
    let bytes = writer.save_to_buffer().unwrap();
    let broken = changed(&bytes, "xl/comments1.xml", |_| "<comments><comment".to_owned());
    assert!(
        refused(&broken, Limits::default()).starts_with("part `xl/comments1.xml` cannot be read")
    );
}
