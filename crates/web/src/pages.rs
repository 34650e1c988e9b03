//! The pages, one module each; every module has the table of its routes.

pub(crate) mod account;
mod answer;
mod begin;
mod calendar;
mod charts;
mod compare;
mod conformity;
mod documented;
mod employee;
mod first_run;
mod forgotten;
mod gap;
pub(crate) mod history;
mod home;
mod import;
mod invitation;
pub(crate) mod jump;
mod link;
pub(crate) mod matrix;
mod mend;
mod my_work;
mod organizations;
mod read;
pub(crate) mod records;
mod reference;
mod reset;
mod round;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod soa;
mod spine;

pub(crate) use self::account::asked_for;
use crate::{
    assets,
    routes::{Needs, Route, get},
};

/// The tables of all pages.
pub(crate) const TABLES: &[&[Route]] = &[
    &[get("/assets/{edition}/{name}", Needs::Nothing, assets::show)],
    sign_in::ROUTES,
    forgotten::ROUTES,
    link::ROUTES,
    answer::ROUTES,
    account::ROUTES,
    reference::ROUTES,
    organizations::ROUTES,
    settings::ROUTES,
    home::ROUTES,
    soa::ROUTES,
    matrix::ROUTES,
    charts::ROUTES,
    begin::ROUTES,
    employee::ROUTES,
    read::ROUTES,
    gap::ROUTES,
    import::ROUTES,
    spine::ROUTES,
    my_work::ROUTES,
    calendar::ROUTES,
    conformity::ROUTES,
    history::ROUTES,
    compare::ROUTES,
    documented::ROUTES,
    round::ROUTES,
    jump::ROUTES,
    records::ROUTES,
];
