//! Enums without data: choices and stages.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Ident, Result, Variant};

use crate::attributes::{Attributes, docs, err, label, snake_case};

/// `#[derive(Choice)]`.
pub fn choice(input: DeriveInput) -> Result<TokenStream> {
    let variants = variants(&input)?;
    let (mut defs, mut names, mut ids) = (Vec::new(), Vec::<&Ident>::new(), Vec::new());
    for variant in variants {
        let id = snake_case(&variant.ident.to_string());
        let attrs = Attributes::read(&variant.attrs, "choice", &["label", "also"])?;
        let (help, also) = (docs(variant, &variant.attrs)?, attrs.list("also", ';'));
        let label = attrs.text("label").unwrap_or_else(|| label(&id));
        defs.push(quote! {
            ::meta::ChoiceDef { id: #id, label: #label, help: #help, also: #also }
        });
        names.push(&variant.ident);
        ids.push(id);
    }
    let ident = &input.ident;
    let expected = format!("one of: {}", ids.join(", "));
    Ok(quote! {
        impl ::meta::Choice for #ident {
            const CHOICES: &'static [::meta::ChoiceDef] = &[#(#defs),*];
            const ALL: &'static [Self] = &[#(Self::#names),*];
            fn def(self) -> &'static ::meta::ChoiceDef {
                &<Self as ::meta::Choice>::CHOICES[self as usize]
            }
        }
        impl ::meta::FieldValue for #ident {
            const TYPE: ::meta::FieldType =
                ::meta::FieldType::Choice(<Self as ::meta::Choice>::CHOICES);
            const LIST: ::core::option::Option<::meta::FieldType> =
                Some(::meta::FieldType::Choices(<Self as ::meta::Choice>::CHOICES));
            fn cell(&self) -> ::meta::Cell<'_> {
                ::meta::Cell::Choice(::meta::Choice::def(*self))
            }
        }
        impl ::serde::Serialize for #ident {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(::meta::Choice::def(*self).id)
            }
        }
        impl<'de> ::serde::Deserialize<'de> for #ident {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let id = <::std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                <Self as ::meta::Choice>::from_id(&id).ok_or_else(|| {
                    ::serde::de::Error::invalid_value(
                        ::serde::de::Unexpected::Str(&id),
                        &#expected,
                    )
                })
            }
        }
    })
}

/// `#[derive(Stage)]`.
pub fn stage(input: DeriveInput) -> Result<TokenStream> {
    let variants = variants(&input)?;
    let ids: Vec<String> = variants.iter().map(|it| snake_case(&it.ident.to_string())).collect();
    let mut defs = Vec::new();
    for (variant, id) in variants.iter().zip(&ids) {
        let known = ["to", "label", "ended", "reason", "edition"];
        let attrs = Attributes::read(&variant.attrs, "stage", &known)?;
        let to = attrs.text("to").unwrap_or_default();
        for next in to.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            if !ids.iter().any(|it| it == next) {
                return err(variant, &format!("`{next}` is not a stage of this kind"));
            }
        }
        let (help, next) = (docs(variant, &variant.attrs)?, attrs.list("to", ','));
        let label = attrs.text("label").unwrap_or_else(|| label(id));
        let [ended, reason, edition] = ["ended", "reason", "edition"].map(|it| attrs.flag(it));
        defs.push(quote! {
            ::meta::StageDef {
                id: #id, label: #label, help: #help, next: #next,
                ended: #ended, reason: #reason, edition: #edition,
            }
        });
    }
    let ident = &input.ident;
    Ok(quote! {
        impl ::meta::Stage for #ident {
            const STAGES: &'static [::meta::StageDef] = &[#(#defs),*];
        }
    })
}

fn variants(input: &DeriveInput) -> Result<Vec<&Variant>> {
    let Data::Enum(data) = &input.data else {
        return err(input, "expected an enum without data");
    };
    if let Some(bad) = data.variants.iter().find(|it| !matches!(it.fields, Fields::Unit)) {
        return err(bad, "an option holds no data");
    }
    Ok(data.variants.iter().collect())
}
