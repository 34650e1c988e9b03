//! `approve`: acts of assent.

use app::fresh_id;
use domain::{
    Step,
    command::{Assent, Subject},
};
use jiff::civil::Date;
use kinds::approval::{Decision, Purpose};
use meta::{Choice, Record};

use crate::{Done, output::Out, place::Place, stop::refused, written};

/// Approves, publishes, accepts, attests or acknowledges; or refuses to.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment approve soa --edition 3.0\n  \
    muniment approve RISK-4 --as \"Levent Aydın\" --purpose accept_residual --until 2027-06-30\n  \
    muniment approve DOC-3 --purpose acknowledge\n\n\
    Purposes: approve, publish (documents, scope, risk method, soa), accept_residual\n\
    and approve_treatment (risks, by their owner), grant_exception (risks above the\n\
    criteria, by whom the method names), review, acknowledge (documents), attest,\n\
    accept_role, sign_minutes.")]
pub struct Approve {
    /// The record, or `soa` for the Statement of Applicability.
    #[arg(value_name = "REF|soa")]
    subject: String,
    /// What for; publishing for what has editions.
    #[arg(long)]
    purpose: Option<String>,
    /// Say no.
    #[arg(long)]
    refuse: bool,
    /// Say yes on this condition.
    #[arg(long, value_name = "TEXT", conflicts_with = "refuse")]
    condition: Option<String>,
    /// Anything to add.
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
    /// The role in which you act, where you hold several.
    #[arg(long, value_name = "ROLE")]
    acting_as: Option<String>,
    /// The last day on which it holds.
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// From when what is published holds; today when absent.
    #[arg(long, value_name = "DATE")]
    effective: Option<Date>,
    /// The edition's own name, such as 2.1.
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
}

impl Approve {
    /// Records the act.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let desk = place.desk()?;
        let is_soa = matches!(
            self.subject.to_lowercase().as_str(),
            "soa" | "statement-of-applicability" | "statement of applicability"
        );
        let record = match is_soa {
            true => None,
            false => Some(desk.record(&[], &self.subject)?),
        };
        let acting_as = match &self.acting_as {
            Some(role) => Some(desk.record(&["role"], role)?.head.id),
            None => None,
        };
        let decision = match (self.refuse, &self.condition) {
            (true, _) => Decision::Refused,
            (false, Some(_)) => Decision::GivenOnCondition,
            (false, None) => Decision::Given,
        };
        let step = Step::Assent(Assent {
            version: record.map(|it| it.head.version),
            decision,
            conditions: self.condition,
            comment: self.comment,
            acting_as,
            good_until: self.until,
            effective_from: self.effective,
            edition: self.edition,
            ..Assent::new(
                fresh_id(),
                purpose(self.purpose.as_deref(), record)?,
                record.map_or(Subject::StatementOfApplicability, |it| Subject::Record(it.head.id)),
            )
        });
        let receipt = desk.execute(None, vec![step])?;
        written::tell(&desk, &receipt, out);
        Ok(Done::Well)
    }
}

/// The purpose that a text means, or what usually is meant for such a record.
fn purpose(text: Option<&str>, record: Option<&Record>) -> anyhow::Result<Purpose> {
    let Some(text) = text else {
        return match record {
            None => Ok(Purpose::Publish),
            Some(it) if it.def().controlled => Ok(Purpose::Publish),
            Some(it) if it.def().id == "risk" => Err(refused(
                "say what you approve of the risk: --purpose approve_treatment for how it is \
                 treated, --purpose accept_residual for what remains, --purpose grant_exception for \
                 what stays above the acceptance criteria, by whom the method names",
            )),
            Some(it) if it.def().id == "role" => Ok(Purpose::AcceptRole),
            Some(it) if it.def().id == "evidence" => Ok(Purpose::Attest),
            Some(_) => Ok(Purpose::Approve),
        };
    };
    let id = text.trim().to_lowercase().replace(['-', ' '], "_");
    Purpose::from_id(&id).ok_or_else(|| {
        let known: Vec<&str> = Purpose::CHOICES.iter().map(|it| it.id).collect();
        refused(format!("`{text}` is not a purpose: it is one of {}", known.join(", ")))
    })
}
