/// Why a paper was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A figure on the cover differs from what the rows add up to (rule SOA-15).
    #[error(
        "the Statement of Applicability would say {stated} for `{figure}` on its cover while its \
         rows add up to {found}: nothing was printed, please report this as a defect of the program"
    )]
    Counts {
        /// The figure, by the name of its field.
        figure: &'static str,
        /// What the cover would say.
        stated: u64,
        /// What the rows add up to.
        found: u64,
    },
    /// A template could not be typeset.
    #[error("`{file}` line {line} could not be typeset: {message}")]
    Typeset {
        /// The template, by its name among the embedded ones.
        file: String,
        /// The line in the template, from 1; 0 where it is not known.
        line: usize,
        /// What the typesetter says.
        message: String,
    },
    /// The data for a template could not be written as JSON.
    #[error("the data of the paper could not be handed to its template")]
    Data(#[from] serde_json::Error),
    /// A workbook could not be written.
    #[error("the workbook could not be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A CSV file could not be written.
    #[error("the CSV file could not be written")]
    Csv(#[from] csv::Error),
}
