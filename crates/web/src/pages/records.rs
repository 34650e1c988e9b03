//! Pages for every kind, from its definition: list, record, form, and what is done with a record.

mod acts;
mod form;
mod groups;
mod list;
mod pick;
mod show;

pub(crate) use self::{
    acts::waiting,
    list::Marks,
    show::{differences, grade_class},
};
use crate::routes::{Needs, Route, get, post};

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
    post("/o/{place}/{kind}/{number}/stage", Needs::Member, |it| acts::on_page(it, acts::stage)),
    post("/o/{place}/{kind}/{number}/review", Needs::Member, |it| acts::on_page(it, acts::review)),
    post("/o/{place}/{kind}/{number}/confirm", Needs::Member, |it| {
        acts::on_page(it, acts::confirm)
    }),
    post("/o/{place}/{kind}/{number}/approval", Needs::Member, |it| {
        acts::on_page(it, acts::approve)
    }),
    post("/o/{place}/{kind}/{number}/request", Needs::Member, |it| {
        acts::on_page(it, acts::request)
    }),
    post("/o/{place}/{kind}/{number}/withdrawal", Needs::Member, |it| {
        acts::on_page(it, acts::withdraw)
    }),
    post("/o/{place}/{kind}/{number}/reinstatement", Needs::Member, |it| {
        acts::on_page(it, acts::reinstate)
    }),
    post("/o/{place}/{kind}/{number}/comment", Needs::Member, |it| {
        acts::on_page(it, acts::comment)
    }),
    post("/o/{place}/{kind}/{number}/attachment", Needs::Member, |it| {
        acts::on_page(it, acts::attach)
    }),
    post("/o/{place}/{kind}/{number}/restore", Needs::Member, |it| {
        acts::on_page(it, acts::restore)
    }),
    get("/o/{place}/file/{sha256}", Needs::Member, show::file),
];
