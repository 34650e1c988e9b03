//! Saved views: an address of a list with a name, which somebody keeps for themselves.

use maud::{Markup, html};
use meta::{Id, KindDef};
use serde_json::{Value, json};

use super::{Listing, Refused, listing::at};
use crate::{
    Answer, Ask, Problem,
    form::Form,
    problem::{quoted, sentence_of},
    shell,
};

/// A saved view.
pub(super) struct View {
    name: String,
    /// The query of its address.
    query: String,
    /// Whether the list opens with it.
    is_default: bool,
}

/// The longest name, in letters.
const LONGEST: usize = 60;

/// The saved views of a kind, by name.
pub(super) fn of(ask: &Ask, def: &KindDef) -> Result<Vec<View>, Problem> {
    let (account, organization) = owner(ask)?;
    let prefix = key(def, "");
    let accounts = ask.site.app.accounts();
    let kept = accounts.preferences(account, Some(organization), &prefix)?;
    let read = |(key, value): (String, Value)| View {
        name: key[prefix.len()..].to_owned(),
        query: value["query"].as_str().unwrap_or_default().to_owned(),
        is_default: value["default"] == true,
    };
    Ok(kept.into_iter().map(read).collect())
}

/// Where a list leads that is opened without an address of its own.
pub(super) fn opening(ask: &Ask, def: &KindDef) -> Result<Option<String>, Problem> {
    if ask.query.pairs().next().is_some() {
        return Ok(None);
    }
    Ok(of(ask, def)?.iter().find(|it| it.is_default).map(|it| it.address(ask, def)))
}

/// The views as chips, and the way to keep, rename and remove one.
pub(super) fn chips(
    ask: &Ask,
    listing: &Listing<'_>,
    refused: Option<&Refused>,
) -> Result<Markup, Problem> {
    let def = listing.def;
    let views = of(ask, def)?;
    let current = views.iter().find(|it| Some(&it.name) == listing.view.as_ref());
    let query = listing.query.to_string();
    let is_plain = query.is_empty() && current.is_none();
    if views.is_empty() && is_plain && refused.is_none() {
        return Ok(html! {});
    }
    let action = ask.to(&format!("/{}/views", def.id));
    let wrong = match refused {
        Some(Refused::View(why)) => Some(sentence_of(&quoted(why))),
        _ => None,
    };
    let opens = |kept: bool| if wrong.is_some() { ask.form.has("default") } else { kept };
    let name = |kept: &str| {
        let typed = ask.form.get("name").filter(|_| wrong.is_some());
        html! {
            label { "Name" input type="text" name="name" value=(typed.unwrap_or(kept)) maxlength=(LONGEST) required; }
            @if let Some(wrong) = &wrong { p.wrong role="alert" { span { (wrong) } } }
        }
    };
    Ok(html! {
        nav.row.views aria-label="Saved views" {
            @if !views.is_empty() {
                a.chip href=(ask.to(&format!("/{}?view=", def.id))) aria-current=[is_plain.then_some("page")] { "All" }
                @for view in &views {
                    @let is_current = current.is_some_and(|it| it.name == view.name);
                    a.chip href=(view.address(ask, def)) aria-current=[is_current.then_some("page")] { (view.name) }
                }
            }
            details.drop.menu name="menu" open[wrong.is_some()] {
                summary.chip { @if current.is_some() { "This view" } @else { "Keep this view" } }
                div.sheet {
                    @if let Some(view) = current {
                        @if view.query != query {
                            form method="post" action=(action) {
                                (shell::token(ask))
                                input type="hidden" name="query" value=(query);
                                input type="hidden" name="name" value=(view.name);
                                @if view.is_default { input type="hidden" name="default" value="yes"; }
                                button.btn.go name="do" value="save" { "Save it as it is now" }
                            }
                        }
                        form method="post" action=(action) {
                            (shell::token(ask))
                            input type="hidden" name="old" value=(view.name);
                            (name(&view.name))
                            label.row { input type="checkbox" name="default" value="yes" checked[opens(view.is_default)]; span { "The list opens with it" } }
                            div.row {
                                button.btn name="do" value="change" { "Change" }
                                button.btn.danger name="do" value="remove" formnovalidate { "Remove" }
                            }
                        }
                    } @else {
                        form method="post" action=(action) {
                            (shell::token(ask))
                            input type="hidden" name="query" value=(query);
                            (name(""))
                            label.row { input type="checkbox" name="default" value="yes" checked[opens(false)]; span { "The list opens with it" } }
                            p.help { "Only you see it. It keeps the filters, the order and the columns." }
                            button.btn.go name="do" value="save" { "Keep it" }
                        }
                    }
                }
            }
        }
    })
}

/// Keeps, renames or removes a view.
pub(in crate::pages::records) fn change(ask: &Ask) -> Result<Answer, Problem> {
    let def = ask.kind()?;
    let views = of(ask, def)?;
    let name = ask.form.said("name").unwrap_or_default();
    let old = views.iter().find(|it| ask.form.said("old") == Some(&it.name));
    if ask.form.said("do") == Some("remove") {
        let old = old.ok_or(Problem::NotFound)?;
        remove(ask, def, &old.name)?;
        let said = format!("The view “{}” is gone.", old.name);
        return Ok(Answer::done(ask.to(&format!("/{}?view=", def.id)), said, None));
    }
    if name.is_empty() || name.chars().count() > LONGEST || name.contains(char::is_control) {
        let what = format!("give the view a name of at most {LONGEST} letters");
        return again(ask, old, what);
    }
    let is_taken = old.is_some_and(|it| it.name != name) && views.iter().any(|it| it.name == name);
    if is_taken {
        return again(ask, old, format!("you have a view `{name}` already: choose another name"));
    }
    let query = match old {
        Some(view) => view.query.clone(),
        None => ask.form.get("query").unwrap_or_default().to_owned(),
    };
    let view = View { name: name.to_owned(), query, is_default: ask.form.has("default") };
    let others = views.iter().filter(|it| view.is_default && it.is_default && it.name != name);
    for it in others {
        keep(
            ask,
            def,
            &View { name: it.name.clone(), query: it.query.clone(), is_default: false },
        )?;
    }
    keep(ask, def, &view)?;
    if let Some(old) = old.filter(|it| it.name != name) {
        remove(ask, def, &old.name)?;
    }
    Ok(Answer::done(view.address(ask, def), format!("The view “{name}” is kept."), None))
}

/// The list again, with why the view was not kept.
fn again(ask: &Ask, view: Option<&View>, why: String) -> Result<Answer, Problem> {
    let query = view.map_or(ask.form.get("query").unwrap_or_default(), |it| &it.query);
    let query = Form::parse(query.as_bytes()).with("view", view.map(|it| &*it.name));
    super::page(ask, &query, Some(&Refused::View(why)))
}

impl View {
    fn address(&self, ask: &Ask, def: &KindDef) -> String {
        let query = Form::parse(self.query.as_bytes()).with("view", Some(&self.name));
        let pairs = query.pairs().map(|(name, it)| (name.to_owned(), it.to_owned()));
        at(ask, def, pairs)
    }
}

fn keep(ask: &Ask, def: &KindDef, view: &View) -> Result<(), Problem> {
    let (account, organization) = owner(ask)?;
    let value = json!({"query": view.query, "default": view.is_default});
    let accounts = ask.site.app.accounts();
    Ok(accounts.set_preference(account, Some(organization), &key(def, &view.name), &value)?)
}

fn remove(ask: &Ask, def: &KindDef, name: &str) -> Result<(), Problem> {
    let (account, organization) = owner(ask)?;
    ask.site.app.accounts().remove_preference(account, Some(organization), &key(def, name))?;
    Ok(())
}

fn key(def: &KindDef, name: &str) -> String {
    format!("view/{}/{name}", def.id)
}

fn owner(ask: &Ask) -> Result<(Id, Id), Problem> {
    Ok((ask.signed()?.account.id, ask.place()?.organization.id()))
}
