use super::*;
use crate::stepping;

#[test]
fn a_small_organization_is_whole_and_like_a_real_one() {
    let folder = tempfile::tempdir().unwrap();
    let size = Size::FULL.divided_by(500);
    let home = organization(folder.path(), size).unwrap();
    let (_app, organization) = home.open(stepping(1_795_348_800_000, 1)).unwrap();
    let isms = organization.current().unwrap();
    let counts = ["asset", "risk", "action", "evidence", "control"].map(|it| isms.count(it));
    assert_eq!(counts, [100, 40, 20, 40, 93]);
    assert_eq!(isms.count("approval"), 3 + 1);
    organization.verify(&ledger::Options::default()).unwrap();
    let lengths = ["asset", "risk", "action", "evidence"].map(|kind| {
        let texts = isms.rows(kind).filter_map(domain::stored_text);
        texts.map(|it| it.len()).sum::<usize>() / isms.count(kind)
    });
    assert!(lengths.iter().all(|it| (300..=1_500).contains(it)), "{lengths:?}");
}

#[test]
fn what_is_made_is_kept_and_made_alike() {
    let folder = tempfile::tempdir().unwrap();
    let size = Size { assets: 3, risks: 2, actions: 1, evidence: 1 };
    let first = organization(folder.path(), size).unwrap();
    let made = fs::metadata(first.file()).unwrap().modified().unwrap();
    let again = organization(folder.path(), size).unwrap();
    assert_eq!(fs::metadata(again.file()).unwrap().modified().unwrap(), made);
    let other = organization(&folder.path().join("other"), size).unwrap();
    let titles = |home: &Home| {
        let (_app, organization) = home.open(stepping(1_795_348_800_000, 1)).unwrap();
        let isms = organization.current().unwrap();
        isms.rows("asset").map(|it| it.title().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&first), titles(&other));
}
