//! Statements made up for the tests and for looking at the paper.

use domain::soa::{Applicability, Counts, Driver, Edition, Held, Implementation, Soa, SoaRow};
use jiff::civil::{Date, date};

/// Edition 3 of an organization with the 93 references of Annex A and four of its own.
pub fn approved() -> Soa {
    let mut soa = working_copy(97);
    for row in &mut soa.rows {
        row.seed = false;
        if row.applicability == Applicability::Undecided {
            row.applicability = Applicability::Excluded;
        }
    }
    soa.seeds = 0;
    soa.counts = Counts::of(&soa.rows);
    soa.edition = Some(Edition { number: "3".to_owned(), in_force_from: Some(date(2026, 9, 2)) });
    soa.approver = Some("Frédérique Müller-Weiß, chief executive".to_owned());
    soa.approved_on = Some(date(2026, 8, 31));
    soa
}

/// A working copy of `rows` rows, with every state and every gap in it.
pub fn working_copy(rows: usize) -> Soa {
    let rows: Vec<SoaRow> = (0..rows).map(row).collect();
    Soa {
        organization: "Bergmann & Söhne Präzisionstechnik AG, Zürich".to_owned(),
        title: "Statement of Applicability".to_owned(),
        edition: None,
        position: 12_842,
        day: TODAY,
        scope: Some(
            "Development, operation and support of the hosted measuring service “Präzis”, with \
             the teams that do it in Zürich and Görlitz and from home. The factory in Aarau and \
             its machine network are outside; the interface is the order gateway."
                .to_owned(),
        ),
        scope_edition: Some("SCOPE-1, edition 2 of 14 May 2026".to_owned()),
        approver: None,
        approved_on: None,
        seeds: rows.iter().filter(|row| row.seed).count() as u32,
        counts: Counts::of(&rows),
        rows,
        root: Some("q5V0mJ3o8Yt9m0m3l2JxQmS0b1Zr7dYH0k2cXo5rT1E=".to_owned()),
    }
}

const TODAY: Date = date(2026, 11, 22);

const THEMES: [(&str, usize); 4] =
    [("Organizational", 37), ("People", 8), ("Physical", 14), ("Technological", 34)];

const TITLES: [&str; 8] = [
    "Threat intelligence",
    "Information security for use of cloud services",
    "Policies",
    "Configuration management",
    "Contact with special interest groups",
    "Secure coding",
    "Independent review of information security",
    "Backup",
];

const HOWS: [&str; 6] = [
    "Two feeds are read each Monday by the platform team; what touches us becomes a task the same \
     day. The yearly review looks at whether the feeds still fit what we run.",
    "Every cloud service has an owner, a purpose and an exit plan in the register.\nNew services \
     pass the checklist of the purchasing process.",
    "",
    "Baselines are code in the repository “infra”; drift is reported nightly.",
    "Verantwortlich ist der Informationssicherheitsbeauftragte; Einzelheiten regelt die \
     Richtlinie über Zugänge für Fremdfirmen.",
    "Reviewed by a second person before merge; a static analysis blocks known faults.",
];

const JUSTIFICATIONS: [&str; 5] = [
    "Two of our three largest customers ask for it in their contracts, and the assessment of \
     spring showed how long an unnoticed intruder could stay.",
    "GDPR Art. 32 and our own promise to customers.",
    "",
    "Treats the loss of a build server, which would stop deliveries for a week.",
    "Decided by the management as a baseline for all sites.",
];

fn row(place: usize) -> SoaRow {
    let (reference, theme) = place_of(place);
    let own = theme.is_none();
    let applicability = match place % 13 {
        5 => Applicability::Excluded,
        11 if place > 20 => Applicability::Undecided,
        _ => Applicability::Included,
    };
    let included = applicability == Applicability::Included;
    let implementation = match place % 7 {
        _ if !included => Implementation::Unknown,
        0 | 1 | 4 => Implementation::Implemented,
        2 => Implementation::InPart,
        3 => Implementation::Planned,
        5 => Implementation::NotBegun,
        _ if place.is_multiple_of(3) => Implementation::Unknown,
        _ => Implementation::Implemented,
    };
    let proofs = if included { place % 4 } else { 0 };
    SoaRow {
        title: TITLES[place % TITLES.len()].to_owned(),
        theme: theme.unwrap_or("Own").to_owned(),
        own,
        applicability,
        reasons: if included { reasons(place) } else { Vec::new() },
        justification: if included { pick(&JUSTIFICATIONS, place) } else { String::new() },
        exclusion: match applicability {
            Applicability::Excluded if place % 2 == 1 => {
                "No premises of our own: co-working only, and the operator monitors (agreement \
                 of 3 March)."
                    .to_owned()
            }
            _ => String::new(),
        },
        implementation,
        how: if included { pick(&HOWS, place) } else { String::new() },
        owner: ["Head of IT", "Platform lead", "", "Informationssicherheitsbeauftragte", "CISO"]
            [place % 5]
            .to_owned(),
        drivers: if included { drivers(place) } else { Vec::new() },
        evidence: (0..proofs.min(2)).map(|nth| held(place, nth)).collect(),
        proof_wanted: proofs as u32,
        documents: if place % 6 == 1 {
            vec!["DOC-7 Policy on the use of cloud services, edition 4".to_owned()]
        } else {
            Vec::new()
        },
        seed: place % 9 == 4,
        reference,
    }
}

fn pick(texts: &[&str], place: usize) -> String {
    texts[place % texts.len()].to_owned()
}

fn place_of(place: usize) -> (String, Option<&'static str>) {
    let mut nth = place;
    for (clause, (theme, size)) in (5..).zip(THEMES) {
        if nth < size {
            return (format!("A.{clause}.{}", nth + 1), Some(theme));
        }
        nth -= size;
    }
    (format!("OWN-{}", nth + 1), None)
}

fn reasons(place: usize) -> Vec<String> {
    let all = ["risk", "contract", "law", "interested party", "own decision"];
    all.iter().skip(place % 5).take(1 + place % 2).map(|&reason| reason.to_owned()).collect()
}

fn drivers(place: usize) -> Vec<Driver> {
    let risks = [
        "Customer data read by an intruder through a stolen session",
        "Build server lost",
        "Ransomware in the office network of Görlitz",
    ];
    (0..place % 4)
        .map(|nth| match nth {
            1 => Driver {
                kind: "obligation".to_owned(),
                number: format!("OBL-{}", place % 19 + 1),
                title: "GDPR Art. 32, security of processing".to_owned(),
            },
            _ => Driver {
                kind: "risk".to_owned(),
                number: format!("RISK-{}", (place * 7 + nth) % 31 + 1),
                title: risks[(place + nth) % risks.len()].to_owned(),
            },
        })
        .collect()
}

fn held(place: usize, nth: usize) -> Held {
    Held {
        number: format!("EVD-{}", 100 + place * 2 + nth),
        title: ["Restore test of the customer database", "Export of the access review"][nth % 2]
            .to_owned(),
        day: date(2026, 10, 1 + (place % 28) as i8),
        until: match (place + nth) % 3 {
            0 => None,
            1 => Some(date(2027, 4, 1)),
            _ => Some(date(2026, 11, 1)),
        },
    }
}
