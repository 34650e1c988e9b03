//! Headers of real registers find the field a person would expect.

use meta::{FieldDef, FieldType};

fn normal(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The path of the field with this header: fields first, then columns of tables.
fn find(kind: &str, header: &str) -> Option<String> {
    let def = kinds::kind(kind).expect("the test names kinds there are");
    let named = |it: &&FieldDef| {
        [it.name, it.label].iter().chain(it.also).any(|name| normal(name) == normal(header))
    };
    if let Some(field) = def.fields.iter().find(named) {
        return Some(field.name.to_owned());
    }
    def.fields.iter().find_map(|field| match field.ty {
        FieldType::Rows(row) => {
            row.fields.iter().find(named).map(|it| format!("{}.{}", field.name, it.name))
        }
        _ => None,
    })
}

/// Checks `Header = field` line by line; `-` is a column that stays an extra.
fn check(kind: &str, table: &str) {
    for line in table.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let (header, field) = line.split_once(" = ").expect("a line is `Header = field`");
        let found = find(kind, header);
        assert_eq!(found.as_deref().unwrap_or("-"), field, "{kind}: `{header}`");
    }
}

#[test]
fn assets() {
    check(
        "asset",
        "Asset Name = title
        Type = asset_type
        Category = asset_type
        Owner = owner
        Custodian = custodian
        Location = site
        Classification = class
        Criticality = -
        Environment = environment
        Description = description
        Bezeichnung = title
        Asset-Eigentümer = owner
        Schutzbedarf Vertraulichkeit = confidentiality
        Verfügbarkeit = availability
        RTO = rto
        Propriétaire = owner
        Confidentialité = confidentiality
        Intitulé = title",
    );
}

#[test]
fn suppliers() {
    check(
        "supplier",
        "Supplier = title
        Service = services
        Category = services.service_kind
        Criticality = criticality
        Data Accessed = services.data_classes
        Location = services.processed_where
        Contract Start = agreements.from
        Contract End = agreements.until
        DPA Signed = agreements.personal_data_settled
        Certifications = certificates
        Last Review = last_reviewed
        Review Result = -
        Next Review = next_review
        Owner = owner
        Lieferant = title
        Kritikalität = criticality
        Vertragsende = agreements.until
        Fournisseur = title",
    );
}

#[test]
fn obligations() {
    check(
        "obligation",
        "Regulation = title
        Article / Section = provision
        Requirement = demand
        Applicability = applies_because
        Obligation Type = obligation_type
        Responsible = owner
        Evidence = evidence
        Status = fulfilment
        Next Review = next_review
        Gesetz = title
        Paragraf = provision
        Umsetzung = how_met
        Nächste Prüfung = next_review
        Exigence = demand",
    );
}

#[test]
fn parties_and_their_requirements() {
    check(
        "requirement",
        "Stakeholder = party
        Need = title
        Derived Requirement = demand
        Source = source
        Priority = -
        Covered By = met_by
        Status = addressed
        Interessierte Partei = party
        Anforderung = title
        Partie intéressée = party",
    );
    check(
        "interested_party",
        "Stakeholder = title
        Category = side
        Interest in ISMS = relevance
        Communication Content = -
        Channel = feedback
        Frequency = cadence
        Owner = owner
        Language = -
        Partie prenante = title",
    );
}

#[test]
fn people_and_roles() {
    check(
        "person",
        "Full Name = title
        E-Mail = email
        Department = unit
        Start Date = joined_on
        Eintrittsdatum = joined_on
        Nom complet = title",
    );
    check(
        "role",
        "Role = title
        Required Competence = competence
        Proficiency Level = competence.level
        Mandatory = competence.mandatory
        Refresh Interval = competence.refresh_after
        Stellvertretung = deputy
        Rôle = title",
    );
}

#[test]
fn context() {
    check(
        "issue",
        "Internal/External = side
        Category = topic
        Auswirkung = effects
        Verantwortlich = owner",
    );
    check("site", "Standort = title\n Address = address\n Effectif = persons");
    check("unit", "Department = title\n Leitung = head\n Übergeordnet = parent");
    check("opportunity", "Chance = title\n Maßnahmen = actions\n Responsable = owner");
}

#[test]
fn registers_are_known_by_their_file_names() {
    for (file, kind) in [
        ("asset-register", "asset"),
        ("supplier-register", "supplier"),
        ("legal-compliance-register", "obligation"),
        ("stakeholder-requirements", "requirement"),
        ("stakeholder-communication", "interested_party"),
        ("competence-matrix", "role"),
        ("raci-matrix", "role"),
    ] {
        let def = kinds::kind(kind).expect("the test names kinds there are");
        assert!(def.also.iter().any(|it| normal(it) == normal(file)), "{file}");
    }
}
