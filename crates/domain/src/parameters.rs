//! The organization's own intervals and limits, with the defaults shown where it set none.

use kinds::organization::Organization;
use meta::Period;

use crate::Isms;

/// One interval or limit that checks and decisions read.
#[derive(Debug)]
pub struct Parameter {
    /// As written in the organization's record.
    pub key: &'static str,
    /// What holds while the organization set nothing.
    pub default: &'static str,
    /// What it decides.
    pub help: &'static str,
}

/// The parameter by which an organization wants a second factor of everybody.
pub const SECOND_FACTOR: &str = "sign_in.second_factor";

/// Every parameter there is.
pub static PARAMETERS: &[Parameter] = &[
    Parameter {
        key: "acceptance.burst.count",
        default: "10",
        help: "So many residual risks accepted by one person, one by one, within the time below \
               are worth a question.",
    },
    Parameter {
        key: "acceptance.burst.within",
        default: "PT5M",
        help: "The time for the count above.",
    },
    Parameter {
        key: "action.effect",
        default: "P6M",
        help: "The effect of a corrective action is judged within this time after it was done.",
    },
    Parameter {
        key: "audit.period",
        default: "P1Y",
        help: "The time before today for which an auditor wants to see proof.",
    },
    Parameter {
        key: "context.review",
        default: "P1Y",
        help: "Issues, interested parties and their requirements are looked at again this often.",
    },
    Parameter {
        key: "evidence.cadence",
        default: "P1Y",
        help: "Proof of a control is renewed this often where the control names no cadence.",
    },
    Parameter {
        key: "four_eyes.publish",
        default: "no",
        help: "Whoever is an author of something, or changed it since its last edition, may not \
               publish it.",
    },
    Parameter {
        key: "policy.communicated",
        default: "P30D",
        help: "A new policy reaches everybody in scope within this time.",
    },
    Parameter {
        key: "record.backdated",
        default: "P30D",
        help: "Something recorded later than this after it happened is shown as recorded late.",
    },
    Parameter {
        key: "risk.assessment",
        default: "P1Y",
        help: "Risks are assessed this often where the method names no interval.",
    },
    Parameter {
        key: "role.vacancy",
        default: "P30D",
        help: "A role may be vacant this long where it names no limit itself.",
    },
    Parameter {
        key: SECOND_FACTOR,
        default: "no",
        help: "Whoever opens these records in a browser has a second factor.",
    },
    Parameter {
        key: "scope.undecided",
        default: "10",
        help: "So many of a hundred records may have an undecided scope before it is a gap.",
    },
    Parameter {
        key: "risk.off_scale",
        default: "10",
        help: "So many of a hundred risks may be rated off the scale before it is systemic.",
    },
];

/// The value of a parameter, and whether the organization set it itself.
pub fn value<'a>(isms: &'a Isms, key: &str) -> (&'a str, bool) {
    let own = isms.all::<Organization>().flat_map(|(_, it)| &it.parameters).find_map(|it| {
        let value = Some(it.value.as_str()).filter(|value| !value.trim().is_empty())?;
        (it.key == key).then_some(value)
    });
    let default = || PARAMETERS.iter().find(|it| it.key == key).map_or("", |it| it.default);
    own.map_or_else(|| (default(), false), |it| (it, true))
}

/// A parameter that is a length of time; the default where the organization's text is none.
pub fn period(isms: &Isms, key: &str) -> Period {
    let default = PARAMETERS.iter().find(|it| it.key == key).map_or("P1Y", |it| it.default);
    let parsed = value(isms, key).0.parse().or_else(|_| default.parse());
    parsed.expect("the default of a period parameter is a period")
}

/// A parameter that is a number; the default where the organization's text is none.
pub fn number(isms: &Isms, key: &str) -> i64 {
    let default = PARAMETERS.iter().find(|it| it.key == key).map_or("0", |it| it.default);
    let parsed = value(isms, key).0.trim().parse().or_else(|_| default.parse());
    parsed.expect("the default of a number parameter is a number")
}

/// A parameter that is yes or no.
pub fn is_set(isms: &Isms, key: &str) -> bool {
    matches!(value(isms, key).0.trim().to_lowercase().as_str(), "yes" | "true" | "ja" | "oui" | "1")
}

/// Whether this names a time zone. The settings of a machine, which lie beside the zones as files, mean
/// another one elsewhere.
pub fn is_time_zone(name: &str) -> bool {
    let of_machine = ["localtime", "posixrules", "factory", "posix/", "right/"];
    let folded = name.to_lowercase();
    !of_machine.iter().any(|it| folded.starts_with(it)) && jiff::tz::TimeZone::get(name).is_ok()
}

/// The organization's time zone; UTC where the name is unknown.
pub fn time_zone(isms: &Isms) -> jiff::tz::TimeZone {
    let named = isms.all::<Organization>().find_map(|(_, it)| it.time_zone.as_deref());
    named.and_then(|it| jiff::tz::TimeZone::get(it).ok()).unwrap_or(jiff::tz::TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_what_they_are_read_as() {
        let isms = Isms::default();
        for it in PARAMETERS {
            let (text, own) = value(&isms, it.key);
            assert_eq!((text, own), (it.default, false));
            if it.default.starts_with('P') {
                assert_eq!(period(&isms, it.key).to_string(), it.default);
            }
            if it.default.parse::<i64>().is_ok() {
                assert_eq!(number(&isms, it.key).to_string(), it.default);
            }
        }
    }
}
