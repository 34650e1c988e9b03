//! From the bytes of a text file to its characters.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::Error;

/// Decodes by byte order mark, else as UTF-8, else as Windows-1252, and names the encoding.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str), Error> {
    if let Some(what) = foreign(bytes) {
        return Err(Error::NotText { what });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        // A file that claims UTF-8 and is not would show replacement characters.
        if encoding != UTF_8 || std::str::from_utf8(&bytes[mark..]).is_ok() {
            return Ok((text, encoding.name()));
        }
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(&bytes[mark..]);
        return Ok((text, WINDOWS_1252.name()));
    }
    if is_binary(bytes) {
        let what = "it is binary, or UTF-16 without a byte order mark";
        return Err(Error::NotText { what });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((Cow::Borrowed(text), UTF_8.name()));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok((text, WINDOWS_1252.name()))
}

fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "it is a ZIP file or a workbook"),
        (b"\xd0\xcf\x11\xe0", "it is an old Excel file (XLS) or a workbook with a password"),
        (b"%PDF-", "it is a PDF"),
        (b"\x89PNG", "it is a picture"),
        (b"\xff\xd8\xff", "it is a picture"),
    ];
    kinds.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

/// Whether a tenth of the first bytes are zero, as in no text with one byte for a letter.
fn is_binary(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let zeros = start.iter().filter(|&&byte| byte == 0).count();
    start.len() >= 16 && zeros * 10 > start.len()
}
