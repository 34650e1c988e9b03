//! The programs that act in an organization, and for whom.

use domain::access::{Act, On};
use maud::html;

use super::page;
use crate::{Answer, Ask, Problem, shell, words};

/// The tokens that open this organization.
pub(super) fn list(ask: &Ask) -> Result<Answer, Problem> {
    let organization = ask.place()?.organization.id();
    let accounts = ask.site.app.accounts();
    let tokens = accounts.tokens_into(organization)?;
    let members = accounts.members(organization)?;
    let manages = ask.may(Act::ManageAccess, On::Everything);
    let owner = |id| members.iter().find(|it| it.0.id == id).map_or("", |it| it.0.name.as_str());
    let body = html! {
        p.lead { "A token lets a program act in somebody's name, through the " a href="/api" { "API" } ". It never allows more than its owner may do, and it always ends." }
        p.after { a.btn.go href="/account/tokens" { "Your own tokens" } }
        @if tokens.is_empty() {
            div.empty { p { "No program has a token here. People make theirs on the page of their account." } }
        } @else {
            section.card.flush {
                h2 { "Tokens that open this organization" small { (tokens.len()) } }
                div.scroll { table.list {
                    thead { tr { th scope="col" { "Name" } th scope="col" { "Acts for" } th scope="col" { "May" } th scope="col" { "Last used" } th scope="col" { "Ends" } @if manages { th scope="col" { "End it" } } } }
                    tbody { @for it in &tokens { tr {
                        th scope="row" { (it.name) }
                        td { (owner(it.account)) }
                        td { (it.scopes.to_string().replace(' ', ", ")) }
                        td { @match it.used { Some(at) => { (words::ago(at, ask.now)) } None => { "never" } } }
                        td { (words::day(it.expires.to_zoned(ask.zone()).date())) }
                        @if manages { td {
                            @if it.organization.is_some() {
                                form method="post" action={ (ask.to("/settings/tokens/")) (it.id) "/revocation" } { (shell::token(ask)) button.btn.small.danger aria-label={ "Revoke " (it.name) } { "Revoke" } }
                            } @else { span.soft { "opens others too" } }
                        } }
                    } } }
                } }
            }
        }
        p.soft.after { "Ending somebody's access here, or disabling their account, stops their programs at once." }
    };
    Ok(page(ask, "/settings/tokens", &body).into())
}

/// Revokes a token that opens this organization and no other.
pub(super) fn revoke(ask: &Ask) -> Result<Answer, Problem> {
    let organization = ask.place()?.organization.id();
    let accounts = ask.site.app.accounts();
    let id: meta::Id = ask.param("token").parse().map_err(|_| Problem::NotFound)?;
    let tokens = accounts.tokens_into(organization)?;
    let token = tokens.iter().find(|it| it.id == id && it.organization == Some(organization));
    let token = token.ok_or(Problem::NotFound)?;
    accounts.revoke_token(token.account, id)?;
    let said = format!("The token “{}” opens nothing any more.", token.name);
    Ok(Answer::done(ask.to("/settings/tokens"), said, None))
}
