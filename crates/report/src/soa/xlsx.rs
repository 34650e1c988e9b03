use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::check;
use super::columns::{COLUMNS, cover};
use crate::words::say;
use crate::{Error, Soa};

/// The statement as a workbook: a sheet for the cover and one for the rows, with a filter on
/// every column and the heading and the control's reference always in sight.
///
/// # Errors
///
/// [`Error::Counts`] if the figures of the cover do not equal the rows (SOA-15),
/// [`Error::Workbook`] if a sheet cannot hold them.
pub fn soa_xlsx(soa: &Soa) -> Result<Vec<u8>, Error> {
    check(soa)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&soa.title)
            .set_company(&soa.organization)
            .set_creation_datetime(&midnight(soa.day)?),
    );
    write_cover(workbook.add_worksheet(), soa)?;
    write_rows(workbook.add_worksheet(), soa)?;
    Ok(workbook.save_to_buffer()?)
}

const INK: Color = Color::RGB(0x1E2330);
const SOFT: Color = Color::RGB(0x585D69);
const SUNKEN: Color = Color::RGB(0xF5F2EC);
const LINE: Color = Color::RGB(0xE0DCD4);
const BAD: Color = Color::RGB(0xB02A27);

/// The most characters that a cell of a workbook can hold.
const CELL_LIMIT: usize = 32_767;

fn write_cover(sheet: &mut Worksheet, soa: &Soa) -> Result<(), XlsxError> {
    let title = Format::new().set_font_size(18).set_bold().set_font_color(INK);
    let label = Format::new().set_font_color(SOFT).set_align(FormatAlign::Top);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_font_color(INK);
    let figure = Format::new().set_align(FormatAlign::Left).set_bold();
    sheet.set_name(say("Cover"))?;
    sheet.set_column_width(0, 30)?.set_column_width(1, 90)?;
    sheet.write_string_with_format(0, 0, fitting(&soa.title), &title)?;
    let mut line = 2;
    for (name, value) in cover(soa) {
        sheet.write_string_with_format(line, 0, name, &label)?;
        sheet.write_string_with_format(line, 1, fitting(&value), &text)?;
        line += 1;
    }
    line += 1;
    for (name, count) in figures(soa) {
        sheet.write_string_with_format(line, 0, say(name), &label)?;
        sheet.write_number_with_format(line, 1, count, &figure)?;
        line += 1;
    }
    if soa.seeds > 0 {
        let warning = text.clone().set_font_color(BAD).set_bold();
        sheet.write_string_with_format(line, 0, say("Not confirmed"), &label)?;
        sheet.write_string_with_format(
            line,
            1,
            say("Rows marked “Not confirmed” hold seeded or imported text that no named person \
                 has confirmed."),
            &warning,
        )?;
    }
    sheet.set_paper_size(A4).set_landscape();
    Ok(())
}

fn figures(soa: &Soa) -> [(&'static str, u32); 11] {
    let counts = &soa.counts;
    [
        ("Controls", counts.total),
        ("Included", counts.included),
        ("Excluded", counts.excluded),
        ("Not decided", counts.undecided),
        ("Own controls among them", counts.own),
        ("Included and implemented", counts.implemented),
        ("Included and in part", counts.in_part),
        ("Included and planned", counts.planned),
        ("Included and not begun", counts.not_begun),
        ("Included, status not stated", counts.unknown),
        ("Rows not confirmed by a person", soa.seeds),
    ]
}

fn write_rows(sheet: &mut Worksheet, soa: &Soa) -> Result<(), XlsxError> {
    let heading = Format::new()
        .set_bold()
        .set_font_color(INK)
        .set_background_color(SUNKEN)
        .set_border_bottom(FormatBorder::Medium)
        .set_border_bottom_color(SOFT)
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let cell = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_font_color(INK)
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(LINE);
    sheet.set_name(say("Statement"))?;
    for (place, column) in (0u16..).zip(&COLUMNS) {
        sheet.set_column_width(place, column.width)?;
        sheet.write_string_with_format(0, place, say(column.name), &heading)?;
    }
    let mut line = 0;
    for row in &soa.rows {
        line += 1;
        for (place, column) in (0u16..).zip(&COLUMNS) {
            let text = (column.text)(soa, row, "\n");
            match text.parse::<u32>() {
                Ok(count) if column.is_count => {
                    sheet.write_number_with_format(line, place, count, &cell)?
                }
                _ => sheet.write_string_with_format(line, place, fitting(&text), &cell)?,
            };
        }
    }
    let last_column = COLUMNS.len() as u16 - 1;
    sheet.autofilter(0, 0, line, last_column)?;
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_footer("&L&F&R&P / &N");
    Ok(())
}

/// The paper's number in the workbook format.
const A4: u8 = 9;

/// As much of `text` as a cell can hold, which spreadsheets count in UTF-16 units.
fn fitting(text: &str) -> &str {
    if text.len() <= CELL_LIMIT {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units > CELL_LIMIT
    });
    end.map_or(text, |(end, _)| &text[..end])
}

fn midnight(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let (year, month, date) = (day.year(), day.month(), day.day());
    // The format knows no day before 1900.
    let year = u16::try_from(year).unwrap_or(1900).max(1900);
    ExcelDateTime::from_ymd(year, month.unsigned_abs(), date.unsigned_abs())
}
