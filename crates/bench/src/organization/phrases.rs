//! Words that the made-up records are written with.

use crate::dice::Dice;

/// What organizations have.
pub(super) const THINGS: &[&str] = &[
    "customer database",
    "laptop",
    "file server",
    "payroll system",
    "mail gateway",
    "firewall",
    "backup store",
    "build server",
    "contract archive",
    "order portal",
    "telephone system",
    "identity provider",
    "test environment",
    "data warehouse",
    "badge reader",
    "branch router",
    "machine controller",
    "ticket system",
    "source repository",
    "printer",
];

/// Where they stand.
pub(super) const PLACES: &[&str] =
    &["Hamburg", "Lyon", "Gdańsk", "Porto", "Tampere", "Graz", "Ghent", "Brno", "Malmö", "Split"];

/// What can happen.
pub(super) const EVENTS: &[&str] = &[
    "Ransomware reaches",
    "A careless colleague opens",
    "A fire destroys",
    "A supplier loses",
    "An attacker guesses the password of",
    "A failed update stops",
    "A thief takes",
    "A former employee still enters",
    "Heavy rain floods the room of",
    "Nobody restores",
];

/// What is done about it.
pub(super) const MEASURES: &[&str] = &[
    "Ask for a second factor",
    "Keep a copy in another building",
    "Review the rights",
    "Encrypt the disks",
    "Train the team",
    "Test the restore",
    "Separate the network",
    "Write down the procedure",
    "Replace the old model",
    "Watch the logs",
];

const SENTENCES: &[&str] = &[
    "The team looks after it from Monday to Friday, and a rota covers the nights.",
    "Its maker mends faults within two weeks, and we install what comes within thirty days.",
    "Two people know how it is set up; what they know is written down in the handbook.",
    "A copy is made every night and taken to the second site once a week.",
    "Who may use it is decided by the head of the unit and looked at twice a year.",
    "It was last changed when the branch in the south moved to the new building.",
    "Customers notice within an hour when it stands still, and call the service desk.",
    "It holds names and addresses of customers and the history of what they ordered.",
    "The contract with the supplier runs for three years and says what happens at its end.",
    "What it costs to be without it for a day was estimated together with the sales team.",
    "Older versions are kept for ninety days and then erased by the storage itself.",
    "The auditor of the parent company looked at it in spring and had no remarks.",
];

/// So many sentences, one after the other.
pub(super) fn text(dice: &mut Dice, sentences: usize) -> String {
    let first = dice.below(SENTENCES.len());
    let some = SENTENCES.iter().cycle().skip(first).take(sentences);
    some.copied().collect::<Vec<_>>().join(" ")
}

/// A day in the year before 22 November 2026.
pub(super) fn past(dice: &mut Dice) -> String {
    let month = 1 + dice.below(10);
    format!("2026-{month:02}-{:02}", 1 + dice.below(28))
}

/// A day in the months around 22 November 2026.
pub(super) fn soon(dice: &mut Dice) -> String {
    let month = dice.below(12);
    let year = if month < 2 { 2026 } else { 2027 };
    let month = if month < 2 { 11 + month } else { month - 1 };
    format!("{year}-{month:02}-{:02}", 1 + dice.below(28))
}
