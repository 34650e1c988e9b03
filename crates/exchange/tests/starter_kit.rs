//! The registers of a public starter kit: every row and every cell is accounted for.

use exchange::{Limits, csv, table};
use std::path::Path;

#[test]
fn every_cell_of_the_kit_is_read() {
    let kit = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/starter-kit"));
    let Ok(entries) = std::fs::read_dir(kit) else {
        eprintln!("skipped: no starter kit beside the sources");
        return;
    };
    let mut files = 0;
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let text = std::str::from_utf8(&bytes).unwrap();
        let csv = csv::read(&bytes, &Limits::default(), None).unwrap();
        assert_eq!(csv.delimiter, ',', "{name}");
        // No cell of the kit has a line end, so that lines can be counted without a parser.
        let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(csv.sheet.rows.len(), lines.len(), "{name}");
        for (row, line) in csv.sheet.rows.iter().zip(&lines) {
            let pieces: usize = line
                .split('"')
                .step_by(2)
                .map(|outside_of_quotes| outside_of_quotes.matches(',').count())
                .sum();
            assert_eq!(row.cells.len(), pieces + 1, "{name}, line {}", row.line);
            let letters = |text: &str| text.replace(['"', ','], "");
            let read: String = row.cells.iter().map(|cell| cell.text().into_owned()).collect();
            assert_eq!(letters(&read), letters(line), "{name}, line {}", row.line);
        }
        let header = table::header(&csv.sheet).unwrap();
        assert_eq!((header.first, header.last), (0, 0), "{name}");
        assert_eq!(header.names.iter().filter(|name| name.is_empty()).count(), 0, "{name}");
        assert_eq!(header.rows(&csv.sheet).len(), lines.len() - 1, "{name}");
        files += 1;
    }
    assert!(files > 0);
}
