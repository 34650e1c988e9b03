//! Typst, shut in: templates and fonts that are part of the program, no file, no network, no
//! clock.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::Error;

/// Typesets `source` with `data` and gives the bytes of a tagged PDF, dated `day`.
///
/// The template reads its data with `json("/data.json")`, shares tokens and parts by importing
/// `/look.typ`, and gets `day` from `datetime.today()`. It can reach nothing else. The same
/// arguments give the same bytes.
///
/// The result conforms to PDF/A-2a (archival). Text that forbids it, such as a character that
/// the embedded fonts lack, gives plain PDF 1.7 instead of no paper.
///
/// # Errors
///
/// [`Error::Typeset`] if the template is wrong, [`Error::Data`] if the data cannot be JSON.
pub fn pdf(source: &str, data: &impl Serialize, day: Date) -> Result<Vec<u8>, Error> {
    let press = Press::new(source, serde_json::to_vec(data)?, day);
    let document = typst::compile::<PagedDocument>(&press)
        .output
        .map_err(|problems| press.complaint(&problems))?;
    let bytes = press
        .export(&document, &[PdfStandard::A_2a])
        .or_else(|_| press.export(&document, &[]))
        .map_err(|problems| press.complaint(&problems));
    // Papers are made rarely and differ: what was memorized for this one is only weight.
    typst::comemo::evict(0);
    bytes
}

/// Tokens and parts that the templates share.
const LOOK: &str = include_str!("../templates/look.typ");

/// The families that are used, of those that the assets hold.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    typst_assets::fonts()
        .flat_map(|bytes| Font::iter(Bytes::new(bytes)))
        .filter(|font| FAMILIES.contains(&font.info().family.as_str()))
        .collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// All that one run of the typesetter can see.
struct Press {
    main: Source,
    look: Source,
    data_id: FileId,
    data: Bytes,
    day: Date,
}

impl Press {
    fn new(source: &str, data: Vec<u8>, day: Date) -> Self {
        Self {
            main: Source::new(file("/paper.typ"), source.to_owned()),
            look: Source::new(file("/look.typ"), LOOK.to_owned()),
            data_id: file("/data.json"),
            data: Bytes::new(data),
            day,
        }
    }

    fn export(
        &self,
        document: &PagedDocument,
        standards: &[PdfStandard],
    ) -> Result<Vec<u8>, Vec<SourceDiagnostic>> {
        let options = PdfOptions {
            creator: Smart::Custom(Some("Muniment".to_owned())),
            timestamp: self.midnight().map(Timestamp::new_utc),
            standards: PdfStandards::new(standards).expect("one standard cannot contradict itself"),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(document, &options).map_err(|problems| problems.into_iter().collect())
    }

    fn midnight(&self) -> Option<Datetime> {
        let (year, month, day) = self.ymd();
        Datetime::from_ymd_hms(year, month, day, 0, 0, 0)
    }

    fn ymd(&self) -> (i32, u8, u8) {
        let day = self.day;
        (i32::from(day.year()), day.month().unsigned_abs(), day.day().unsigned_abs())
    }

    fn complaint(&self, problems: &[SourceDiagnostic]) -> Error {
        let Some(first) = problems.first() else {
            return Error::Typeset {
                file: "paper.typ".to_owned(),
                line: 0,
                message: "the typesetter failed without saying why".to_owned(),
            };
        };
        let id = first.span.id();
        let source = id.and_then(|id| self.source(id).ok());
        let line = source
            .zip(self.range(first.span))
            .and_then(|(source, range)| source.lines().byte_to_line(range.start))
            .map_or(0, |line| line + 1);
        let name = id.map_or("paper.typ", |id| id.get().vpath().get_without_slash());
        Error::Typeset { file: name.to_owned(), line, message: first.message.to_string() }
    }
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.look]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        let (year, month, day) = self.ymd();
        Datetime::from_ymd(year, month, day)
    }
}

fn file(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the names of our own files are well formed");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::json;

    #[test]
    fn both_families_are_embedded() {
        for family in FAMILIES {
            assert!(FONTS.iter().any(|font| font.info().family == family), "{family} is missing");
        }
    }

    #[test]
    fn a_fault_in_a_template_is_named_with_its_line() {
        let fault = pdf("one\n#let x = json(\"/data.json\").gone\n", &json!({}), date(2026, 9, 2));
        match fault {
            Err(Error::Typeset { file, line, message }) => {
                assert_eq!((file.as_str(), line), ("paper.typ", 2));
                assert!(message.contains("gone"), "{message}");
            }
            other => panic!("expected a typesetting error, got {:?}", other.map(|b| b.len())),
        }
    }

    #[test]
    fn a_template_reaches_no_file_but_ours() {
        for source in ["#read(\"/etc/passwd\")", "#import \"@preview/cetz:0.4.2\""] {
            let fault = pdf(source, &json!({}), date(2026, 9, 2));
            assert!(matches!(fault, Err(Error::Typeset { .. })), "{source}");
        }
    }

    #[test]
    fn a_character_without_a_glyph_still_gives_a_paper() {
        let paper = pdf("#json(\"/data.json\").word", &json!({"word": "漢字"}), date(2026, 9, 2));
        assert!(paper.is_ok_and(|bytes| bytes.starts_with(b"%PDF-1.7")));
    }
}
