//! What a handler gets: who asks, for what, in which organization, as of when.

use std::{net::IpAddr, sync::Arc};

use app::{
    Organization, Past, Point, Receipt, Request,
    accounts::{AccessToken, Account, Session},
};
use axum::{
    body::Bytes,
    http::{HeaderMap, Method},
};
use domain::{
    Actor, Command, Isms, Step, View,
    access::{Access, Act, On, Sight},
    query::Asker,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use meta::{Id, KindDef, Record};

use crate::{
    Problem, Site, cookie,
    form::Form,
    routes::Needs,
    security,
    site::Beside,
    upload::Upload,
    verdicts::{Found, Verdicts},
};

/// A request, as handlers see it.
pub struct Ask {
    /// The site.
    pub site: Arc<Site>,
    /// The method.
    pub method: Method,
    /// The path as asked for.
    pub path: String,
    /// What stands behind the `?`.
    pub query: Form,
    /// What the form said.
    pub form: Form,
    /// The files that came with the form.
    pub uploads: Vec<Upload>,
    /// From where it was asked.
    pub address: IpAddr,
    /// When.
    pub now: Timestamp,
    /// What the log calls it by.
    pub id: String,
    /// What came with it, where a program sent it.
    pub(crate) body: Bytes,
    /// The token by which a program asks.
    pub(crate) bearer: Option<Arc<AccessToken>>,
    pub(crate) headers: HeaderMap,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) signed: Option<Signed>,
    pub(crate) place: Option<Place>,
}

/// Who is signed in.
pub struct Signed {
    /// The account.
    pub account: Account,
    /// The session.
    pub session: Session,
    /// The session's token, as the cookie has it.
    pub token: String,
}

/// The organization whose page is asked for, and what whoever asks is in it.
pub struct Place {
    /// The organization.
    pub organization: Arc<Organization>,
    /// The records at the point asked for, and the day.
    pub past: Arc<Past>,
    /// The point asked for; `None` for the present.
    pub as_of: Option<Point>,
    /// The person who asks.
    pub person: Id,
    /// What they may do.
    pub access: Arc<Access>,
    /// Whether the organization wants a second factor of everybody.
    pub asks_second: bool,
    pub(crate) beside: Arc<Beside>,
}

/// Whether a record may be seen.
pub(crate) type Sees<'a> = Box<dyn Fn(&Record) -> bool + 'a>;

impl Ask {
    /// The part of the path with this name; empty when the route has none.
    pub fn param(&self, name: &str) -> &str {
        self.params.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str())
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let headers = self.headers.get_all("cookie").iter();
        headers.filter_map(|it| it.to_str().ok()).find_map(|it| cookie::read(it, name))
    }

    /// The text of a header.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }

    /// Whether our script asks for a part of the page only.
    pub fn wants_part(&self) -> bool {
        self.header("x-part") == "1"
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// [`Problem::SignIn`] when nobody is.
    pub fn signed(&self) -> Result<&Signed, Problem> {
        self.signed.as_ref().ok_or(Problem::SignIn)
    }

    /// Goes on only if whoever asks proved within the last quarter of an hour who they are, with
    /// their second factor where they have one: for what outlasts a session. Who has nothing to
    /// prove it with goes on.
    ///
    /// # Errors
    /// [`Problem::Confirm`], which becomes a page that asks, and keeps what was typed;
    /// [`Problem::SignIn`] when nobody is signed in.
    pub fn recent(&self) -> Result<(), Problem> {
        let signed = self.signed()?;
        let accounts = self.site.app.accounts();
        let has_second = accounts.factors(signed.account.id)?.is_second();
        if signed.session.is_recent(has_second, self.now) {
            return Ok(());
        }
        let can_prove = has_second
            || signed.account.has_password()
            || accounts
                .identities(signed.account.id)?
                .iter()
                .any(|it| self.site.provider(&it.provider).is_some());
        if can_prove { Err(Problem::Confirm) } else { Ok(()) }
    }

    /// The token that forms carry; empty when nobody is signed in.
    pub fn form_token(&self) -> String {
        self.signed.as_ref().map(|it| security::form_token(&it.token)).unwrap_or_default()
    }

    /// The organization asked for. Routes below `/o/{place}` always have one.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when the route has none.
    pub fn place(&self) -> Result<&Place, Problem> {
        self.place.as_ref().ok_or(Problem::NotFound)
    }

    /// The path of the organization asked for, at the point asked for: `/o/acme@2026-03-31`; or
    /// `/` outside of one.
    pub fn base(&self) -> String {
        match &self.place {
            Some(place) => match place.as_of {
                Some(point) => format!("/o/{}@{}", place.organization.slug(), said(point)),
                None => format!("/o/{}", place.organization.slug()),
            },
            None => "/".to_owned(),
        }
    }

    /// A path below the organization: `to("/risk/12")`.
    pub fn to(&self, path: &str) -> String {
        format!("{}{path}", self.base())
    }

    /// The page of a record.
    pub fn to_record(&self, record: &Record) -> String {
        format!("{}/{}/{}", self.base(), record.def().id, record.head.number)
    }

    /// What whoever asks may see, at the point asked for.
    ///
    /// # Panics
    /// On a route outside of an organization.
    pub fn sight(&self) -> Sight<'_> {
        let place = self.here();
        Sight::new(place.past.view(), &place.access)
    }

    /// Which records whoever asks may see; `None` for all.
    ///
    /// # Panics
    /// On a route outside of an organization.
    pub(crate) fn sees(&self) -> Option<Sees<'_>> {
        let sight = self.sight();
        let some: Sees<'_> = Box::new(move |it| sight.sees(it));
        (!sight.sees_every_record()).then_some(some)
    }

    /// Who asks lists and searches, with what is kept for them.
    ///
    /// # Panics
    /// On a route outside of an organization.
    pub(crate) fn asker<'a>(&'a self, sees: &'a Option<Sees<'a>>) -> Asker<'a> {
        let place = self.here();
        Asker {
            view: place.past.view(),
            cache: &place.beside.lists,
            me: Some(place.person),
            sees: sees.as_deref(),
            reads: None,
        }
    }

    /// Everything at the point asked for: for what [`Act::SeeEverything`] was asked before,
    /// or [`Act::SeeRegisters`] for what is made of risks and controls.
    ///
    /// # Panics
    /// On a route outside of an organization.
    pub fn view(&self) -> View<'_> {
        self.here().past.view()
    }

    /// All records at the point asked for.
    ///
    /// # Panics
    /// On a route outside of an organization.
    pub fn isms(&self) -> &Isms {
        &self.here().past.isms
    }

    /// Another point, for what may be done there by whoever asks.
    ///
    /// # Errors
    /// When it lies outside of the ledger, or of the time that whoever asks looks at.
    pub(crate) fn point(&self, point: Point, act: Act) -> Result<Arc<Past>, app::Error> {
        let place = self.here();
        let past = place.beside.pasts.at(&place.organization, point)?;
        match place.access.may(past.view(), act, On::Everything) {
            true => Ok(past),
            false => {
                Err(app::Error::Wrong(format!("{} lies outside the time you look at", past.day)))
            }
        }
    }

    /// The day of the point asked for.
    ///
    /// # Panics
    /// On a route outside of an organization.
    pub fn day(&self) -> Date {
        self.here().past.day
    }

    /// The person who asks.
    ///
    /// # Panics
    /// On a route outside of an organization.
    pub fn person(&self) -> Id {
        self.here().person
    }

    /// Whether an earlier point is looked at: nothing is written there.
    pub fn is_past(&self) -> bool {
        self.place.as_ref().is_some_and(|it| it.as_of.is_some())
    }

    /// The organization's time zone.
    pub fn zone(&self) -> TimeZone {
        domain::parameters::time_zone(self.isms())
    }

    /// Whether whoever asks may do this now; never in the past, except to see.
    pub fn may(&self, act: Act, on: On<'_>) -> bool {
        let place = self.here();
        (act.is_reading() || place.as_of.is_none()) && place.access.may(place.past.view(), act, on)
    }

    /// As [`Ask::may`], for handlers that cannot go on without.
    ///
    /// # Errors
    /// [`Problem::ReadOnly`] or [`Problem::Forbidden`].
    pub fn must(&self, act: Act, on: On<'_>) -> Result<(), Problem> {
        if self.may(act, on) {
            return Ok(());
        }
        if self.is_past() && self.here().access.may(self.view(), act, on) {
            return Err(Problem::ReadOnly);
        }
        Err(Problem::Forbidden(
            "your access does not include this: ask an administrator of your organization"
                .to_owned(),
        ))
    }

    /// Whether whoever asks may make records of a kind now.
    pub fn may_make(&self, kind: &str) -> bool {
        kinds::kind(kind).is_some_and(|it| self.may(Act::Create, On::Kind(it)))
    }

    /// The kind named in the path.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when there is none of that name.
    pub fn kind(&self) -> Result<&'static KindDef, Problem> {
        let id = self.param("kind");
        kinds::KINDS.iter().copied().find(|it| it.id == id).ok_or(Problem::NotFound)
    }

    /// The record named in the path by kind and number.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when there is none, or whoever asks may not see it.
    pub fn record(&self) -> Result<&Record, Problem> {
        let kind = self.kind()?;
        let number = self.param("number").parse().map_err(|_| Problem::NotFound)?;
        let place = self.place()?;
        let record = place.past.isms.numbered(kind.id, number).ok_or(Problem::NotFound)?;
        let sees = place.access.may(place.past.view(), Act::See, On::Record(record));
        if sees { Ok(record) } else { Err(Problem::NotFound) }
    }

    /// Does a command in the name of whoever asks, on the newest state.
    ///
    /// # Errors
    /// When it is refused, or the machine failed.
    pub fn execute(&self, command: Command) -> Result<Receipt, Problem> {
        self.execute_with(command, Vec::new())
    }

    /// As [`Ask::execute`], with files that the command names and that are stored already.
    ///
    /// # Errors
    /// When it is refused, or the machine failed.
    pub fn execute_with(
        &self,
        command: Command,
        files: Vec<app::FileStored>,
    ) -> Result<Receipt, Problem> {
        let place = self.place()?;
        if place.as_of.is_some() {
            return Err(Problem::ReadOnly);
        }
        let actor = Actor::Person(place.person);
        let _span = tracing::info_span!("commit").entered();
        let request = Request { actor, via: "web", command, files, bound: true };
        Ok(place.organization.execute(request)?)
    }

    /// Does one step.
    ///
    /// # Errors
    /// When it is refused, or the machine failed.
    pub fn step(&self, step: Step) -> Result<Receipt, Problem> {
        self.execute(Command::one(step))
    }

    /// The last finished verdicts: perhaps of an entry a moment ago, which they name.
    ///
    /// # Panics
    /// On a route outside of an organization.
    pub fn verdicts(&self) -> Arc<domain::conformity::Report> {
        self.found().report.clone()
    }

    /// The last finished verdicts, with where the organization stands by them.
    pub(crate) fn found(&self) -> Arc<Found> {
        let place = self.here();
        let verdicts: &Arc<Verdicts> = &place.beside.verdicts;
        match place.as_of {
            None => verdicts.present(&place.past.isms, place.past.day),
            Some(_) => verdicts.past(place.past.view()),
        }
    }

    pub(crate) fn here(&self) -> &Place {
        self.place.as_ref().expect("the router finds the organization before the handler runs")
    }

    /// Whether the needs of a route are met.
    pub(crate) fn meets(&self, needs: Needs) -> Result<(), Problem> {
        match needs {
            Needs::Nothing => Ok(()),
            Needs::Account => self.signed().map(drop),
            Needs::Member => self.signed().and(self.place().map(drop)),
            Needs::May(act) => {
                self.signed()?;
                self.place()?;
                self.must(act, On::Everything)
            }
        }
    }
}

fn said(point: Point) -> String {
    match point {
        Point::Seq(seq) => seq.to_string(),
        Point::Day(day) => day.to_string(),
    }
}
