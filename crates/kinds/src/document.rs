//! Documents: what the organization writes down, and what it keeps from outside.

mod choices;
mod rows;

use jiff::civil::Date;
use meta::{FileRef, Kind, Markdown, Period, Problem, Ref, Rules, Stage};
use serde::{Deserialize, Serialize};

use crate::{
    Holder, control::Control, evidence::unknown_clauses, obligation::Obligation, person::Person,
    requirement::Requirement, role::Role, shared::repeated,
};
pub use choices::{Disposition, DocumentType, Outsiders};
pub use rows::{Claim, OwnRule};

/// A policy, procedure or other document. You write at the working copy; readers see the edition
/// that was published last.
#[derive(Debug, Default, Serialize, Deserialize, Kind)]
#[serde(default, deny_unknown_fields)]
#[kind(id = "document", prefix = "DOC", plural = "Documents", clause = "7.5", stage = Lifecycle,
    controlled, also = "document register; document control register; documented information; \
    policies; policy register; list of documents; dokumentenregister; dokumentenlenkung; \
    dokumente; richtlinien; dokumentenliste; registre documentaire; liste des documents; \
    politiques; maîtrise documentaire")]
pub struct Document {
    /// What it is called.
    #[field(
        create,
        list,
        label = "Title",
        also = "document title; document name; name; document; \
        titel; dokumententitel; bezeichnung; dokument; titre; titre du document; nom du document; intitulé"
    )]
    pub title: String,
    /// Its number or short name in your own order, for example POL-001.
    #[field(
        create,
        list,
        also = "doc id; document id; document no; document number; doc no; \
        document code; dokument-id; dokumentennummer; dok-nr; kennung; \
        référence; référence du document; numéro; code"
    )]
    pub identifier: Option<String>,
    /// What sort of document it is.
    #[field(
        create,
        list,
        filter,
        label = "Type",
        also = "type; document type; category; class of \
        document; dokumententyp; dokumentart; art; typ; type de document; nature"
    )]
    pub doc_type: Option<DocumentType>,
    /// The clauses and Annex A controls it answers, for example 5.2 or A.5.15.
    #[field(
        filter,
        label = "Serves clauses",
        also = "clause; clauses; iso clause; annex a; \
        iso 27001 reference; standard reference; normkapitel; normbezug; kapitel; \
        article de la norme; chapitre"
    )]
    pub serves_clauses: Vec<String>,
    /// The controls, requirements and obligations it answers.
    #[field(
        filter,
        label = "Serves",
        also = "related controls; controls; requirements; \
        zugehörige controls; anforderungen; mesures liées; exigences"
    )]
    pub serves_records: Vec<Ref<(Control, Requirement, Obligation)>>,
    /// Who sees to it that it stays right.
    #[field(
        leave,
        list,
        filter,
        also = "document owner; responsible; maintained by; \
        verantwortlich; dokumenteneigner; dokumentenverantwortlicher; eigentümer; \
        propriétaire; responsable; responsable du document"
    )]
    pub owner: Option<Holder>,
    /// Who wrote it.
    #[field(also = "author; written by; prepared by; autor; autoren; erstellt von; verfasser; \
        auteur; auteurs; rédacteur; rédigé par")]
    pub authors: Vec<Ref<Person>>,
    /// The role that approves it.
    #[field(
        leave,
        filter,
        also = "approved by; approver role; approval; approving authority; \
        genehmigt von; freigegeben von; freigeber; genehmiger; approuvé par; approbateur"
    )]
    pub approver: Option<Ref<Role>>,
    /// Whether somebody other than its authors must approve it.
    #[field(also = "four eyes; vier-augen-prinzip; double validation")]
    pub four_eyes: Option<bool>,
    /// What it says.
    #[field(material, also = "content; body; inhalt; contenu; texte")]
    pub text: Option<Markdown>,
    /// The file that holds it, if you did not write it here.
    #[field(material, also = "attachment; datei; anlage; fichier")]
    pub file: Option<FileRef>,
    /// The paper that Muniment makes from your records, if this document stands for one, for
    /// example `statement-of-applicability`.
    #[field(material)]
    pub paper: Option<String>,
    /// Where it is, if it is kept in another place: a link, or a shelf.
    #[field(
        material,
        also = "link; url; path; storage; storage location; file path; location; \
        ablageort; ablage; speicherort; pfad; emplacement; lien; chemin"
    )]
    pub elsewhere: Option<String>,
    /// The SHA-256 of the file in that place (64 hex digits), so that a change there is noticed.
    #[field(material, label = "Digest of the file there")]
    pub elsewhere_digest: Option<String>,
    /// Who decides about changes in that place.
    #[field(label = "Controlled there by")]
    pub elsewhere_controlled_by: Option<Holder>,
    /// The language it is written in, for example English or de.
    #[field(filter, also = "sprache; langue")]
    pub language: Option<String>,
    /// The edition of the document of which it is a translation.
    #[field(also = "translates; übersetzung von; traduction de")]
    pub translation_of: Option<Ref<Document>>,
    /// The name of the edition you are writing, for example 2.1.
    #[field(
        label = "Edition",
        list,
        also = "version; version no; version number; revision; rev; \
        edition; ausgabe; versionsnummer; révision; édition; indice"
    )]
    pub edition_label: Option<String>,
    /// What changed since the edition before.
    #[field(
        leave,
        also = "change history; changes; revision summary; änderungen; \
        änderungshistorie; historique; modifications; objet de la modification"
    )]
    pub change_summary: Option<Markdown>,
    /// Its information class, by the name your organization gives it, for example internal.
    #[field(
        filter,
        label = "Classification",
        also = "classification; class; confidentiality; \
        information class; klassifizierung; vertraulichkeit; schutzklasse; \
        classification; confidentialité; niveau de classification"
    )]
    pub class: Option<String>,
    /// Who gets it.
    #[field(also = "distribution list; audience; recipients; applies to; verteiler; zielgruppe; \
        empfänger; geltungsbereich; diffusion; liste de diffusion; destinataires")]
    pub distribution: Vec<String>,
    /// Who must confirm that they have read it.
    #[field(
        label = "To be acknowledged by",
        also = "acknowledgement required; acknowledged by; \
        kenntnisnahme durch; accusé de lecture par"
    )]
    pub acknowledged_by: Vec<String>,
    /// How soon after it is published they must have done so.
    #[field(label = "Acknowledged within")]
    pub acknowledged_within: Option<Period>,
    /// Whether people outside may have it.
    #[field(also = "available to outsiders; external availability; public; extern verfügbar; \
        öffentlich; disponible à l'extérieur")]
    pub outsiders: Option<Outsiders>,
    /// The day from which it holds.
    #[field(also = "effective date; valid from; in force from; issue date; publication date; \
        date of issue; gültig ab; inkrafttreten; in kraft seit; ausgabedatum; \
        date d'effet; date d'application; date d'entrée en vigueur")]
    pub effective_from: Option<Date>,
    /// How often it is looked at again.
    #[field(
        label = "Reviewed every",
        also = "review frequency; review cycle; review interval; \
        überprüfungsintervall; prüfzyklus; revisionszyklus; fréquence de revue; périodicité"
    )]
    pub cadence: Option<Period>,
    /// Events after which it is looked at again, for example a new law.
    #[field(label = "Reviewed when")]
    pub review_on: Vec<String>,
    /// The day it was last looked at.
    #[field(also = "last review; last reviewed; last review date; letzte überprüfung; \
        letzte prüfung; zuletzt geprüft; dernière revue; date de dernière revue")]
    pub last_reviewed: Option<Date>,
    /// The day it should be looked at again.
    #[field(
        list,
        filter,
        also = "next review; next review date; review due; review date; \
        nächste überprüfung; nächste prüfung; wiedervorlage; \
        prochaine revue; date de prochaine revue"
    )]
    pub next_review: Option<Date>,
    /// How long it is kept after it was replaced.
    #[field(
        label = "Keep for",
        also = "retention; retention period; aufbewahrung; \
        aufbewahrungsfrist; durée de conservation; conservation"
    )]
    pub keep_for: Option<Period>,
    /// What happens to it after that.
    #[field(
        label = "Then",
        also = "disposal; disposition; disposal method; danach; vernichtung; \
        sort final; élimination"
    )]
    pub then: Option<Disposition>,
    /// Where old editions are kept.
    #[field(also = "archive; archive location; archiv; archivort; archives; lieu d'archivage")]
    pub place: Option<String>,
    /// Who publishes it, if it comes from outside.
    #[field(also = "publisher; issued by; external source; herausgeber; éditeur; émetteur")]
    pub issuer: Option<String>,
    /// Which edition of it you use, if it comes from outside.
    #[field(label = "Edition of the issuer")]
    pub issuer_edition: Option<String>,
    /// Who watches for a new edition of it.
    #[field(label = "Watched by")]
    pub watched_by: Option<Holder>,
    /// What it must say, and where it says so, for example the promise to improve all the time.
    pub claims: Vec<Claim>,
    /// What you promise in it. Each promise becomes something that is checked.
    #[field(label = "Own rules")]
    pub own_rules: Vec<OwnRule>,
}

/// The life of a document's working copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Stage)]
pub enum Lifecycle {
    /// Being written.
    #[stage(to = "in_review, approved, withdrawn")]
    Draft,
    /// Others read it and say what they think.
    #[stage(to = "draft, approved, withdrawn")]
    InReview,
    /// It is right as it is, and waits to be published.
    #[stage(to = "draft, in_review, withdrawn")]
    Approved,
    /// It is the edition that readers see.
    #[stage(to = "draft, in_review, withdrawn", edition)]
    Published,
    /// It no longer holds.
    #[stage(to = "draft", ended, reason)]
    Withdrawn,
}

impl Document {
    /// Whether it holds or names any content: text, a file, a paper or another place (7.5.2).
    pub fn has_content(&self) -> bool {
        self.text.as_ref().is_some_and(|it| !it.0.trim().is_empty())
            || self.file.is_some()
            || self.paper.is_some()
            || self.elsewhere.is_some()
    }

    /// Whether it comes from outside.
    pub fn is_external(&self) -> bool {
        self.doc_type == Some(DocumentType::External)
    }
}

impl Rules for Document {
    fn check(&self) -> Vec<Problem> {
        let mut problems = unknown_clauses("serves_clauses", &self.serves_clauses);
        let is_digest = |it: &String| it.len() == 64 && it.bytes().all(|it| it.is_ascii_hexdigit());
        if self.elsewhere_digest.as_ref().is_some_and(|it| !is_digest(it)) {
            let message = "a SHA-256 has 64 digits from 0 to 9 and a to f";
            problems.push(Problem::on("elsewhere_digest", message));
        }
        if self.elsewhere_digest.is_some() && self.elsewhere.is_none() {
            problems.push(Problem::on("elsewhere", "say where the file with this digest is"));
        }
        if let Some(needed) = repeated(self.claims.iter().map(|it| it.needed.as_str())) {
            let message = format!("`{needed}` is there twice: keep one of the rows");
            problems.push(Problem::on("claims", message));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_may_be_kept_in_several_ways() {
        let mut document =
            Document { text: Some(Markdown(" \n".to_owned())), ..Document::default() };
        assert!(!document.has_content());
        document.elsewhere = Some("Shelf 3".to_owned());
        assert!(document.has_content());
    }

    #[test]
    fn a_document_must_not_contradict_itself() {
        let claim = Claim {
            needed: "Improvement".to_owned(),
            passage: None,
            attested_by: None,
            attested_on: None,
        };
        let mut document = Document {
            serves_clauses: vec!["5.2".to_owned(), "11.9".to_owned()],
            elsewhere_digest: Some("abc".to_owned()),
            claims: vec![claim.clone(), claim],
            ..Document::default()
        };
        let fields: Vec<_> = document.check().into_iter().map(|it| it.field).collect();
        assert_eq!(fields, ["serves_clauses", "elsewhere_digest", "elsewhere", "claims"]);

        document.serves_clauses.pop();
        document.elsewhere_digest = Some("0a".repeat(32));
        document.elsewhere = Some("Shelf 3".to_owned());
        document.claims.pop();
        assert_eq!(document.check(), []);
    }
}
