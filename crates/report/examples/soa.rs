//! Writes a made-up Statement of Applicability to the file named first, so that its look can be
//! judged: `cargo run -p report --example soa -- soa.pdf [draft|long|ROWS]`.

#[path = "../tests/soa/sample.rs"]
mod sample;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("name the file to write")?;
    let soa = match arguments.next().as_deref() {
        None => sample::approved(),
        Some("draft") => sample::working_copy(97),
        Some("long") => {
            let mut soa = sample::working_copy(12);
            soa.rows[2].how = "Ein sehr langer Absatz über Maßnahmen. ".repeat(120);
            soa.rows[3].title = "Informationssicherheitsbeauftragtenbestellungsurkunde".repeat(2);
            soa.rows[3].how =
                "https://example.org/eine/sehr/lange/adresse/ohne-ende.html".repeat(2);
            soa.scope = Some("Alle Standorte und alle Dienste.\n".repeat(30));
            soa
        }
        Some(rows) => sample::working_copy(rows.parse()?),
    };
    let bytes = match path.rsplit('.').next() {
        Some("xlsx") => report::soa_xlsx(&soa)?,
        Some("csv") => report::soa_csv(&soa)?,
        _ => report::soa_pdf(&soa)?,
    };
    std::fs::write(path, bytes)?;
    Ok(())
}
