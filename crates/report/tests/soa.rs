//! The Statement of Applicability as readers of its three forms would judge it.

#[path = "soa/sample.rs"]
mod sample;

use std::io::Read;

use domain::soa::{Applicability, Counts, Implementation};
use report::{Error, Soa, soa_csv, soa_pdf, soa_xlsx};
use sample::{approved, working_copy};

#[test]
fn a_cover_that_contradicts_its_rows_is_refused_in_every_form() {
    let mut soa = approved();
    soa.counts.excluded += 1;
    for outcome in [soa_pdf(&soa), soa_xlsx(&soa), soa_csv(&soa)] {
        match outcome {
            Err(Error::Counts { figure, stated, found }) => {
                assert_eq!(figure, "excluded");
                assert_eq!(stated, found + 1);
            }
            other => panic!("expected a refusal, got {:?}", other.map(|bytes| bytes.len())),
        }
    }
}

#[test]
fn a_wrong_number_of_seeds_is_refused() {
    let mut soa = approved();
    soa.seeds += 1;
    assert!(matches!(soa_csv(&soa), Err(Error::Counts { figure: "seeds", .. })));
}

#[test]
fn the_counts_of_rows_add_up() {
    let counts = working_copy(210).counts;
    assert_eq!(counts.total, 210);
    assert_eq!(counts.included + counts.excluded + counts.undecided, counts.total);
    let stated = counts.implemented + counts.in_part + counts.planned + counts.not_begun;
    assert_eq!(stated + counts.unknown, counts.included);
    assert!(counts.own > 0 && counts.unknown > 0 && counts.undecided > 0);
}

#[test]
fn the_same_statement_gives_the_same_bytes() {
    let soa = approved();
    for form in [soa_pdf, soa_xlsx, soa_csv] {
        assert!(form(&soa).unwrap() == form(&soa).unwrap());
    }
}

#[test]
fn another_day_gives_another_paper() {
    let soa = approved();
    let later = Soa { day: soa.day.tomorrow().unwrap(), ..soa.clone() };
    assert!(soa_pdf(&soa).unwrap() != soa_pdf(&later).unwrap());
}

#[test]
fn the_pdf_is_archival_and_landscape() {
    let bytes = soa_pdf(&approved()).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert!(bytes.len() < 2_000_000, "{} bytes", bytes.len());
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("pdfaid:part"), "not PDF/A");
    assert!(text.contains("841.8"), "not landscape");
}

#[test]
fn long_texts_and_empty_statements_still_print() {
    let mut soa = working_copy(3);
    soa.rows[0].how = "Ein sehr langer Absatz über Maßnahmen. ".repeat(400);
    soa.rows[1].title = "Informationssicherheitsbeauftragtenbestellungsurkunde".repeat(3);
    soa.scope = Some("Alle Standorte.\n".repeat(60));
    assert!(soa_pdf(&soa).is_ok());
    soa.rows.clear();
    soa.seeds = 0;
    soa.counts = Counts::default();
    for form in [soa_pdf, soa_xlsx, soa_csv] {
        assert!(form(&soa).is_ok());
    }
}

#[test]
fn nothing_in_a_text_is_taken_for_markup() {
    let mut soa = working_copy(1);
    soa.rows[0].how = "#panic(\"no\") *a* _b_ $x$ <tag> @ref \\ [ ] // c".to_owned();
    soa.rows[0].title = "\0 \u{1} \u{202e} \u{fffe} \u{feff} \t 😀 漢字 \r\n".to_owned();
    for form in [soa_pdf, soa_xlsx, soa_csv] {
        assert!(form(&soa).is_ok());
    }
}

#[test]
fn the_csv_has_every_row_and_runs_no_formula() {
    let mut soa = working_copy(12);
    soa.rows[4].how = "=HYPERLINK(\"http://example.org\")".to_owned();
    let bytes = soa_csv(&soa).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|known| known == name).unwrap();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 12);
    assert_eq!(&rows[4][column("How it is done here")], "'=HYPERLINK(\"http://example.org\")");
    for (row, line) in soa.rows.iter().zip(&rows) {
        assert_eq!(line[column("Control")], row.reference);
        let word = match row.applicability {
            Applicability::Included => "Included",
            Applicability::Excluded => "Excluded",
            Applicability::Undecided => "Not decided",
        };
        assert_eq!(&line[column("Applicability")], word);
        assert_eq!(&line[column("Implementation")] == "Not stated", {
            row.implementation == Implementation::Unknown
        });
    }
}

#[test]
fn the_workbook_holds_cover_and_rows() {
    let soa = approved();
    let bytes = soa_xlsx(&soa).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let rows = part("xl/worksheets/sheet2.xml");
    assert_eq!(rows.matches("<row ").count(), soa.rows.len() + 1);
    assert!(rows.contains("<autoFilter ref=\"A1:P"));
    assert!(rows.contains("state=\"frozen\""));
    assert!(!rows.contains("<f>"), "a text became a formula");
    // A number has no type, a text has one: proofs wanted can be added up.
    let wanted = rows.split("<c r=\"M2\"").nth(1).unwrap();
    let expected = format!("><v>{}</v>", soa.rows[0].proof_wanted);
    let (attributes, rest) = wanted.split_at(wanted.find('>').unwrap());
    assert!(!attributes.contains("t=") && rest.starts_with(&expected), "{attributes}{expected}");
    let words = part("xl/sharedStrings.xml");
    for word in ["Working copy", "Not approved"] {
        assert!(!words.contains(word), "an approved edition says `{word}`");
    }
    for word in ["Edition 3, in force since 2 September 2026", "Zürich", "Threat intelligence"] {
        assert!(words.contains(word), "`{word}` is missing");
    }
    assert!(part("xl/worksheets/sheet1.xml").contains(&format!("<v>{}</v>", soa.counts.total)));
}

#[test]
fn no_form_speaks_of_compliance() {
    let soa = working_copy(93);
    let csv = String::from_utf8(soa_csv(&soa).unwrap()).unwrap().to_lowercase();
    let templates = [include_str!("../templates/soa.typ"), include_str!("../templates/look.typ")];
    assert!(!csv.contains("complian"));
    assert!(templates.iter().all(|template| !template.to_lowercase().contains("complian")));
}
