use super::*;
use crate::{Limits, csv};

fn found(text: &str) -> (Header, Sheet) {
    let sheet = csv::read(text.as_bytes(), &Limits::default(), Some(b'|')).unwrap().sheet;
    (header(&sheet).unwrap(), sheet)
}

fn check(text: &str, first: usize, last: usize, names: &[&str]) {
    let (header, _) = found(text);
    assert_eq!((header.first, header.last), (first, last), "{text}");
    assert_eq!(header.names, names, "{text}");
}

#[test]
fn finds_a_plain_header() {
    check("ID|Name|Owner\nR-1|x|CEO\nR-2|y|CTO\n", 0, 0, &["ID", "Name", "Owner"]);
    check("Name|Owner\nServer|CEO\nDatabase|CTO\n", 0, 0, &["Name", "Owner"]);
    check("ID|Name\n", 0, 0, &["ID", "Name"]);
    check("Name\nServer\n", 0, 0, &["Name"]);
}

#[test]
fn skips_what_stands_above() {
    let text = "Risk register||||\nVersion|1.2|||\nOwner|ISO|||\n||||\nID|Risk|Owner|Score|Due\n\
                R-1|Fire|CEO|20|2026-01-15\nR-2|Flood|CTO|4|2026-02-15\n|Total||24|\n";
    check(text, 4, 4, &["ID", "Risk", "Owner", "Score", "Due"]);
    let (header, sheet) = found(text);
    assert_eq!(header.titles(&sheet).len(), 4);
    assert_eq!(header.rows(&sheet).len(), 3);
}

#[test]
fn keeps_empty_columns_in_place() {
    check("|ID||Owner|\n|R-1||CEO|\n|R-2||CTO|note\n", 0, 0, &["", "ID", "", "Owner", ""]);
}

#[test]
fn joins_two_lines() {
    check(
        "ID|Risk|Impact||Owner\n||Financial|Legal|\nR-1|Fire|4|5|CEO\nR-2|Flood|1|2|CTO\n",
        0,
        1,
        &["ID", "Risk", "Impact Financial", "Impact Legal", "Owner"],
    );
}

#[test]
fn joins_merged_groups() {
    let (_, mut sheet) = found("ID|Impact|Impact|Owner\nID|Financial|Legal|Owner\nR-1|4|5|CEO\n");
    sheet.rows[0].cells[2].merged = true;
    sheet.rows[1].cells[0].merged = true;
    sheet.rows[1].cells[3].merged = true;
    let header = header(&sheet).unwrap();
    assert_eq!((header.first, header.last), (0, 1));
    assert_eq!(header.names, ["ID", "Impact Financial", "Impact Legal", "Owner"]);
}

#[test]
fn a_merged_title_is_no_header() {
    let (_, mut sheet) = found("Risks|Risks|Risks\nID|Risk|Owner\nR-1|Fire|CEO\n");
    sheet.rows[0].cells[1].merged = true;
    sheet.rows[0].cells[2].merged = true;
    let header = header(&sheet).unwrap();
    assert_eq!((header.first, header.last), (1, 1));
    assert_eq!(header.names, ["ID", "Risk", "Owner"]);
}

#[test]
fn known_names_help() {
    let (_, sheet) = found("red|green|blue\nName|Owner|Text\na|b|c\n");
    let known = |name: &str| ["Name", "Owner"].contains(&name);
    assert_eq!(header_knowing(&sheet, known).unwrap().first, 1);
}

#[test]
fn a_blank_sheet_has_none() {
    assert_eq!(header(&Sheet::default()), None);
    let sheet = csv::read(b",,\n,,\n", &Limits::default(), None).unwrap().sheet;
    assert_eq!(header(&sheet), None);
}

#[test]
fn a_known_part_keeps_its_name_below_a_group() {
    let (_, mut sheet) = found(
        "Identity|Identity|Assessment|Assessment\nRisk No.|Risk owner|L|Impact\n1|Anna|3|4\n\
         2|Bob|5|5\n",
    );
    sheet.rows[0].cells[1].merged = true;
    sheet.rows[0].cells[3].merged = true;
    let known = |name: &str| ["Risk No.", "Risk owner", "Assessment Impact"].contains(&name);
    let header = header_knowing(&sheet, known).unwrap();
    assert_eq!(header.names, ["Risk No.", "Risk owner", "Assessment L", "Assessment Impact"]);
}
