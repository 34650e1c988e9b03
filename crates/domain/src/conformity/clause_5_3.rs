//! Clause 5.3: who is responsible for what.

use kinds::{
    approval::{Approval, Purpose},
    person::Person,
    role::{Carries, Lifecycle, Role},
};
use meta::{Id, Record};

use crate::{
    conformity::{
        AuditStage, Basis, Case, Chain, Grade, Outcome, Rule, answers, due, outcome::Each,
    },
    holder, parameters,
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "5.3-01",
        clause: "5.3.a",
        title: "Somebody sees to it that the ISMS conforms",
        explanation: "Top management must assign this duty. A role that carries it counts while \
                      an active person holds it. A vacant role is a minor gap, no role with the \
                      duty a major one.",
        mend: "Give the duty to a role (`carries: conformity`) and name in `held_by` who holds \
               it.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Major,
        stages: &[AuditStage::One],
        reads: &["role", "person"],
        judge: Some(conformity),
        waits_for: "",
    },
    Rule {
        id: "5.3-02",
        clause: "5.3.b",
        title: "Somebody reports to top management how the ISMS performs",
        explanation: "The second duty that top management must assign. A role that carries it \
                      counts while an active person holds it.",
        mend: "Give the duty to a role (`carries: reports_performance`) and name in `held_by` who \
               holds it.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["role", "person"],
        judge: Some(reporting),
        waits_for: "",
    },
    Rule {
        id: "5.3-03",
        clause: "5.3",
        title: "Every role has responsibilities and authorities",
        explanation: "Naming a role is not enough: what it answers for and what it may decide are \
                      both asked. A role that is still planned leaves the answer open.",
        mend: "Edit the role and fill in `responsibilities` and `authorities`.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::One],
        reads: &["role"],
        judge: Some(described),
        waits_for: "",
    },
    Rule {
        id: "5.3-04",
        clause: "5.3",
        title: "Roles are held by people who are here",
        explanation: "A role held by somebody who left, or by nobody for longer than its own limit \
                      (else your parameter `role.vacancy`), means that nobody does the work. \
                      Planned roles are not looked at.",
        mend: "Edit the role's `held_by`: end the row of who left and add who took over.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two, AuditStage::Surveillance],
        reads: &["role", "person", "organization"],
        judge: Some(held),
        waits_for: "",
    },
    Rule {
        id: "5.3-05",
        clause: "5.3",
        title: "Holders were told of their roles",
        explanation: "Responsibilities must be communicated; that the holder accepts them is not \
                      asked. A day on which they were told counts, and so does any acceptance of \
                      the role.",
        mend: "Edit the role's `held_by` and enter `told_on`, or let the holder accept the role.",
        basis: Basis::Shall,
        isolated: Grade::Minor,
        systemic: Grade::Minor,
        stages: &[AuditStage::Two],
        reads: &["role", "person", "approval"],
        judge: Some(told),
        waits_for: "",
    },
];

fn conformity(chain: &Chain<'_>) -> Outcome {
    duty(chain, Carries::Conformity, "no role carries the duty to make the ISMS conform")
}

fn reporting(chain: &Chain<'_>) -> Outcome {
    let none = "no role carries the duty to report performance to top management";
    let mut outcome = duty(chain, Carries::ReportsPerformance, none);
    outcome.grade = outcome.grade.map(|_| Grade::Minor);
    outcome
}

fn duty(chain: &Chain<'_>, duty: Carries, none: &'static str) -> Outcome {
    let (mut passes, mut vacant, mut planned) = (Vec::new(), Vec::new(), Vec::new());
    for (record, role) in chain.own::<Role>().filter(|(_, it)| it.carries(duty)) {
        let mut holders = holder::holders(chain.view, role).into_iter();
        match (holders.all(|it| gone(chain, it).is_some()), is_active(record)) {
            (false, true) => passes.push(record.head.id),
            (true, true) => vacant.push(Case::on(record, "nobody holds it today")),
            (_, false) => planned.push(Case::on(record, "only planned yet")),
        }
    }
    match (passes.is_empty(), vacant.is_empty(), planned.is_empty()) {
        (false, _, _) => Outcome::pass("an active person has the duty", passes),
        (true, false, _) => {
            Outcome::fail(Grade::Minor, "nobody holds the role with the duty", vacant)
        }
        (true, true, false) => {
            Outcome::unknown("the role with the duty is only planned").with_unknowns(planned)
        }
        (true, true, true) => Outcome::fail(Grade::Major, none, vec![Case::absent(none)]),
    }
}

fn described(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, role) in chain.own::<Role>() {
        let lacks = match (
            answers::says(role.responsibilities.as_ref()),
            answers::says(role.authorities.as_ref()),
        ) {
            (true, true) => {
                each.pass(record);
                continue;
            }
            (false, true) => "no responsibilities",
            (true, false) => "no authorities",
            (false, false) => "neither responsibilities nor authorities",
        };
        match is_active(record) {
            true => each.fail(record, lacks),
            false => each.unknown(record, lacks),
        }
    }
    each.outcome(Grade::Minor, "roles", no_role)
}

fn held(chain: &Chain<'_>) -> Outcome {
    let day = chain.view.day;
    let limit = parameters::period(chain.view.isms, "role.vacancy");
    let mut each = Each::new();
    for (record, role) in chain.own::<Role>().filter(|(it, _)| is_active(it)) {
        if let Some(note) = holding(chain, role).find_map(|it| gone(chain, it)) {
            each.fail(record, note);
            continue;
        }
        if role.holders_on(day).next().is_some() {
            each.pass(record);
            continue;
        }
        let limit = role.vacancy_limit.unwrap_or(limit);
        let since = role.vacant_since(day).or_else(|| due::recorded(chain, record.head.created));
        match since {
            Some(since) if limit.after(since) < day => {
                each.fail(record, format!("vacant since {since}"));
            }
            _ => each.unknown(record, "vacant, within the limit"),
        }
    }
    each.outcome(Grade::Minor, "active roles", no_role)
}

fn told(chain: &Chain<'_>) -> Outcome {
    let mut each = Each::new();
    for (record, role) in chain.own::<Role>().filter(|(it, _)| is_active(it)) {
        let mut any = false;
        let untold = role.holdings_on(chain.view.day).find_map(|it| {
            let person = it.person?.id();
            any = true;
            let told = it.told_on.is_some()
                || it.accepted_on.is_some()
                || has_accepted(chain, record.head.id, person);
            (!told).then_some(person)
        });
        let name = |id: Id| chain.view.isms.get(id).map_or("", Record::title);
        match untold {
            Some(person) => {
                each.fail(record, format!("no word that {} was told", name(person)));
            }
            None if any => each.pass(record),
            None => {}
        }
    }
    each.outcome(Grade::Minor, "held roles", || Outcome::unknown("nobody holds a role yet"))
}

/// The persons who hold a role on the day, by its table.
fn holding<'a>(chain: &Chain<'a>, role: &'a Role) -> impl Iterator<Item = Id> + use<'a> {
    role.holders_on(chain.view.day).map(|it| it.id())
}

/// Why a person cannot hold a role any more.
fn gone(chain: &Chain<'_>, person: Id) -> Option<String> {
    let record = chain.view.isms.get(person)?;
    let body = record.typed::<Person>()?;
    let left = body.left_on.filter(|it| *it < chain.view.day);
    match (left, holder::is_active(record)) {
        (Some(left), _) => Some(format!("{} left on {left}", record.title())),
        (None, false) => Some(format!("{} is not active", record.title())),
        (None, true) => None,
    }
}

fn has_accepted(chain: &Chain<'_>, role: Id, person: Id) -> bool {
    let mut approvals = chain.view.isms.sources::<Approval>(role);
    approvals.any(|(record, it)| {
        record.stage().id == "given"
            && it.purpose == Some(Purpose::AcceptRole)
            && it.subject.is_some_and(|it| it.id() == role)
            && it.by.is_some_and(|it| it.id() == person)
    })
}

fn is_active(record: &Record) -> bool {
    record.head.stage == Lifecycle::Active as u8
}

fn no_role() -> Outcome {
    Outcome::unknown("there is no role to look at")
}

#[cfg(test)]
mod tests;
