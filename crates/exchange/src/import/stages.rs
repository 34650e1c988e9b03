//! The stage that a word in a status column means.

use meta::{KindDef, StageDef};

use crate::text::fold;

/// Words people write in status columns, and the stages each may mean; the first one the kind has
/// is taken.
const WORDS: [(&str, &[&str]); 24] = [
    (
        "active; aktiv; actif; active supplier; live; in betrieb; operational; en service; in use; \
      produktiv; current; in kraft; valid; gultig; en vigueur",
        &["in_use", "active", "current", "in_force"],
    ),
    ("planned; geplant; prevu; to be introduced", &["planned", "agreed"]),
    (
        "open; new; offen; neu; ouvert; nouveau; not started; to do; identified; pending; raised; \
      nicht begonnen; a faire; non commence",
        &[""],
    ),
    (
        "in treatment; being treated; under treatment; treatment; in behandlung; behandelt; \
      en traitement; treatment planned",
        &["treatment_planned"],
    ),
    (
        "in progress; ongoing; started; wip; in bearbeitung; in umsetzung; en cours; laufend; \
      in arbeit; underway; behind; delayed; verzogert",
        &["under_way", "pursued"],
    ),
    ("on track; at risk; off track; im plan; en bonne voie", &["pursued", "under_way"]),
    (
        "completed; complete; done; finished; implemented; erledigt; abgeschlossen; umgesetzt; \
      termine; realise; fertig",
        &["done", "achieved"],
    ),
    ("closed; geschlossen; cloture; ferme; clos", &["closed", "done", "retired", "ended"]),
    ("verified; effective; wirksam; verifiziert; verifie", &["verified"]),
    ("achieved; reached; met; erreicht; atteint", &["achieved", "done"]),
    ("missed; failed; not achieved; verfehlt; manque; non atteint", &["missed"]),
    (
        "cancelled; canceled; dropped; abgebrochen; verworfen; annule; abandoned",
        &["cancelled", "withdrawn"],
    ),
    ("monitored; monitoring; under monitoring; uberwacht; surveille; mitigated", &["monitored"]),
    (
        "assessed; analysed; analyzed; bewertet; analysiert; evalue; analyse",
        &["assessed", "analysed"],
    ),
    ("evaluated; evaluiert", &["evaluated"]),
    ("in review; under review; review; in prufung; en revue; en revision", &["in_review"]),
    ("approved; freigegeben; genehmigt; approuve; agreed; vereinbart", &["approved", "agreed"]),
    ("draft; entwurf; brouillon; in preparation", &["draft"]),
    ("submitted; eingereicht; soumis", &["submitted"]),
    (
        "retired; decommissioned; obsolete; inactive; ausser betrieb; inaktiv; hors service; \
      archived; archiviert",
        &["retired", "withdrawn", "ended"],
    ),
    ("disposed; destroyed; entsorgt; vernichtet; elimine", &["disposed"]),
    ("terminated; ended; expired; beendet; gekundigt; resilie; termine le", &["ended", "closed"]),
    ("suspended; on hold; ruht; pausiert; suspendu", &["suspended"]),
    ("left; ausgeschieden; parti", &["left"]),
];

/// The stage a text means, and whether it is the very name of it.
pub(super) fn find(kind: &KindDef, text: &str) -> Option<(&'static StageDef, bool)> {
    let folded = fold(text);
    let named = |it: &&StageDef| fold(it.label) == folded || fold(it.id) == folded;
    if let Some(stage) = kind.stages.iter().find(named) {
        return Some((stage, true));
    }
    let known = WORDS.iter().find(|(words, _)| words.split(';').any(|it| squeezed(it) == folded));
    let (_, ids) = known?;
    let stage = ids.iter().find_map(|id| match *id {
        "" => kind.stages.first(),
        id => kind.stages.iter().find(|it| it.id == id),
    });
    stage.map(|it| (it, false))
}

fn squeezed(word: &str) -> String {
    word.split_whitespace().collect::<Vec<_>>().join(" ")
}
