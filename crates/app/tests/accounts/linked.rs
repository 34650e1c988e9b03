//! Linking accounts with providers by hand, and what the address of an account is worth.

use app::{
    Error,
    accounts::{Acceptance, Once, Purpose},
    provider::{ProviderRefused, ProviderSettings},
};

use crate::place::{GOOD, Place, acme, ada, issue};
use crate::provider::{claims, profiles, provider, refused};

on_both!(
    an_account_is_linked_and_unlinked_by_its_owner,
    an_address_that_was_only_typed_links_nobody,
    whoever_accepts_at_another_address_only_types_it,
);

fn name() -> String {
    "Test".to_owned()
}

fn an_account_is_linked_and_unlinked_by_its_owner(place: &Place) {
    let app = place.app();
    let (acme, founder) = acme(&app);
    let (accounts, ada, provider) = (app.accounts(), ada(&app), provider(false));
    accounts.belong(ada.id, acme, founder).unwrap();
    let by_hand = profiles(&app, founder);
    // Whatever address it has there, and whether anybody made sure of it.
    let mut there = claims("s-1", "al@elsewhere.example", &["staff"]);
    there.is_email_verified = false;
    let limited = ProviderSettings { domains: vec!["example.org".to_owned()], ..provider.clone() };
    let link =
        |settings, account, claims| accounts.link(account, settings, claims).map_err(refused);
    let domain = ProviderRefused::Domain { name: name() };
    assert_eq!(link(&limited, ada.id, &there).unwrap_err(), domain);
    assert!(accounts.identities(ada.id).unwrap().is_empty());
    link(&provider, ada.id, &there).unwrap();
    assert_eq!(profiles(&app, founder).len(), by_hand.len() + 1, "what its groups give");
    assert_eq!(accounts.admit(&provider, &there).unwrap().id, ada.id);
    // One for each, and each for one.
    let second = claims("s-2", "al@elsewhere.example", &[]);
    let another = ProviderRefused::Another { name: name() };
    assert_eq!(link(&provider, ada.id, &second).unwrap_err(), another);
    let bo = accounts.create("bo@example.org", "Bo Ek").unwrap();
    let linked = ProviderRefused::Linked { name: name() };
    assert_eq!(link(&provider, bo.id, &there).unwrap_err(), linked);
    assert!(accounts.identities(bo.id).unwrap().is_empty());

    assert!(!accounts.unlink(bo.id, "test", &[&provider]).unwrap(), "it knows nobody there");
    assert!(accounts.unlink(ada.id, "test", &[&provider]).unwrap());
    assert_eq!(profiles(&app, founder), by_hand, "what its groups gave has ended");
    let unknown = ProviderRefused::Unverified { name: name() };
    assert_eq!(accounts.admit(&provider, &there).map_err(refused).unwrap_err(), unknown);

    // The last way in stays; a provider that is no longer set up is none.
    link(&provider, ada.id, &there).unwrap();
    let other = ProviderSettings {
        id: "other".to_owned(),
        issuer: "https://other.example".to_owned(),
        ..provider.clone()
    };
    link(&other, ada.id, &there).unwrap();
    accounts.remove_password(ada.id).unwrap();
    assert!(matches!(accounts.unlink(ada.id, "test", &[&provider]), Err(Error::Wrong(_))));
    assert!(accounts.unlink(ada.id, "test", &[&provider, &other]).unwrap());
    assert!(matches!(accounts.unlink(ada.id, "other", &[&other]), Err(Error::Wrong(_))));
}

fn an_address_that_was_only_typed_links_nobody(place: &Place) {
    let app = place.app();
    let (accounts, provider) = (app.accounts(), provider(false));
    let (mallory, boss) = (
        accounts.create("mallory@example.org", "Mallory").unwrap(),
        claims("b-1", "boss@example.org", &["isms-admins"]),
    );
    accounts.set_password(mallory.id, GOOD, None).unwrap();
    accounts.set_email(mallory.id, "Mallory@Example.org").unwrap();
    let known = claims("m-1", "mallory@example.org", &[]);
    assert_eq!(accounts.admit(&provider, &known).unwrap().id, mallory.id, "written otherwise");
    accounts.unlink(mallory.id, "test", &[&provider]).unwrap();
    // Who waits under the address of somebody else does not get what is theirs.
    accounts.set_email(mallory.id, "boss@example.org").unwrap();
    let only_said = ProviderRefused::OnlySaid { name: name() };
    assert_eq!(accounts.admit(&provider, &boss).map_err(refused).unwrap_err(), only_said);
    assert!(accounts.identities(mallory.id).unwrap().is_empty());
    // Who can show both, has both; the address is then theirs.
    accounts.link(mallory.id, &provider, &boss).unwrap();
    accounts.unlink(mallory.id, "test", &[&provider]).unwrap();
    assert_eq!(accounts.admit(&provider, &boss).unwrap().id, mallory.id);
}

fn whoever_accepts_at_another_address_only_types_it(place: &Place) {
    let app = place.app();
    let (acme, founder) = acme(&app);
    let (accounts, provider) = (app.accounts(), provider(false));
    accounts
        .accept(issue(&app, &Once::new(Purpose::FirstRun)).as_str(), &typed("x@example.org"))
        .unwrap();
    let mut admitted = Vec::new();
    for (invited, typed_so) in
        [("nina@example.org", "Nina@example.org"), ("o@example.org", "p@example.org")]
    {
        let person = if admitted.is_empty() { founder } else { app::fresh_id() };
        let once = Once::invitation(acme, person, Some(invited.to_owned()));
        accounts.accept(issue(&app, &once).as_str(), &typed(typed_so)).unwrap();
        let there = claims(typed_so, typed_so, &[]);
        admitted.push(accounts.admit(&provider, &there).map_err(refused).map(|it| it.email));
    }
    let only_said = ProviderRefused::OnlySaid { name: name() };
    assert_eq!(admitted, [Ok("Nina@example.org".to_owned()), Err(only_said)]);
}

fn typed(email: &str) -> Acceptance<'_> {
    Acceptance { email, name: "Somebody", password: GOOD }
}
