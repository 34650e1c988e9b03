//! Papers as bytes: made by whoever runs the site, because the typesetter's memory does not come
//! back and so it runs in a process of its own.

use std::io;

/// The form of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperForm {
    /// For reading and signing.
    Pdf,
    /// For working with.
    Xlsx,
    /// For programs.
    Csv,
}

/// Makes papers.
pub trait Papers: Send + Sync {
    /// The Statement of Applicability of an organization: as of an entry of its ledger, or the
    /// edition that an approval published.
    ///
    /// # Errors
    /// When it cannot be made; the message is for the log.
    fn soa(&self, organization: &str, of: SoaOf<'_>, form: PaperForm) -> io::Result<Vec<u8>>;
}

/// Which Statement of Applicability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoaOf<'a> {
    /// The working copy after an entry.
    Entry(u64),
    /// The edition with this name.
    Edition(&'a str),
}

impl PaperForm {
    /// What a file of this form ends with.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// Its media type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// The form that an extension names.
    pub fn from_extension(text: &str) -> Option<Self> {
        [Self::Pdf, Self::Xlsx, Self::Csv].into_iter().find(|it| it.extension() == text)
    }
}
