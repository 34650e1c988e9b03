use super::*;

fn show(text: &str) -> String {
    match scale(text) {
        None => "-".to_owned(),
        Some(Scale { number, of, label, band }) => {
            let number = number.map_or(String::new(), |n| n.to_string());
            let of = of.map_or(String::new(), |n| format!("/{n}"));
            let band = band.map_or(String::new(), |band| format!("{band:?}"));
            format!("{number}{of}|{}|{band}", label.unwrap_or_default())
        }
    }
}

#[test]
fn reads_levels() {
    for (text, expected) in [
        ("4", "4||"),
        (" 4.0 ", "4||"),
        ("4/5", "4/5||"),
        ("4 of 5", "4/5||"),
        ("4 von 5", "4/5||"),
        ("4 - likely", "4|likely|High"),
        ("4 – Wahrscheinlich", "4|Wahrscheinlich|High"),
        ("4: likely", "4|likely|High"),
        ("4 (likely)", "4|likely|High"),
        ("4 likely", "4|likely|High"),
        ("2 - gelb", "2|gelb|"),
        ("Likely (4)", "4|Likely|High"),
        ("Likely (4/5)", "4/5|Likely|High"),
        ("Likely - 4", "4|Likely|High"),
        ("Gelb (2)", "2|Gelb|"),
        ("high", "|high|High"),
        ("HOCH", "|HOCH|High"),
        ("élevé", "|élevé|High"),
        ("Almost certain", "|Almost certain|VeryHigh"),
        ("sehr gering", "|sehr gering|VeryLow"),
        ("20", "20||"),
    ] {
        assert_eq!(show(text), expected, "{text}");
    }
}

#[test]
fn reads_no_level_into_other_texts() {
    for text in [
        "",
        "1-5",
        "n/a",
        "tbd",
        "24h",
        "3 developer laptops",
        "2026-01-15",
        "5/4",
        "1000",
        "Windows 11",
        "R-001",
        "high availability cluster",
        "-",
        "٣",
    ] {
        assert_eq!(show(text), "-", "{text}");
    }
}

#[test]
fn reads_ranges_of_headers() {
    assert_eq!(range("Likelihood (1-5)"), Some((1, 5)));
    assert_eq!(range("1 – 4"), Some((1, 4)));
    assert_eq!(range("0 to 3"), Some((0, 3)));
    for text in ["Likelihood", "5-1", "2025-2026", "A 5.17", "1-5-9", "Phase 1 step 5", "3-5"] {
        assert_eq!(range(text), None, "{text}");
    }
}
