//! The pages, one module each; every module has the table of its routes.

mod home;
mod link;
mod organizations;
pub(crate) mod records;
pub(crate) mod sign_in;

use crate::{
    assets,
    routes::{Needs, Route, get},
};

/// The tables of all pages.
pub(crate) const TABLES: &[&[Route]] = &[
    &[get("/assets/{edition}/{name}", Needs::Nothing, assets::show)],
    sign_in::ROUTES,
    link::ROUTES,
    organizations::ROUTES,
    home::ROUTES,
    records::ROUTES,
];
