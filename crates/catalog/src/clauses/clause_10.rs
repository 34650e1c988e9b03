//! Clause 10: improvement, nonconformities and corrective action.

use crate::requirement::Requirement;

pub(super) static REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "10.1",
        clause: "10.1",
        title: "The ISMS keeps getting better",
        asks: "Do not stand still: from year to year the ISMS fits the organization better, \
            leaves less uncovered and works better.",
        looked_at: "Examples of something better today than a year ago that did not begin with a \
            finding.",
        evidence: "Improvement log with source, benefit and result; measures that moved for the \
            better.",
        documented: None,
    },
    Requirement {
        id: "10.2",
        clause: "10.2",
        title: "Response in proportion",
        asks: "Measure the corrective action by the weight of the nonconformity's effects.",
        looked_at: "Heavy machinery against trifles, and a one-line fix for what could have cost \
            a customer.",
        evidence: "Rating of each nonconformity by its effect, and the action chosen in view of \
            it.",
        documented: None,
    },
    Requirement {
        id: "10.2.a.1",
        clause: "10.2",
        title: "Bring it under control and put it right",
        asks: "When something does not conform, react: contain it and correct it.",
        looked_at: "Time from discovery to containment, and whether the correction is told apart \
            from action on the cause.",
        evidence: "Record of immediate measures with date and person.",
        documented: None,
    },
    Requirement {
        id: "10.2.a.2",
        clause: "10.2",
        title: "Deal with what it caused",
        asks: "When something does not conform, clean up after it: repair the harm and tell those \
            affected.",
        looked_at: "Who was affected, whether customers or authorities had to be told, and \
            whether wrong results were recalled.",
        evidence: "Note of effects and what was done about each; notices sent.",
        documented: None,
    },
    Requirement {
        id: "10.2.b.1",
        clause: "10.2",
        title: "Review the nonconformity",
        asks: "Look closely at the nonconformity to decide whether its causes must be removed.",
        looked_at: "Whether facts, extent and the requirement broken are stated so that an \
            outsider understands them.",
        evidence: "Description with the criterion, the facts and the extent found.",
        documented: None,
    },
    Requirement {
        id: "10.2.b.2",
        clause: "10.2",
        title: "Find its causes",
        asks: "Determine why the nonconformity came about.",
        looked_at: "Causes that merely repeat the symptom or end at “human error”; asking why \
            once more usually shows it.",
        evidence: "Cause analysis, such as five whys or a fishbone, with the facts that back it.",
        documented: None,
    },
    Requirement {
        id: "10.2.b.3",
        clause: "10.2",
        title: "Look for others like it",
        asks: "Find out whether the same thing exists elsewhere or could happen there.",
        looked_at: "Which other sites, systems or teams were searched, and what was found in them.",
        evidence: "Note of the search: where, how, by whom, result.",
        documented: None,
    },
    Requirement {
        id: "10.2.c",
        clause: "10.2",
        title: "Act on the cause",
        asks: "See the action against the cause through to its end.",
        looked_at: "Action against cause: would it have prevented this case? Overdue ones without \
            a decision are listed.",
        evidence: "Corrective action with owner, date and proof of completion.",
        documented: None,
    },
    Requirement {
        id: "10.2.d",
        clause: "10.2",
        title: "Look whether it worked",
        asks: "Come back later and see whether the trouble is gone for good.",
        looked_at: "How much time and how many further cases passed before success was declared, \
            and by whom; a repeat of the same finding answers the question.",
        evidence: "Effectiveness review with date, criterion, sample and verdict.",
        documented: None,
    },
    Requirement {
        id: "10.2.e",
        clause: "10.2",
        title: "Change the ISMS if called for",
        asks: "Where the cause lies in the ISMS, alter the ISMS.",
        looked_at: "Whether risk register, procedures, training or the Statement of Applicability \
            were touched when the cause lay there.",
        evidence: "Changed document or risk entry that refers to the nonconformity, or the note \
            that no change was needed.",
        documented: None,
    },
    Requirement {
        id: "10.2.f",
        clause: "10.2",
        title: "What happened is on record",
        asks: "Keep on file what went wrong each time and how it was answered.",
        looked_at: "Records sampled from every source: audits, incidents, complaints, own checks; \
            a log fed by audits alone is thin.",
        evidence: "Nonconformity log with source, facts and actions.",
        documented: Some("Nature of nonconformities and actions taken"),
    },
    Requirement {
        id: "10.2.g",
        clause: "10.2",
        title: "What came of it is on record",
        asks: "Keep on file what each corrective action achieved.",
        looked_at: "Closed cases picked at random, to see what stands behind the word “closed”.",
        evidence: "Results and proof of effect filed with each corrective action.",
        documented: Some("Results of corrective actions"),
    },
];
