//! Structs: kinds of record and rows of a table in one.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Field, Fields, Result};

use crate::attributes::{Attributes, docs, err, label};

/// `#[derive(Kind)]`.
pub fn kind(input: DeriveInput) -> Result<TokenStream> {
    let known = [
        "id",
        "prefix",
        "label",
        "plural",
        "clause",
        "also",
        "version",
        "controlled",
        "sole",
        "stage",
    ];
    let attrs = Attributes::read(&input.attrs, "kind", &known)?;
    let text = |key: &str| match attrs.text(key) {
        Some(text) => Ok(text),
        None => err(&input.ident, &format!("missing #[kind({key} = \"…\")]")),
    };
    let (id, prefix, plural, clause) =
        (text("id")?, text("prefix")?, text("plural")?, text("clause")?);
    let Some(stage) = attrs.expr("stage") else {
        return err(&input.ident, "missing #[kind(stage = Stage)]");
    };
    let label = attrs.text("label").unwrap_or_else(|| label(&id));
    let version = attrs.expr("version").map_or(quote!(1), |it| quote!(#it));
    let (controlled, sole) = (attrs.flag("controlled"), attrs.flag("sole"));
    let (help, also) = (docs(&input.ident, &input.attrs)?, attrs.list("also", ';'));

    let named = named(&input)?;
    if named.first().and_then(|it| it.ident.as_ref()).is_none_or(|it| it != "title") {
        return err(&input.ident, "the first field of a kind is `title`");
    }
    let (defs, cells) = fields(&named)?;
    let ident = &input.ident;
    Ok(quote! {
        impl ::meta::Kind for #ident {
            const ID: &'static str = #id;
            const DEF: &'static ::meta::KindDef = &::meta::KindDef {
                id: #id,
                prefix: #prefix,
                label: #label,
                plural: #plural,
                help: #help,
                clause: #clause,
                body_version: #version,
                controlled: #controlled,
                sole: #sole,
                fields: &[#(#defs),*],
                stages: <#stage as ::meta::Stage>::STAGES,
                also: #also,
                parse: ::meta::parse::<#ident>,
            };
            fn cell(&self, field: usize) -> ::meta::Cell<'_> {
                match field {
                    #(#cells)*
                    _ => ::meta::Cell::Empty,
                }
            }
        }
    })
}

/// `#[derive(Row)]`.
pub fn row(input: DeriveInput) -> Result<TokenStream> {
    let named = named(&input)?;
    let (defs, cells) = fields(&named)?;
    let ident = &input.ident;
    Ok(quote! {
        impl #ident {
            /// The columns of the table.
            pub const ROW: &'static ::meta::RowDef = &::meta::RowDef { fields: &[#(#defs),*] };
        }
        impl ::meta::RowCells for #ident {
            fn fields(&self) -> &'static [::meta::FieldDef] {
                Self::ROW.fields
            }
            fn cell(&self, field: usize) -> ::meta::Cell<'_> {
                match field {
                    #(#cells)*
                    _ => ::meta::Cell::Empty,
                }
            }
        }
        impl ::meta::FieldValue for #ident {
            const TYPE: ::meta::FieldType = ::meta::FieldType::Rows(Self::ROW);
            const LIST: ::core::option::Option<::meta::FieldType> =
                Some(::meta::FieldType::Rows(Self::ROW));
            fn cell(&self) -> ::meta::Cell<'_> {
                ::meta::Cell::Row(self)
            }
        }
    })
}

fn fields(named: &[&Field]) -> Result<(Vec<TokenStream>, Vec<TokenStream>)> {
    let (mut defs, mut cells) = (Vec::new(), Vec::new());
    for (at, field) in named.iter().enumerate() {
        let known = ["create", "leave", "material", "list", "filter", "label", "also"];
        let attrs = Attributes::read(&field.attrs, "field", &known)?;
        let ident = field.ident.as_ref().expect("named fields have names");
        let (name, ty) = (ident.to_string(), &field.ty);
        let (help, also) = (docs(field, &field.attrs)?, attrs.list("also", ';'));
        let label = attrs.text("label").unwrap_or_else(|| label(&name));
        let need = match (attrs.flag("create"), attrs.flag("leave")) {
            (true, _) => quote!(Create),
            (_, true) => quote!(Leave),
            _ => quote!(Optional),
        };
        let [material, list, filter] = ["material", "list", "filter"].map(|it| attrs.flag(it));
        defs.push(quote! {
            ::meta::FieldDef {
                name: #name, label: #label, help: #help,
                ty: <#ty as ::meta::FieldValue>::TYPE,
                need: ::meta::Need::#need,
                material: #material, list: #list, filter: #filter, also: #also,
            }
        });
        cells.push(quote! { #at => ::meta::FieldValue::cell(&self.#ident), });
    }
    Ok((defs, cells))
}

fn named(input: &DeriveInput) -> Result<Vec<&Field>> {
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(named) => Ok(named.named.iter().collect()),
            _ => err(&input.ident, "name the fields"),
        },
        _ => err(&input.ident, "expected a struct"),
    }
}
