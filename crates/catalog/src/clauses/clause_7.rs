//! Clause 7: resources, competence, awareness, communication and documented information.

use crate::requirement::Requirement;

pub(super) static REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "7.1",
        clause: "7.1",
        title: "Resources are determined and provided",
        asks: "Determine what setting up, running and improving the ISMS takes, in people, \
            skills, money, tools and time, and provide it.",
        looked_at: "Vacant security positions, backlogs, findings that return because nobody has \
            time; and the decision that followed when more was asked for.",
        evidence: "Resource plan or budget for the ISMS; staffing decisions; review minutes on \
            resources.",
        documented: None,
    },
    Requirement {
        id: "7.2.a",
        clause: "7.2",
        title: "Needed competence is known",
        asks: "Determine what those must be able to do whose work affects security.",
        looked_at: "Whether criteria exist for key roles, such as administrators, developers, \
            risk owners and internal auditors, and are specific enough to be missed.",
        evidence: "Competence profile per role; job descriptions with the skills asked for.",
        documented: None,
    },
    Requirement {
        id: "7.2.b",
        clause: "7.2",
        title: "People are competent",
        asks: "See to it that these people are able to do their work, by education, training or \
            experience.",
        looked_at: "A few role holders are compared with the profile of their role, the internal \
            auditor always among them; having attended a course does not by itself prove \
            ability.",
        evidence: "Skills matrix of holders against profiles; assessments by the line manager; \
            results of tests.",
        documented: None,
    },
    Requirement {
        id: "7.2.c",
        clause: "7.2",
        title: "Gaps are closed, and it is checked whether that worked",
        asks: "Where ability is lacking, do something about it and judge whether it helped.",
        looked_at: "A known gap is followed: training, mentoring or a new hire, and what showed \
            afterward that the gap had gone.",
        evidence: "Training plan drawn from gaps; evaluation some weeks after each measure.",
        documented: None,
    },
    Requirement {
        id: "7.2.d",
        clause: "7.2",
        title: "Proof of competence is kept",
        asks: "Keep papers that show the competence of those concerned, so that it need not be \
            taken on trust.",
        looked_at: "Certificates and records of the persons sampled: that they exist, are still \
            valid and cover what the role calls for.",
        evidence: "Diplomas, certificates, references, training records and appraisals, filed by \
            person.",
        documented: Some("Evidence of competence"),
    },
    Requirement {
        id: "7.3.a",
        clause: "7.3",
        title: "People know the policy",
        asks: "Those who work for the organization, contractors included, know that there is a \
            security policy and what it wants.",
        looked_at: "People met along the way, receptionist, developer, cleaner, are asked what \
            the policy means for them.",
        evidence: "Awareness training content and attendance; policy acknowledgements, those of \
            temporary staff too.",
        documented: None,
    },
    Requirement {
        id: "7.3.b",
        clause: "7.3",
        title: "People know what they contribute",
        asks: "Those who work for the organization know how their own part helps the ISMS and \
            what better security brings.",
        looked_at: "“What do you do for security in your job?” and “What would you do with a \
            strange e-mail?”, asked at the desk.",
        evidence: "Role-based training material; phishing exercise results; interview notes of \
            internal audits.",
        documented: None,
    },
    Requirement {
        id: "7.3.c",
        clause: "7.3",
        title: "People know what follows from not conforming",
        asks: "Those who work for the organization know what it means if they do not keep to the \
            rules, for the organization and for themselves.",
        looked_at: "Whether staff can name a consequence, for example for customers, and know \
            that there is a disciplinary process.",
        evidence: "Training chapter on consequences; cases told from own incidents; signed terms \
            that refer to them.",
        documented: None,
    },
    Requirement {
        id: "7.4.a",
        clause: "7.4",
        title: "Topics",
        asks: "Know which security matters have to be told, inside the organization and outside \
            it.",
        looked_at: "Whether the list goes beyond newsletters: incidents, changes of rules, breach \
            notices, answers to customers' questionnaires.",
        evidence: "Communication plan with topics for inside and outside.",
        documented: None,
    },
    Requirement {
        id: "7.4.b",
        clause: "7.4",
        title: "Moments",
        asks: "Know at which moment or rhythm each of those matters is communicated.",
        looked_at: "Legal and contractual deadlines for notices are compared with the plan, then \
            with a real case.",
        evidence: "Timing column of the communication plan; dated messages that kept to it.",
        documented: None,
    },
    Requirement {
        id: "7.4.c",
        clause: "7.4",
        title: "Recipients",
        asks: "Know who is to be addressed in each case.",
        looked_at: "Whether authorities, customers, suppliers, the insurer and the press are each \
            named with a contact that works today; one is tried.",
        evidence: "Recipients and contact list by topic, with the date when it was last tried.",
        documented: None,
    },
    Requirement {
        id: "7.4.d",
        clause: "7.4",
        title: "Ways and spokespersons",
        asks: "Know by which means and through whom each message goes out.",
        looked_at: "What happens if e-mail itself is down, who may speak for the organization, \
            and who signs off a breach notice.",
        evidence: "Channels, spokespersons and templates for messages; approval path for \
            statements to outsiders.",
        documented: None,
    },
    Requirement {
        id: "7.5.1.a",
        clause: "7.5.1",
        title: "What the standard wants in writing",
        asks: "The ISMS holds all documents and records which the standard expressly asks for.",
        looked_at: "The list of mandatory items is gone through one by one; a missing one weighs \
            heavily.",
        evidence: "Document register in which each mandatory item is marked and found.",
        documented: None,
    },
    Requirement {
        id: "7.5.1.b",
        clause: "7.5.1",
        title: "What the organization itself needs in writing",
        asks: "The ISMS holds those further documents and records which the organization found it \
            needs to work well.",
        looked_at: "Procedures mentioned in other documents or in conversation that do not exist, \
            and knowledge that sits in one head.",
        evidence: "Own list of required documents with reason and owner; procedures where the \
            work needs them.",
        documented: Some("Documented information the organization found necessary"),
    },
    Requirement {
        id: "7.5.2.a",
        clause: "7.5.2",
        title: "Documents can be told apart",
        asks: "Each document says on its face what it is, which version, of when and by whom.",
        looked_at: "Documents picked from shared drives must say what they are, whose they are \
            and which version this is.",
        evidence: "Document header or metadata; numbering rule; register with unique references.",
        documented: None,
    },
    Requirement {
        id: "7.5.2.b",
        clause: "7.5.2",
        title: "Form and medium suit their use",
        asks: "Pick wording, layout, file type, and paper or screen, so that those who need a \
            document can use it.",
        looked_at: "Whether the night shift, the foreign site or the person without an account \
            can read the instruction meant for them.",
        evidence: "Templates and format rules; translations; printed emergency plans.",
        documented: None,
    },
    Requirement {
        id: "7.5.2.c",
        clause: "7.5.2",
        title: "Reviewed and approved",
        asks: "Before a document counts, somebody entitled to do so has read it, found that it \
            serves, and approved it.",
        looked_at: "Approval dated before use, by somebody entitled to give it; documents in use \
            whose review date has passed.",
        evidence: "Approval records per version; matrix of who approves what; review dates in the \
            register.",
        documented: None,
    },
    Requirement {
        id: "7.5.3.a",
        clause: "7.5.3",
        title: "There when needed, fit for use",
        asks: "Whoever needs a document at work has it there in time, in a state that serves.",
        looked_at: "At a workplace, the auditor asks for the instruction that applies and watches \
            how long it takes and which version appears.",
        evidence: "Document system with working search and links; emergency documents that can be \
            reached offline.",
        documented: None,
    },
    Requirement {
        id: "7.5.3.b",
        clause: "7.5.3",
        title: "Protected",
        asks: "Protect documents against leaking, misuse and unwanted change.",
        looked_at: "Access to sensitive papers, such as audit reports, risk registers and network \
            plans, and whether approved texts can be altered unseen.",
        evidence: "Classification and access rights of folders; checksums or version locks on \
            approved editions.",
        documented: None,
    },
    Requirement {
        id: "7.5.3.c",
        clause: "7.5.3",
        title: "Given out, found and used",
        asks: "Decide who is handed a document, who may open it, how it is found again and what \
            may be done with it.",
        looked_at: "Who can see which register, how external auditors or customers get copies, \
            and whether printed copies are outdated.",
        evidence: "Access groups for documents; distribution lists; record of copies given to \
            outsiders.",
        documented: None,
    },
    Requirement {
        id: "7.5.3.d",
        clause: "7.5.3",
        title: "Stored and kept readable",
        asks: "Keep documents where they survive, and see that they can still be read.",
        looked_at: "A record of some years ago is asked for, to see it opened and read with the \
            means of today.",
        evidence: "Storage locations with backup; format rule for long-lived records; restored \
            sample.",
        documented: None,
    },
    Requirement {
        id: "7.5.3.e",
        clause: "7.5.3",
        title: "Changes are controlled",
        asks: "Let no document change unnoticed: it is known what changed, when, by whom and why.",
        looked_at: "Two live versions of one document, changes without approval, and version \
            numbers that mean nothing.",
        evidence: "Version history with reasons; comparison of two editions; withdrawn versions \
            marked as such.",
        documented: None,
    },
    Requirement {
        id: "7.5.3.f",
        clause: "7.5.3",
        title: "Kept long enough, then disposed of",
        asks: "Decide how long documents and records stay, and see them destroyed or archived \
            afterward.",
        looked_at: "Retention periods set against law and contract, and proof that what was due \
            for disposal is gone.",
        evidence: "Retention schedule; disposal log; automatic deletion settings.",
        documented: None,
    },
    Requirement {
        id: "7.5.3.external",
        clause: "7.5.3",
        title: "Documents from outside",
        asks: "Identify documents from outside which the ISMS relies on, such as laws, standards, \
            contracts and manuals, and keep them under control.",
        looked_at: "Whether editions of standards and customers' security annexes in use are the \
            current ones, and who would notice a new one.",
        evidence: "List of external documents with source, edition, owner and date of last check.",
        documented: Some("Documents of external origin needed for the ISMS"),
    },
];
