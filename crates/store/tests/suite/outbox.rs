//! What is to be sent, and what people were told.

use store::accounts::{Account, Answer, Calendar};
use store::outbox::{Followed, Letter, Notice, State};
use store::{Hook, Store};
use uuid::Uuid;

use crate::place::{ORGANIZATION, Place};

on_both!(
    a_position_moves_once_with_all_that_goes_with_it,
    what_was_told_is_told_once,
    one_recipient_does_not_take_the_place_of_others,
    a_letter_is_tried_by_one_at_a_time,
    what_ended_long_ago_goes,
    hooks_are_of_one_organization,
    an_answer_is_taken_once,
    calendars_are_taken_back,
);

const PERSON: Uuid = Uuid::from_u128(7);

fn letter(number: u128, due: i64) -> Letter {
    Letter {
        id: Uuid::from_u128(number),
        organization: Some(ORGANIZATION),
        channel: "mail".to_owned(),
        recipient: Some(PERSON),
        content: "{}".to_owned(),
        made: due,
        due,
        tries: 0,
        state: State::Waiting,
        ended: None,
        fault: None,
    }
}

fn notice(mark: &str, ready: i64) -> Notice {
    Notice {
        organization: ORGANIZATION,
        person: PERSON,
        occasion: "asked".to_owned(),
        record: Uuid::from_u128(8),
        mark: mark.to_owned(),
        seq: 3,
        alone: true,
        made: 1,
        ready,
        told: None,
    }
}

fn a_position_moves_once_with_all_that_goes_with_it(place: &Place) {
    let store = place.store();
    let outbox = store.outbox();
    let (zero, one) = (Followed { seq: 0, due: 5 }, Followed { seq: 1, due: 5 });
    assert_eq!(outbox.followed(ORGANIZATION).unwrap(), None);
    assert!(outbox.follow(ORGANIZATION, None, zero, &[], &[]).unwrap());
    assert!(!outbox.follow(ORGANIZATION, None, zero, &[], &[letter(1, 1)]).unwrap());
    let (notices, letters) = ([notice("1", 10)], [letter(2, 10)]);
    assert!(outbox.follow(ORGANIZATION, Some(zero), one, &notices, &letters).unwrap());
    assert!(!outbox.follow(ORGANIZATION, Some(zero), one, &notices, &[letter(3, 1)]).unwrap());
    assert_eq!(outbox.followed(ORGANIZATION).unwrap(), Some(one));
    assert_eq!(outbox.due("mail", 100, 9, 9).unwrap(), letters);
    assert_eq!(outbox.untold(ORGANIZATION, PERSON).unwrap(), notices);
}

fn what_was_told_is_told_once(place: &Place) {
    let store = place.store();
    let outbox = store.outbox();
    let (zero, one) = (Followed { seq: 0, due: 5 }, Followed { seq: 1, due: 5 });
    outbox.follow(ORGANIZATION, None, zero, &[notice("1", 10), notice("2", 20)], &[]).unwrap();
    assert_eq!(outbox.ready(9).unwrap(), []);
    assert_eq!(outbox.ready(10).unwrap(), [(ORGANIZATION, PERSON)]);
    let both = outbox.untold(ORGANIZATION, PERSON).unwrap();
    assert_eq!(both.len(), 2);
    assert!(outbox.tell(&both[..1], &[letter(1, 1)], 30).unwrap());
    assert!(!outbox.tell(&both, &[letter(2, 1)], 30).unwrap(), "one of them was told");
    assert_eq!(outbox.due("mail", 100, 9, 9).unwrap(), [letter(1, 1)]);
    assert_eq!(outbox.untold(ORGANIZATION, PERSON).unwrap(), both[1..]);
    outbox.follow(ORGANIZATION, Some(zero), one, &[notice("1", 10)], &[]).unwrap();
    assert_eq!(outbox.untold(ORGANIZATION, PERSON).unwrap(), both[1..], "it is known");
    let later = |it: &Notice| Notice { ready: 40, alone: false, ..it.clone() };
    outbox.reschedule(&[later(&both[0]), later(&both[1])]).unwrap();
    assert_eq!(outbox.untold(ORGANIZATION, PERSON).unwrap(), [later(&both[1])]);
}

fn one_recipient_does_not_take_the_place_of_others(place: &Place) {
    let store = place.store();
    let outbox = store.outbox();
    let other = Uuid::from_u128(9);
    (1..8).for_each(|it| outbox.put(&letter(it, 10)).unwrap());
    outbox.put(&Letter { recipient: Some(other), ..letter(8, 11) }).unwrap();
    let found = |most: u32, each: u32| {
        let found = outbox.due("mail", 20, most, each).unwrap().into_iter();
        found.map(|it| it.id.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(found(9, 3), [1, 8, 2, 3]);
    assert_eq!(found(2, 3), [1, 8]);
    assert!(outbox.claim(&letter(1, 10), 12).unwrap());
    assert_eq!(found(9, 3), [2, 8, 3, 4], "what was tried comes after what was not");
    outbox.put_off_all(&letter(1, 10), 15, "it rains").unwrap();
    assert_eq!(outbox.due("mail", 14, 9, 9).unwrap().len(), 1, "all of one are put off");
    outbox.give_up(&letter(1, 10), 11, 16, "it rains").unwrap();
    assert_eq!(outbox.standing(ORGANIZATION, "mail").unwrap()[0].count, 1, "what was tried");
}

fn a_letter_is_tried_by_one_at_a_time(place: &Place) {
    let store = place.store();
    let outbox = store.outbox();
    outbox.put(&letter(1, 10)).unwrap();
    assert_eq!(outbox.due("mail", 9, 9, 9).unwrap(), []);
    assert_eq!(outbox.due("hook", 10, 9, 9).unwrap(), []);
    let found = outbox.due("mail", 10, 9, 9).unwrap().remove(0);
    assert!(outbox.claim(&found, 50).unwrap());
    assert!(!outbox.claim(&found, 50).unwrap(), "it is taken");
    assert_eq!(outbox.due("mail", 49, 9, 9).unwrap(), []);
    let again = outbox.due("mail", 50, 9, 9).unwrap().remove(0);
    assert_eq!(again.tries, 1);
    outbox.put_off(again.id, 70, "it rains").unwrap();
    assert_eq!(outbox.due("mail", 60, 9, 9).unwrap(), []);
    outbox.end(again.id, State::Failed, 80, Some("it rains")).unwrap();
    assert!(!outbox.again(Uuid::from_u128(99), again.id, 90).unwrap(), "of another organization");
    assert!(outbox.again(ORGANIZATION, again.id, 90).unwrap());
    let anew = outbox.due("mail", 90, 9, 9).unwrap().remove(0);
    assert_eq!((anew.tries, anew.fault.as_deref()), (0, Some("it rains")));
    outbox.end(anew.id, State::Sent, 95, None).unwrap();
    assert!(!outbox.again(ORGANIZATION, anew.id, 99).unwrap(), "it was sent");
}

fn what_ended_long_ago_goes(place: &Place) {
    let store = place.store();
    let outbox = store.outbox();
    for number in 1..4 {
        outbox.put(&letter(number, 10)).unwrap();
    }
    outbox.end(Uuid::from_u128(1), State::Sent, 20, None).unwrap();
    outbox.end(Uuid::from_u128(2), State::Failed, 30, Some("no")).unwrap();
    let newest = |whom: Option<Uuid>| outbox.newest(ORGANIZATION, "mail", whom, 9).unwrap().len();
    assert_eq!((newest(None), newest(Some(PERSON)), newest(Some(Uuid::nil()))), (3, 3, 0));
    let standing = outbox.standing(ORGANIZATION, "mail").unwrap();
    assert!(standing.iter().all(|it| it.count == 1) && standing.len() == 3, "{standing:?}");
    assert_eq!(outbox.sweep(30, 0).unwrap(), 1);
    assert_eq!(newest(None), 2);
}

fn hooks_are_of_one_organization(place: &Place) {
    let store = place.store();
    let hooks = store.hooks();
    let hook = Hook {
        id: Uuid::from_u128(1),
        organization: ORGANIZATION,
        url: "https://example.org".to_owned(),
        secret: "sealed".to_owned(),
        kinds: "[]".to_owned(),
        person: PERSON,
        made: 1,
        paused: None,
    };
    hooks.insert(&hook).unwrap();
    assert_eq!(hooks.one(ORGANIZATION, hook.id).unwrap(), Some(hook.clone()));
    assert_eq!(hooks.one(Uuid::from_u128(99), hook.id).unwrap(), None);
    assert!(hooks.pause(ORGANIZATION, hook.id, Some(5)).unwrap());
    assert_eq!(hooks.active(ORGANIZATION).unwrap(), []);
    let to_it = Letter { channel: "hook".to_owned(), recipient: Some(hook.id), ..letter(1, 1) };
    store.outbox().put(&to_it).unwrap();
    assert!(hooks.remove(ORGANIZATION, hook.id).unwrap());
    assert!(!hooks.remove(ORGANIZATION, hook.id).unwrap());
    assert_eq!(store.outbox().due("hook", 9, 9, 9).unwrap(), []);
}

/// A store with one account.
fn with_account(place: &Place) -> (Store, Uuid) {
    let store = place.store();
    let account = Account {
        id: Uuid::from_u128(40),
        email: "a@x.example".to_owned(),
        folded: "a@x.example".to_owned(),
        name: "A".to_owned(),
        password: None,
        password_set: None,
        created: 1,
        seen: None,
        disabled: None,
    };
    assert!(store.accounts().insert(&account).unwrap());
    (store, account.id)
}

fn an_answer_is_taken_once(place: &Place) {
    let (store, account) = with_account(place);
    let accounts = store.accounts();
    let answer = Answer {
        organization: ORGANIZATION,
        person: PERSON,
        account,
        purpose: "review".to_owned(),
        record: Uuid::from_u128(8),
        version: 2,
        issued: 1,
        expires: 100,
        used: None,
        seq: None,
    };
    let hash = [1; 32];
    accounts.ask(&hash, &answer).unwrap();
    assert_eq!(accounts.asked(&hash, 99).unwrap(), Some(answer.clone()));
    assert_eq!(accounts.asked(&hash, 100).unwrap(), None);
    assert!(accounts.take_answer(&hash, 50).unwrap());
    assert!(!accounts.take_answer(&hash, 51).unwrap());
    accounts.settle_answer(&hash, Some(9)).unwrap();
    let used = Answer { used: Some(50), seq: Some(9), ..answer };
    assert_eq!(accounts.asked(&hash, 60).unwrap(), Some(used));
    accounts.settle_answer(&hash, None).unwrap();
    assert!(accounts.take_answer(&hash, 70).unwrap(), "it was given back");
    accounts.set_disabled(account, Some(80)).unwrap();
    assert_eq!(accounts.asked(&hash, 81).unwrap(), None);
}

fn calendars_are_taken_back(place: &Place) {
    let (store, account) = with_account(place);
    let accounts = store.accounts();
    let calendar = Calendar {
        hash: [2; 32],
        account,
        organization: ORGANIZATION,
        breadth: "mine".to_owned(),
        made: 1,
        seen: None,
    };
    accounts.add_calendar(&calendar).unwrap();
    accounts.see_calendar(&calendar.hash, 5).unwrap();
    let seen = Calendar { seen: Some(5), ..calendar };
    assert_eq!(accounts.calendar(&seen.hash).unwrap(), Some(seen.clone()));
    assert_eq!(accounts.calendars(account).unwrap(), std::slice::from_ref(&seen));
    let kept = store.snapshot().unwrap().kept().unwrap();
    assert_eq!(kept.calendars, std::slice::from_ref(&seen));
    assert!(!accounts.remove_calendar(Uuid::nil(), &seen.hash).unwrap());
    assert!(accounts.remove_calendar(account, &seen.hash).unwrap());
    assert_eq!(accounts.calendar(&seen.hash).unwrap(), None);
}
