//! `#[derive(Kind)]`, `#[derive(Row)]`, `#[derive(Choice)]` and `#[derive(Stage)]`: they emit data,
//! not behavior. Doc comments become the help texts people read, so a missing one is an error.

mod attributes;
mod choice;
mod kind;

use proc_macro::TokenStream;
use syn::{DeriveInput, Result};

/// Derives `meta::Kind` for a struct:
/// `#[kind(id = "risk", prefix = "RISK", plural = "Risks", clause = "6.1.2", stage = Stage)]`,
/// optionally `label`, `also = "a; b"`, `version = 2`, `controlled`, `sole`.
/// Fields: `#[field(create | leave, material, list, filter, label = "…", also = "a; b")]`.
#[proc_macro_derive(Kind, attributes(kind, field))]
pub fn kind(input: TokenStream) -> TokenStream {
    expand(input, kind::kind)
}

/// Derives `meta::FieldValue` for a flat struct that is one row of a table in a record.
#[proc_macro_derive(Row, attributes(field))]
pub fn row(input: TokenStream) -> TokenStream {
    expand(input, kind::row)
}

/// Derives `meta::Choice`, `meta::FieldValue` and serde for an enum without data;
/// `#[choice(label = "…", also = "a; b")]` on a variant.
#[proc_macro_derive(Choice, attributes(choice))]
pub fn choice(input: TokenStream) -> TokenStream {
    expand(input, choice::choice)
}

/// Derives `meta::Stage` for an enum without data;
/// `#[stage(to = "planned, closed", label = "…", ended, reason, edition)]` on a variant.
#[proc_macro_derive(Stage, attributes(stage))]
pub fn stage(input: TokenStream) -> TokenStream {
    expand(input, choice::stage)
}

fn expand(
    input: TokenStream,
    body: fn(DeriveInput) -> Result<proc_macro2::TokenStream>,
) -> TokenStream {
    let tokens = syn::parse(input).and_then(body);
    tokens.unwrap_or_else(|err| err.to_compile_error()).into()
}
