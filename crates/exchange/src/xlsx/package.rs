//! The ZIP container of a workbook, unpacked once with limits.

use std::collections::BTreeMap;
use std::io::{Cursor, Error as IoError, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::{Error, Limits};

/// Parts below this size may be packed as tightly as they like.
const SMALL: usize = 8 << 20;
/// What a reader of cells never looks at; such parts are dropped and never inflated.
const UNREAD: [&str; 12] =
    ["bin", "png", "jpg", "jpeg", "gif", "emf", "wmf", "vml", "tiff", "svg", "bmp", "odttf"];

/// A workbook whose parts are stored and not packed, so that reading it inflates nothing.
pub(super) struct Package {
    pub(super) bytes: Vec<u8>,
    /// Whether any part speaks of merged cells.
    pub(super) merged: bool,
    /// The texts of the parts that say which notes stand in which sheet, by name.
    pub(super) parts: BTreeMap<String, String>,
}

/// Inflates every part once, within `limits`, and packs them again without compression.
pub(super) fn repack(bytes: &[u8], limits: &Limits) -> Result<Package, Error> {
    if bytes.len() > limits.bytes {
        return Err(Error::TooLarge { bytes: bytes.len(), limit: limits.bytes });
    }
    // The directory is read whole into memory, so its entries are counted before.
    let entries = bytes.windows(4).filter(|window| window == b"PK\x01\x02").count();
    if entries > limits.parts {
        return Err(Error::TooManyParts { limit: limits.parts });
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unpack)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() * 4)));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut parts = BTreeMap::new();
    let (mut part, mut total, mut merged, mut workbook) = (Vec::new(), 0, false, false);
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(unpack)?;
        let name = file.name().map_err(unpack)?.into_owned();
        check_name(&name)?;
        if file.is_dir() {
            continue;
        }
        match name.to_ascii_lowercase().as_str() {
            "xl/workbook.xml" | "xl\\workbook.xml" => workbook = true,
            "xl/workbook.bin" => return Err(Error::NotXlsx { what: "it is an XLSB file" }),
            "content.xml" => return Err(Error::NotXlsx { what: "it is an OpenDocument file" }),
            "word/document.xml" => return Err(Error::NotXlsx { what: "it is a Word file" }),
            _ => {}
        }
        if name.rsplit('.').next().is_some_and(|end| UNREAD.contains(&end)) {
            continue;
        }
        let left = limits.inflated.saturating_sub(total);
        let inflates = || Error::Inflates { part: name.clone(), limit: limits.inflated };
        if file.size() > left as u64 {
            return Err(inflates());
        }
        let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
        let dense = packed.saturating_mul(limits.ratio).max(SMALL);
        part.clear();
        let allowed = left.min(dense) as u64;
        file.by_ref().take(allowed + 1).read_to_end(&mut part).map_err(Error::Unpack)?;
        if part.len() as u64 > allowed {
            return Err(inflates());
        }
        total += part.len();
        merged |= std::str::from_utf8(&part).map_or(true, |text| text.contains("mergeCell"));
        if tells_of_notes(&name)
            && let Ok(text) = std::str::from_utf8(&part)
        {
            parts.insert(name.replace('\\', "/"), text.to_owned());
        }
        writer.start_file(name, stored).map_err(unpack)?;
        writer.write_all(&part).map_err(Error::Unpack)?;
    }
    if !workbook {
        return Err(Error::NotXlsx { what: "it has no part `xl/workbook.xml`" });
    }
    let bytes = writer.finish().map_err(unpack)?.into_inner();
    Ok(Package { bytes, merged, parts })
}

/// Whether a part holds notes, or says which sheet they belong to.
fn tells_of_notes(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("xl/workbook.xml")
        || name.ends_with(".rels")
        || name.contains("comments") && !name.contains("threaded")
}

fn check_name(name: &str) -> Result<(), Error> {
    let mut steps = name.split(['/', '\\']);
    let absolute = name.starts_with(['/', '\\']) || name.get(1..2) == Some(":");
    if absolute || name.contains('\0') || steps.any(|step| step == "..") {
        return Err(Error::PartName { name: name.escape_debug().take(200).collect() });
    }
    Ok(())
}

fn unpack(error: zip::result::ZipError) -> Error {
    Error::Unpack(IoError::other(error))
}
