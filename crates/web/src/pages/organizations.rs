//! The organizations that somebody belongs to, and new ones.

pub(super) mod begin;

use domain::{
    access::{Access, Act, On, Sight},
    conformity::{Grade, Verdict},
    duties,
};
use maud::{Markup, html};
use meta::Choice;

use crate::{
    Answer, Ask, Problem,
    answer::Page,
    routes::{Needs, Route, get, post},
    words,
};

/// The routes of organizations.
pub(crate) const ROUTES: &[Route] = &[
    get("/", Needs::Nothing, enter),
    get("/organizations", Needs::Account, list),
    get("/organizations/new", Needs::Account, begin::new),
    post("/organizations/new", Needs::Account, begin::create),
];

/// An organization as somebody sees it who belongs to it.
struct Mine {
    slug: String,
    name: String,
    /// The labels of their access profiles today.
    profiles: Vec<&'static str>,
    /// Why there is nothing to look at today, where that is so.
    closed: Option<&'static str>,
    /// How much waits for them, and how much of it is late.
    waiting: usize,
    late: usize,
    /// How much is late there altogether, for who sees everything.
    due: Option<usize>,
    /// What would be raised as a major nonconformity, for who sees everything.
    majors: Option<usize>,
}

/// The only organization, else the list of them. Whoever is not signed in may be the first here.
fn enter(ask: &Ask) -> Result<Answer, Problem> {
    ask.signed()?;
    let mine = slugs(ask)?;
    Ok(Answer::go(match mine.as_slice() {
        [only] if has_access(ask, only)? => format!("/o/{only}"),
        _ => "/organizations".to_owned(),
    }))
}

fn list(ask: &Ask) -> Result<Answer, Problem> {
    let mut mine = slugs(ask)?.iter().map(|it| look(ask, it)).collect::<Result<Vec<_>, _>>()?;
    mine.sort_by(|a, b| {
        (b.due, b.late, b.waiting, &a.name).cmp(&(a.due, a.late, a.waiting, &b.name))
    });
    let body = html! {
        header { h1 { "Your organizations" } @if mine.len() > 1 { p.lead { "Where most is late stands first." } } }
        @if mine.is_empty() {
            div.empty { p { "You do not belong to any organization here yet. Ask for an invitation where you are to work." } }
        } @else {
            div.scroll { table.list {
                thead { tr {
                    th scope="col" { "Organization" } th scope="col" { "Your access" }
                    th scope="col" { "Late there" } th scope="col" { "Late of yours" } th scope="col" { "Waits for you" } th scope="col" { "Majors open" }
                } }
                tbody { @for it in &mine { (row(it)) } }
            } }
        }
        @if begin::may(ask)? { p { a.btn href="/organizations/new" { "Begin another organization" } } }
    };
    Ok(Page::new("Your organizations", body).wide().into())
}

fn row(mine: &Mine) -> Markup {
    let path = format!("/o/{}", mine.slug);
    let has_access = mine.closed.is_none();
    html! {
        tr {
            th.when scope="row" {
                @if has_access { a.to href=(path) { (mine.name) } } @else { (mine.name) }
                " " span.ref { (mine.slug) }
            }
            td {
                (mine.profiles.join(", "))
                @if let Some(closed) = mine.closed { p.soft { (closed) } }
            }
            td { @match mine.due {
                None => { span.soft { "not shown to you" } }
                Some(0) => { span.soft { "nothing" } }
                Some(count) => { a.st.bad href=(path) { (count) " late" } }
            } }
            td { @if mine.late > 0 { a.st.bad href={ (path) "/work" } { (mine.late) " late" } } @else { span.soft { "nothing" } } }
            td { @if mine.waiting > 0 { a.to href={ (path) "/work" } { (words::count(mine.waiting, "thing", "things")) } } @else { span.soft { "nothing" } } }
            td {
                @match mine.majors {
                    None => { span.soft { "not shown to you" } }
                    Some(0) => { span.soft { "none found" } }
                    Some(count) => { a.st.bad href={ (path) "/conformity" } { (count) } }
                }
            }
        }
    }
}

fn look(ask: &Ask, slug: &str) -> Result<Mine, Problem> {
    let organization = ask.site.app.organization(Some(slug))?;
    let person = ask.site.app.accounts().person(ask.signed()?.account.id, organization.id())?;
    let person = person.ok_or(Problem::NotFound)?;
    let now = organization.as_of(None)?;
    let access = Access::of(&now.isms, person, now.day);
    let sees = access.may(now.view(), Act::SeeEverything, On::Everything);
    let beside = ask.site.beside(&organization);
    let found = sees.then(|| beside.verdicts.present(&now.isms, now.day));
    let majors = found.as_ref().map(|found| {
        let is_major = |it: &&domain::conformity::Judged| {
            it.outcome.verdict == Verdict::Fail && it.outcome.grade == Some(Grade::Major)
        };
        found.report.results.iter().filter(is_major).count()
    });
    let duties = duties::of(Sight::new(now.view(), &access));
    let is_expected = now.isms.get(person).is_some_and(|it| it.stage().id == "expected");
    Ok(Mine {
        slug: slug.to_owned(),
        name: words::organization(&now.isms, slug).to_owned(),
        profiles: access.profiles().iter().map(|it| it.def().label).collect(),
        closed: match access.day_to_show(now.day) {
            Some(_) => None,
            None if is_expected => Some(
                "none yet: you are still expected there, and an administrator must make you active",
            ),
            None if access.profiles().is_empty() => Some("none today: ask an administrator there"),
            None => Some("no day yet: an administrator there says which days you look at"),
        },
        waiting: duties.len(),
        late: duties.iter().filter(|it| it.day.is_some_and(|day| day < now.day)).count(),
        due: found.as_ref().map(|it| it.standing.due.late_counts.iter().map(|it| it.1).sum()),
        majors,
    })
}

/// Whether somebody may see anything in an organization that they belong to.
fn has_access(ask: &Ask, slug: &str) -> Result<bool, Problem> {
    let organization = ask.site.app.organization(Some(slug))?;
    let account = ask.signed()?.account.id;
    let Some(person) = ask.site.app.accounts().person(account, organization.id())? else {
        return Ok(false);
    };
    let now = organization.as_of(None)?;
    Ok(Access::of(&now.isms, person, now.day).day_to_show(now.day).is_some())
}

/// The short names of the organizations that whoever asks belongs to.
fn slugs(ask: &Ask) -> Result<Vec<String>, Problem> {
    let belongings = ask.site.app.accounts().belongings(ask.signed()?.account.id)?;
    let known = ask.site.app.organizations()?;
    let is_mine = |id| belongings.iter().any(|it| it.organization == id);
    Ok(known.into_iter().filter(|it| is_mine(it.organization)).map(|it| it.slug).collect())
}
