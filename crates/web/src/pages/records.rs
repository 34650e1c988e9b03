//! Pages for every kind, from its definition: list, record, form, and what is done with a record.

mod acts;
mod form;
mod groups;
mod list;
mod pick;
mod show;

pub(crate) use self::{
    acts::waiting,
    list::{Marks, reads_editions},
    show::{differences, grade_class},
};
use crate::routes::{Needs, Route, get, post};

/// A form of one act on a record, which leads back to its page.
macro_rules! act {
    ($path:literal, $act:path) => {
        post($path, Needs::Member, |it| acts::on_page(it, $act))
    };
}

/// The routes of records.
pub(crate) const ROUTES: &[Route] = &[
    get("/o/{place}/registers", Needs::Member, list::registers),
    get("/o/{place}/pick", Needs::Member, pick::pick),
    get("/o/{place}/level", Needs::Member, crate::widget::level),
    post("/o/{place}/preview", Needs::Member, form::preview),
    get("/o/{place}/{kind}", Needs::Member, list::list),
    get("/o/{place}/{kind}/export/{form}", Needs::Member, list::export),
    post("/o/{place}/{kind}/bulk", Needs::Member, list::act),
    post("/o/{place}/{kind}/views", Needs::Member, list::change),
    get("/o/{place}/{kind}/new", Needs::Member, form::new),
    post("/o/{place}/{kind}/new", Needs::Member, form::create),
    get("/o/{place}/{kind}/{number}", Needs::Member, show::show),
    get("/o/{place}/{kind}/{number}/edit", Needs::Member, form::edit),
    post("/o/{place}/{kind}/{number}/edit", Needs::Member, form::update),
    act!("/o/{place}/{kind}/{number}/stage", acts::stage),
    act!("/o/{place}/{kind}/{number}/review", acts::review),
    act!("/o/{place}/{kind}/{number}/confirm", acts::confirm),
    act!("/o/{place}/{kind}/{number}/approval", acts::approve),
    act!("/o/{place}/{kind}/{number}/request", acts::request),
    act!("/o/{place}/{kind}/{number}/withdrawal", acts::withdraw),
    act!("/o/{place}/{kind}/{number}/reinstatement", acts::reinstate),
    act!("/o/{place}/{kind}/{number}/comment", acts::comment),
    act!("/o/{place}/{kind}/{number}/attachment", acts::attach),
    act!("/o/{place}/{kind}/{number}/restore", acts::restore),
    get("/o/{place}/file/{sha256}", Needs::Member, show::file),
];
