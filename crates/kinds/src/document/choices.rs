//! The options of a document.

use meta::Choice;

/// What sort of document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum DocumentType {
    /// The information security policy: what top management wants.
    #[choice(also = "information security policy; leitlinie; sicherheitsleitlinie; politique; \
        politique de sécurité; pssi")]
    Policy,
    /// Rules about one topic, for example access or backups.
    #[choice(also = "topic-specific policy; specific policy; guideline; standard; richtlinie; \
        themenrichtlinie; politique thématique; directive")]
    TopicPolicy,
    /// How something is done, step by step and by whom.
    #[choice(also = "process; sop; proc; verfahren; verfahrensanweisung; prozessbeschreibung; \
        procédure; processus")]
    Procedure,
    /// How one task is done.
    #[choice(also = "work instruction; manual; runbook; arbeitsanweisung; anleitung; handbuch; \
        instruction de travail; mode opératoire; manuel")]
    Instruction,
    /// What will be done, or what is done when something happens.
    #[choice(also = "concept; notfallplan; konzept; plan d'action; programme")]
    Plan,
    /// Something to fill in.
    #[choice(also = "template; checklist; formular; vorlage; checkliste; formulaire; modèle")]
    Form,
    /// Something that shows what was done.
    #[choice(
        also = "register; log; report; protocol; aufzeichnung; nachweis; protokoll; bericht; \
        enregistrement; registre; rapport; compte rendu"
    )]
    Record,
    /// Something from outside that you need, for example a standard or a manual.
    #[choice(also = "external document; law; extern; externes dokument; document externe; externe")]
    External,
}

/// Whether people outside may have a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Outsiders {
    /// It is there for everybody.
    #[choice(also = "public; ja; öffentlich; oui")]
    Yes,
    /// Whoever asks may get it.
    #[choice(also = "request; nda; auf anfrage; sur demande")]
    OnRequest,
    /// It stays inside.
    #[choice(also = "internal only; nein; intern; non; interne")]
    No,
}

/// What happens to a document whose time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Choice)]
pub enum Disposition {
    /// It is destroyed.
    #[choice(also = "delete; shred; vernichten; löschen; détruire; supprimer")]
    Destroy,
    /// It is kept for good.
    #[choice(also = "keep; archivieren; aufbewahren; archiver; conserver")]
    Archive,
}
