//! The controls of Annex A, their attributes, and how people write their numbers.

use std::sync::LazyLock;

use crate::annex_a;

/// Declares an enum of names with the list of all and the words to show.
macro_rules! names {
    ($(#[$about:meta])* $name:ident { $($(#[$each:meta])* $variant:ident => $label:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$each])* $variant,)+
        }

        impl $name {
            /// All of them, in the order of ISO/IEC 27002:2022.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The name as shown to people.
            pub const fn name(self) -> &'static str {
                match self {
                    $($name::$variant => $label,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

names! {
    /// The group of Annex A to which a control belongs.
    Theme {
        /// Section 5 of Annex A: 37 controls.
        Organizational => "Organizational",
        /// Section 6 of Annex A: 8 controls.
        People => "People",
        /// Section 7 of Annex A: 14 controls.
        Physical => "Physical",
        /// Section 8 of Annex A: 34 controls.
        Technological => "Technological",
    }
}

names! {
    /// When a control acts, seen from the incident it is about.
    ControlType {
        /// Acts before: it keeps the incident from happening.
        Preventive => "Preventive",
        /// Acts during: it notices the incident.
        Detective => "Detective",
        /// Acts after: it limits or repairs the harm.
        Corrective => "Corrective",
    }
}

names! {
    /// The property of information which a control keeps.
    Property {
        /// Only those who may know it do.
        Confidentiality => "Confidentiality",
        /// It is right and whole.
        Integrity => "Integrity",
        /// It is there when needed.
        Availability => "Availability",
    }
}

names! {
    /// The function of the cybersecurity framework to which a control contributes.
    Concept {
        /// Know what there is and what threatens it.
        Identify => "Identify",
        /// Keep harm away.
        Protect => "Protect",
        /// Notice what went wrong.
        Detect => "Detect",
        /// Act on what was noticed.
        Respond => "Respond",
        /// Return to normal.
        Recover => "Recover",
    }
}

names! {
    /// The practitioner's field of work to which a control belongs.
    Capability {
        /// Direction, duties and oversight.
        Governance => "Governance",
        /// Knowing and caring for what the organization has.
        AssetManagement => "Asset management",
        /// Keeping information from the wrong eyes and hands.
        InformationProtection => "Information protection",
        /// Before, during and after employment.
        HumanResourceSecurity => "Human resource security",
        /// Sites, rooms and equipment.
        PhysicalSecurity => "Physical security",
        /// Systems and the networks between them.
        SystemAndNetworkSecurity => "System and network security",
        /// Software bought and built.
        ApplicationSecurity => "Application security",
        /// Systems set up as decided.
        SecureConfiguration => "Secure configuration",
        /// Who is who, and may do what.
        IdentityAndAccessManagement => "Identity and access management",
        /// Threats watched and weaknesses closed.
        ThreatAndVulnerabilityManagement => "Threat and vulnerability management",
        /// Going on when things fail.
        Continuity => "Continuity",
        /// What others do for the organization.
        SupplierRelationshipsSecurity => "Supplier relationships security",
        /// Law, contracts and the organization's own rules.
        LegalAndCompliance => "Legal and compliance",
        /// Events, incidents and their evidence.
        InformationSecurityEventManagement => "Information security event management",
        /// Looking whether it works.
        InformationSecurityAssurance => "Information security assurance",
    }
}

names! {
    /// The domain of security to which a control belongs.
    Domain {
        /// Governance, risk and relations with others.
        GovernanceAndEcosystem => "Governance and ecosystem",
        /// Architecture, administration, access and upkeep.
        Protection => "Protection",
        /// Detection and the handling of incidents.
        Defense => "Defense",
        /// Continuity and crisis.
        Resilience => "Resilience",
    }
}

/// A control of Annex A of ISO/IEC 27001:2022, explained in our own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control {
    /// Its id, such as `A.5.1`.
    pub id: &'static str,
    /// Its short title.
    pub title: &'static str,
    /// The group to which it belongs.
    pub theme: Theme,
    /// When it acts.
    pub types: &'static [ControlType],
    /// What it keeps.
    pub properties: &'static [Property],
    /// The functions of the cybersecurity framework it serves.
    pub concepts: &'static [Concept],
    /// The fields of work it belongs to.
    pub capabilities: &'static [Capability],
    /// The domains of security it belongs to.
    pub domains: &'static [Domain],
    /// Whether the 2013 edition had nothing like it (11 controls).
    pub new_in_2022: bool,
    /// The controls of 2013 it came from, such as `A.5.1.1`; none if new.
    pub was: &'static [&'static str],
    /// What must be achieved.
    pub asks: &'static str,
    /// What an auditor looks at, samples and asks people.
    pub looked_at: &'static str,
    /// What typically proves it.
    pub evidence: &'static str,
    /// Whether the control itself calls for something documented (7 controls).
    pub documented: bool,
}

/// The 93 controls of Annex A, in its order.
pub fn controls() -> &'static [Control] {
    static CONTROLS: LazyLock<Vec<Control>> = LazyLock::new(|| annex_a::all().copied().collect());
    &CONTROLS
}

/// The control with this number, however it is written: `A.5.1`, `5.1`, `A 5.1`, `A5.1`, `a.5.1`,
/// `A.05.01` or `Annex A 5.1`.
///
/// A number without the letter is also that of a clause: where both can be meant, ask
/// [`requirement`](crate::requirement) or [`clause`](crate::clause) first.
pub fn control(id: &str) -> Option<&'static Control> {
    let (control, rest) = leading(id)?;
    rest.is_empty().then_some(control)
}

/// The control that the cell of a sheet names, with or without its title: `A.5.1`, or `5.1 –
/// Policies for information security`.
///
/// None for a cell that names several controls, and for numbers of the 2013 edition.
pub fn normalize(cell: &str) -> Option<&'static Control> {
    let (control, rest) = leading(cell)?;
    let title = rest.trim_start_matches(|c: char| c.is_whitespace() || "–—-:.)|".contains(c));
    let named =
        title.starts_with(|c: char| c.is_alphabetic() || c == '(') && leading(title).is_none();
    let parted = title.len() < rest.len();
    (rest.is_empty() || title.is_empty() || (parted && named)).then_some(control)
}

/// Reads the number a text begins with; gives the control and what follows.
fn leading(text: &str) -> Option<(&'static Control, &str)> {
    let text = strip_standard(text.trim());
    let text = strip_word(text, "annex").unwrap_or(text);
    let text = match text.strip_prefix(['A', 'a']) {
        Some(rest) => rest.trim_start_matches(['.', ' ', '-', '_', '\u{a0}']),
        None => text,
    };
    let (section, text) = digits(text)?;
    let (number, rest) = digits(text.strip_prefix('.')?)?;
    let longer =
        rest.strip_prefix('.').is_some_and(|more| more.starts_with(|c: char| c.is_ascii_digit()));
    if longer || rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let id = format!("A.{section}.{number}");
    let control = controls().iter().find(|control| control.id == id)?;
    Some((control, rest))
}

/// Without the standard of 2022 that a number is from: `ISO/IEC 27001:2022 A.5.15`.
fn strip_standard(text: &str) -> &str {
    let parts = |c: char| c.is_whitespace() || ":,-–—/".contains(c);
    let name = |c: char| c.is_ascii_alphabetic() || c == '/' || c.is_whitespace();
    let bare = text.trim_start_matches(name);
    let Some(rest) = bare.strip_prefix("27001").or_else(|| bare.strip_prefix("27002")) else {
        return text;
    };
    let rest = rest.strip_prefix(":2022").unwrap_or(rest);
    let control = rest.trim_start_matches(parts);
    if control.len() < rest.len() && !control.starts_with("20") { control } else { text }
}

fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then(|| rest.trim_start())
}

fn digits(text: &str) -> Option<(u8, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (head, rest) = text.split_at(end);
    Some((head.parse().ok()?, rest))
}
