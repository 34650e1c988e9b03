//! The letter that tells a person of what happened.

use app::{
    App, Error,
    accounts::Bound,
    outbox::{Item, Letter},
};
use domain::{
    View,
    access::{Access, Sight},
    duties,
};
use meta::Id;

use super::{
    Letters, Written,
    dress::{Dress, Part},
    line::{Line, question_of},
    place,
};
use crate::words;

/// So many things of a letter can be answered from it: each has a link of its own.
const ANSWERED: usize = 10;

/// Writes the letter, or says why there is nothing to tell.
pub(super) fn write(
    letters: &Letters,
    app: &App,
    letter: &Letter,
    items: &[Item],
    more: usize,
    gathered: bool,
) -> Result<Written, Error> {
    let accounts = app.accounts();
    let (Some(place), Some(person)) = (place(app, letter)?, letter.recipient) else {
        return Ok(Err("the organization is gone".to_owned()));
    };
    let account = accounts.who_is(place.id(), person)?.filter(|it| it.disabled.is_none());
    let Some(account) = account else {
        return Ok(Err("the person has no account any more, or one that is disabled".to_owned()));
    };
    let now = place.as_of(None)?;
    let access = Access::of(&now.isms, person, now.day);
    let sight = Sight::new(View::new(&now.isms, now.day), &access);
    let open = duties::of(sight);
    let lines: Vec<Line<'_>> = items.iter().filter_map(|it| Line::of(sight, &open, it)).collect();
    let Some(first) = lines.first() else {
        return Ok(Err(
            "nothing of it is still to be told, or the person may not see it".to_owned()
        ));
    };
    let base = format!("{}/o/{}", letters.origin, place.slug());
    let organization = words::organization(&now.isms, place.slug()).to_owned();
    let mut parts = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let asked = question_of(sight, line.item).filter(|_| at < ANSWERED);
        let answer = match asked {
            Some(asked) => {
                let bound = Bound {
                    organization: place.id(),
                    person,
                    account: account.id,
                    question: asked.question,
                    record: asked.record,
                    version: asked.version,
                };
                let token = accounts.ask(&bound)?;
                let link = format!("{}/answer/{}", letters.origin, token.as_str());
                Some((asked.label.to_owned(), link))
            }
            None => None,
        };
        parts.push(Part::Thing {
            says: line.says.clone(),
            record: line.record.clone(),
            more: line.more.clone(),
            answer,
            link: format!("{base}{}", line.path),
        });
    }
    if more > 0 {
        parts.push(Part::Text(format!("And {more} more.")));
    }
    if parts.iter().any(|it| matches!(it, Part::Thing { answer: Some(_), .. })) {
        let days = app::accounts::ANSWER_DAYS;
        parts.push(Part::Soft(format!(
            "The buttons work for you alone, once, for {days} days, without a password: please do \
             not pass them on."
        )));
    }
    if gathered || lines.len() > 1 {
        parts.push(Part::Text(match open.len() {
            0 => "Nothing else waits for you.".to_owned(),
            count => {
                format!("Altogether {} for you.", words::count(count, "thing waits", "things wait"))
            }
        }));
        let link = format!("{base}/work");
        parts.push(Part::Button { label: "My work".to_owned(), link });
    }
    let (heading, subject, thread): (String, String, Option<Id>) = match lines.as_slice() {
        [only] => (only.says.clone(), only.subject.clone(), Some(only.thread)),
        _ => {
            let count = lines.len() + more;
            let subject = format!("{count} things for you at {organization}");
            (format!("{count} things for you"), subject, None)
        }
    };
    let heading = if lines.len() == 1 { organization } else { heading };
    debug_assert!(!first.says.is_empty());
    let dress = Dress { heading, parts, foot: Some(letters.preferences()) };
    Ok(Ok(letters.mail(letter, account.email, account.name, subject, &dress, thread)))
}
