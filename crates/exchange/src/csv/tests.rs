use super::*;

fn grid(bytes: &[u8]) -> Vec<Vec<String>> {
    let csv = read(bytes, &Limits::default(), None).unwrap();
    let texts = |row: &Row| row.cells.iter().map(|cell| cell.text().into_owned()).collect();
    csv.sheet.rows.iter().map(texts).collect()
}

fn error(bytes: &[u8], limits: Limits) -> String {
    read(bytes, &limits, None).unwrap_err().to_string()
}

#[test]
fn guesses_the_delimiter() {
    for (text, delimiter, width) in [
        ("a,b,c\n1,2,3\n", ',', 3),
        ("a;b;c\n1,5;2,5;3\n", ';', 3),
        ("a\tb\tc\nx, y\tz; w\t\n", '\t', 3),
        ("a|b\n1|2\n", '|', 2),
        ("only\none\ncolumn\n", ',', 1),
        ("ID;Name\n1;\"a, b, c\"\n2;\"d, e\nf, g\"\n", ';', 2),
        ("Register of risks\n\nID;Risk;Owner\n1;x, y;z\n2;u;v\n", ';', 3),
        ("a,b\nx;y,1\nx;y,2\n", ',', 2),
        ("", ',', 0),
    ] {
        let csv = read(text.as_bytes(), &Limits::default(), None).unwrap();
        assert_eq!(csv.delimiter, delimiter, "{text}");
        assert_eq!(csv.sheet.width(), width, "{text}");
    }
    let told = read(b"a;b,c", &Limits::default(), Some(b',')).unwrap();
    assert_eq!(told.sheet.width(), 2);
}

#[test]
fn honors_a_line_that_names_the_delimiter() {
    let csv = read(b"sep=;\r\na,b;c\r\n", &Limits::default(), None).unwrap();
    assert_eq!(csv.delimiter, ';');
    assert_eq!(csv.sheet.rows[0].line, 2);
    assert_eq!(csv.sheet.rows[0].text(0), "a,b");
    assert_eq!(grid(b"sep=a\r\n"), [["sep=a"]]);
}

#[test]
fn decodes_usual_encodings() {
    let utf16 = |text: &str, little: bool| {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        units.flat_map(bytes).collect::<Vec<u8>>()
    };
    for (bytes, encoding) in [
        ("Maßnahme,é".as_bytes().to_vec(), "UTF-8"),
        ("\u{feff}Maßnahme,é".as_bytes().to_vec(), "UTF-8"),
        (utf16("Maßnahme,é", true), "UTF-16LE"),
        (utf16("Maßnahme,é", false), "UTF-16BE"),
        (b"Ma\xdfnahme,\xe9".to_vec(), "windows-1252"),
        (b"\xef\xbb\xbfMa\xdfnahme,\xe9".to_vec(), "windows-1252"),
    ] {
        let csv = read(&bytes, &Limits::default(), None).unwrap();
        assert_eq!(csv.encoding, encoding);
        assert_eq!(csv.sheet.rows[0].text(0), "Maßnahme");
        assert_eq!(csv.sheet.rows[0].text(1), "é");
    }
    assert_eq!(grid(b"5 \x80"), [["5 €"]]);
}

#[test]
fn keeps_ragged_rows_and_counts_lines() {
    let text = b"a,b\n\n\n1,\"two\nlines\",3\r\n4\r5,6";
    let csv = read(text, &Limits::default(), None).unwrap();
    let shape: Vec<_> = csv.sheet.rows.iter().map(|row| (row.line, row.cells.len())).collect();
    assert_eq!(shape, [(1, 2), (4, 3), (6, 1), (7, 2)]);
    assert_eq!(csv.sheet.rows[1].text(1), "two\nlines");
}

#[test]
fn reads_quotes_as_spreadsheets_do() {
    assert_eq!(grid(b"a,\"b \"\"c\"\", d\",5\" disk\n"), [["a", "b \"c\", d", "5\" disk"]]);
    assert_eq!(grid(b"a,\"\"\n"), [["a", ""]]);
    assert_eq!(grid(b"a,\"b\""), [["a", "b"]]);
}

#[test]
fn refuses_with_place_and_remedy() {
    let limits = Limits::default();
    assert_eq!(
        error(b"a,b\n1,\"never\nends\n", limits),
        "line 2: a quoted cell is never closed; add or remove a `\"` in that row"
    );
    assert_eq!(
        error(b"a,b\n1,2\n3,4\n", Limits { rows: 2, ..limits }),
        "line 3: the table has more than 2 rows; split it into smaller files"
    );
    assert_eq!(
        error(b"a,b\n1,2,3\n", Limits { columns: 2, ..limits }),
        "line 2: the row has more than 2 columns; delete what stands beyond the table"
    );
    assert_eq!(
        error(b"a,b\n1,2345\n", Limits { cell_bytes: 3, ..limits }),
        "line 2, column 2: the cell is longer than 3 bytes; shorten it, or close a quote before it"
    );
    assert_eq!(
        error(&[b'x'; 20_000], Limits { cell_bytes: 100, ..limits }),
        "line 1, column 1: the cell is longer than 100 bytes; shorten it, or close a quote before \
         it"
    );
    assert_eq!(
        error(b"a,b\n1,2\n", Limits { cells: 3, ..limits }),
        "line 2: the file has more than 3 cells; split it into smaller files"
    );
    assert_eq!(
        error(b"a,b\n", Limits { bytes: 3, ..limits }),
        "the file has 4 bytes, more than the 3 allowed; split it into smaller files"
    );
    assert_eq!(
        error(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", limits),
        "the file is not a table of text: it is an old Excel file (XLS) or a workbook with a \
         password; save it as XLSX or CSV"
    );
    let wide: Vec<u8> = "a table,of two\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(error(&wide, limits).contains("UTF-16 without a byte order mark"));
}

#[test]
fn writes_what_no_spreadsheet_runs() {
    let text = |text: &str| Value::Text(text.to_owned());
    let table = TableSheet {
        header: vec!["Name".into(), "Value".into()],
        rows: vec![
            vec![text("=1+1"), Value::Integer(-5)],
            vec![text("'tis"), Value::Decimal("-0.5".into())],
            vec![text("-"), text("a;b")],
            vec![text("+49 40"), text("@x")],
            vec![text("sep=,"), text("say \"no\"")],
            vec![text(";=1+1"), text(";|@x")],
        ],
        ..TableSheet::default()
    };
    let bytes = write(&table, false);
    assert_eq!(
        String::from_utf8(bytes.clone()).unwrap(),
        "Name,Value\r\n'=1+1,-5\r\n''tis,-0.5\r\n'-,\"a;b\"\r\n'+49 40,'@x\r\n\"'sep=,\",\"say \
         \"\"no\"\"\"\r\n\"';=1+1\",\"';|@x\"\r\n"
    );
    let back = grid(&bytes);
    assert_eq!(back[1], ["=1+1", "-5"]);
    assert_eq!(back[2], ["'tis", "-0.5"]);
    assert_eq!(back[3], ["-", "a;b"]);
    assert_eq!(back[5], ["sep=,", "say \"no\""]);
    assert_eq!(back[6], [";=1+1", ";|@x"]);
    assert!(write(&table, true).starts_with(b"\xef\xbb\xbfName"));
}

#[test]
fn keeps_apostrophes_of_others() {
    assert_eq!(grid(b"'quoted',''tis,'=1\n"), [["'quoted'", "'tis", "=1"]]);
}
