//! Reads doc comments and `#[name(key = value, flag)]` attributes.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, Lit, Meta, Result, Token};

/// The keys of one attribute; a flag has no value.
pub struct Attributes(HashMap<String, Option<Expr>>);

impl Attributes {
    /// Reads every `#[name(…)]`, refusing keys that are not in `known`.
    pub fn read(attrs: &[Attribute], name: &str, known: &[&str]) -> Result<Self> {
        let mut found = HashMap::new();
        for attr in attrs.iter().filter(|it| it.path().is_ident(name)) {
            attr.parse_nested_meta(|meta| {
                let key = meta.path.to_token_stream().to_string();
                if !known.contains(&key.as_str()) {
                    return Err(meta.error(format!("expected one of: {}", known.join(", "))));
                }
                let value = match meta.input.peek(Token![=]) {
                    true => Some(meta.value()?.parse()?),
                    false => None,
                };
                found.insert(key, value);
                Ok(())
            })?;
        }
        Ok(Self(found))
    }

    /// Whether the flag is there.
    pub fn flag(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The text given for a key.
    pub fn text(&self, key: &str) -> Option<String> {
        match self.0.get(key)?.as_ref()? {
            Expr::Lit(lit) => match &lit.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The expression given for a key.
    pub fn expr(&self, key: &str) -> Option<&Expr> {
        self.0.get(key)?.as_ref()
    }

    /// The parts of a text given for a key, split at `separator`, as a static slice.
    pub fn list(&self, key: &str, separator: char) -> TokenStream {
        let text = self.text(key).unwrap_or_default();
        let parts = text.split(separator).map(str::trim).filter(|it| !it.is_empty());
        quote! { &[#(#parts),*] }
    }
}

/// The doc comment, as one line for each paragraph.
pub fn docs(at: &impl ToTokens, attrs: &[Attribute]) -> Result<String> {
    let mut text = String::new();
    for attr in attrs {
        if let Meta::NameValue(pair) = &attr.meta
            && pair.path.is_ident("doc")
            && let Expr::Lit(lit) = &pair.value
            && let Lit::Str(line) = &lit.lit
        {
            let line = line.value();
            let (line, gap) = match line.trim() {
                "" => ("\n", ""),
                line => (line, if text.is_empty() || text.ends_with('\n') { "" } else { " " }),
            };
            text.push_str(gap);
            text.push_str(line);
        }
    }
    if text.trim().is_empty() {
        return err(at, "write a doc comment: it is the help text people see");
    }
    Ok(text)
}

/// `InPart` as `in_part`.
pub fn snake_case(name: &str) -> String {
    let mut text = String::new();
    for (at, c) in name.char_indices() {
        if c.is_uppercase() && at > 0 {
            text.push('_');
        }
        text.extend(c.to_lowercase());
    }
    text
}

/// `in_part` as `In part`.
pub fn label(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// An error at a place.
pub fn err<T>(at: &impl ToTokens, message: &str) -> Result<T> {
    Err(syn::Error::new_spanned(at, message))
}
