//! Who has an account, and which person of an organization they are.

use app::accounts::PasswordRefused;
use app::{Error, Request};
use domain::command::New;
use domain::{Actor, Command, Step};
use meta::{Extras, Id, Provenance};
use serde_json::json;

use crate::place::{GOOD, Place, acme, ada, begin};

on_both!(
    an_address_has_one_account_however_it_is_written,
    an_account_is_one_person_of_an_organization,
    who_is_erased_has_no_account_any_more,
    a_password_is_judged_by_what_is_known,
    preferences_are_kept_by_place_and_key,
);

fn an_address_has_one_account_however_it_is_written(place: &Place) {
    let app = place.app();
    let accounts = app.accounts();
    assert!(!accounts.any().unwrap());
    let ada = accounts.create(" Ada@Example.org ", " Ada Lind ").unwrap();
    assert!(accounts.any().unwrap());
    assert_eq!((ada.email.as_str(), ada.name.as_str()), ("Ada@Example.org", "Ada Lind"));
    assert_eq!(accounts.by_email("ADA@EXAMPLE.ORG").unwrap(), Some(ada.clone()));
    assert_eq!(accounts.by_email("no address").unwrap(), None);
    let taken = accounts.create("ada@example.org", "Another");
    assert!(matches!(taken, Err(Error::EmailTaken { .. })));
    let bo = accounts.create("bo@example.org", "Bo Ek").unwrap();
    assert!(matches!(accounts.set_email(bo.id, "aDa@example.org"), Err(Error::EmailTaken { .. })));
    accounts.set_email(ada.id, "ada.lind@example.org").unwrap();
    accounts.set_email(bo.id, "ada@example.org").unwrap();
    accounts.rename(bo.id, "Bodil Ek").unwrap();
    let names: Vec<_> = accounts.all().unwrap().into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["Ada Lind", "Bodil Ek"]);
    for (email, name) in
        [("bo", "Bo"), ("c@d.example", " "), ("c@d.example", "a\0b"), ("\0@d", "B")]
    {
        let refused = accounts.create(email, name).unwrap_err();
        assert!(matches!(refused, Error::Wrong(_)) && refused.is_refusal(), "{refused}");
    }
    assert!(accounts.create("c@d.example", &"x".repeat(1_000_000)).is_err());
    accounts.remove(bo.id).unwrap();
    assert_eq!(accounts.by_id(bo.id).unwrap(), None);
    assert!(matches!(accounts.rename(bo.id, "Nobody"), Err(Error::Wrong(_))));
}

fn an_account_is_one_person_of_an_organization(place: &Place) {
    let app = place.app();
    let (acme, person) = acme(&app);
    let accounts = app.accounts();
    let (ada, bo) = (ada(&app), accounts.create("bo@example.org", "Bo Ek").unwrap());
    accounts.belong(ada.id, acme, person).unwrap();
    assert_eq!(accounts.person(ada.id, acme).unwrap(), Some(person));
    assert_eq!(accounts.who_is(acme, person).unwrap().unwrap().id, ada.id);
    assert!(matches!(accounts.belong(bo.id, acme, person), Err(Error::PersonTaken)));
    let other = Id::from_u128(1);
    accounts.belong(bo.id, acme, other).unwrap();
    let members: Vec<_> =
        accounts.members(acme).unwrap().into_iter().map(|it| (it.0.id, it.1.person)).collect();
    assert_eq!(members, [(ada.id, person), (bo.id, other)]);
    assert!(accounts.belong(bo.id, other, other).is_err(), "there is no such organization");
    assert!(accounts.leave(ada.id, acme).unwrap());
    assert_eq!(accounts.belongings(ada.id).unwrap(), []);
    accounts.belong(bo.id, acme, person).unwrap();
    assert_eq!(accounts.belongings(bo.id).unwrap()[0].person, person);
}

fn a_password_is_judged_by_what_is_known(place: &Place) {
    let app = place.app();
    let (acme, person) = acme(&app);
    let accounts = app.accounts();
    let ada = accounts.create("ada@sundby.example", "Ada Lind").unwrap();
    let refused = |password: &str| match accounts.set_password(ada.id, password, None) {
        Err(Error::Password(refused)) => refused,
        other => panic!("`{password}`: {other:?}"),
    };
    assert_eq!(refused("fourteen chars"), PasswordRefused::Short { length: 14 });
    assert_eq!(refused(&"é".repeat(257)), PasswordRefused::Long);
    assert_eq!(refused("Password2026Password!"), PasswordRefused::Common);
    assert_eq!(refused("ada@sundby.example"), PasswordRefused::Known);
    assert_eq!(refused("qwertyuiop123456"), PasswordRefused::Pattern);
    accounts.check_password(ada.id, "Hollerbusch2026").unwrap();
    accounts.belong(ada.id, acme, person).unwrap();
    assert_eq!(refused("Hollerbusch2026"), PasswordRefused::Known);
    assert!(!accounts.by_id(ada.id).unwrap().unwrap().has_password());
    // Six code points once composed, twelve as typed.
    let decomposed = "e\u{301}".repeat(6);
    assert_eq!(refused(&decomposed), PasswordRefused::Short { length: 6 });
    accounts.set_password(ada.id, GOOD, None).unwrap();
    assert!(accounts.by_id(ada.id).unwrap().unwrap().has_password());
    assert!(matches!(accounts.set_password(person, GOOD, None), Err(Error::Wrong(_))));
}

fn preferences_are_kept_by_place_and_key(place: &Place) {
    let app = place.app();
    let (acme, _) = acme(&app);
    let (accounts, ada) = (app.accounts(), ada(&app).id);
    let set = |organization, key: &str, value| {
        accounts.set_preference(ada, organization, key, &value).unwrap();
    };
    set(None, "theme", json!("dark"));
    set(Some(acme), "theme", json!({"nul": "\0", "emoji": "🦦"}));
    set(Some(acme), "view/risk/b", json!([1]));
    set(Some(acme), "view/risk/a", json!([2]));
    set(Some(acme), "view/risk/a", json!([3]));
    assert_eq!(accounts.preference(ada, None, "theme").unwrap(), Some(json!("dark")));
    let here = accounts.preference(ada, Some(acme), "theme").unwrap();
    assert_eq!(here, Some(json!({"nul": "\0", "emoji": "🦦"})));
    let views = accounts.preferences(ada, Some(acme), "view/risk/").unwrap();
    assert_eq!(views, [("view/risk/a".into(), json!([3])), ("view/risk/b".into(), json!([1]))]);
    assert!(accounts.remove_preference(ada, Some(acme), "theme").unwrap());
    assert!(!accounts.remove_preference(ada, Some(acme), "theme").unwrap());
    assert_eq!(accounts.preference(ada, None, "theme").unwrap(), Some(json!("dark")));
    for (key, value) in [("", json!(1)), ("a\0b", json!(1)), ("big", json!("x".repeat(70_000)))] {
        assert!(matches!(accounts.set_preference(ada, None, key, &value), Err(Error::Wrong(_))));
    }
    let nobody = accounts.set_preference(acme, None, "theme", &json!(1));
    assert!(matches!(nobody, Err(Error::Wrong(_))));
}

fn who_is_erased_has_no_account_any_more(place: &Place) {
    let app = place.app();
    let (acme, first) = acme(&app);
    let accounts = app.accounts();
    let organization = app.organization(None).unwrap();
    let run = |step: Step| {
        let command = Command::one(step);
        let (actor, files) = (Actor::Person(first), Vec::new());
        organization.execute(Request { actor, via: "cli", command, files, bound: false }).unwrap()
    };
    let make = |name: &str| {
        let id = app::fresh_id();
        let fields = json!({ "title": name }).as_object().unwrap().clone();
        run(Step::New(New {
            id,
            kind: "person".to_owned(),
            fields,
            stage: None,
            provenance: Provenance::Person,
            extras: Extras::default(),
        }));
        id
    };
    let (bo, cy) = (make("Bo Ek"), make("Cy Dahl"));
    let theirs = accounts.create("bo@example.org", "Bo Ek").unwrap();
    let shared = accounts.create("cy@example.org", "Cy Dahl").unwrap();
    accounts.belong(theirs.id, acme, bo).unwrap();
    accounts.belong(shared.id, acme, cy).unwrap();
    let elsewhere = begin(&app, "other");
    accounts.belong(shared.id, elsewhere.0, elsewhere.1).unwrap();
    run(Step::Erase { record: bo, versions: vec![1] });
    run(Step::Erase { record: cy, versions: Vec::new() });
    assert_eq!(accounts.by_id(theirs.id).unwrap(), None);
    assert!(accounts.by_id(shared.id).unwrap().is_some());
    assert_eq!(accounts.person(shared.id, acme).unwrap(), None);
}
