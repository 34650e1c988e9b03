//! What the person signed in has to decide in a round: as owner of risks, or as whom the method names
//! above the acceptance criteria.

use domain::{
    access::{Act, On},
    risk,
    round::{self, Taken},
};
use jiff::civil::Date;
use kinds::approval::Purpose;
use maud::{Markup, html};
use meta::Choice;

use super::{Here, SHOWN, levels, start};
use crate::{Ask, shell, words};

/// A risk of the round with what is open for the person signed in.
struct Open<'t, 'a> {
    taken: &'t Taken<'a>,
    treatment: bool,
    residual: bool,
    above: bool,
}

/// The form; nothing where nothing is theirs to decide.
pub(super) fn section(ask: &Ask, here: &Here<'_>, all: &[Taken<'_>]) -> Markup {
    let mine = mine(ask, all);
    if mine.is_empty() || ask.is_past() {
        return html! {};
    }
    let ticked = |name: &str, number: u32| ask.form.all(name).any(|it| it == number.to_string());
    let above = mine.iter().any(|it| it.above);
    let tick = |name: &str, number: u32, says: &str, does: &str| {
        html! { label.row { input type="checkbox" name=(name) value=(number) checked[ticked(name, number)] aria-label=(says); (does) } }
    };
    let earliest = mine.iter().filter_map(|it| latest(ask, it)).min();
    let until = match ask.form.get("good_until") {
        Some(typed) => typed.to_owned(),
        None => earliest.map(|it| it.to_string()).unwrap_or_default(),
    };
    html! {
        section.card.flush #mine {
            h2 { "Yours to decide" small { @if above { "you own these, or the method names you for them" } @else { "you own these, or hold the role that does" } } }
            form method="post" action={ (ask.to(&format!("/round/{}", here.record.head.number))) "/decision" } {
                (shell::token(ask))
                div.scroll { table.list {
                    thead { tr { th scope="col" { "Risk" } th scope="col" { "Today" } th scope="col" { "After treatment" } th scope="col" { "Treatment" } th scope="col" { "You approve the treatment" } th scope="col" { "You accept what remains" } @if above { th scope="col" { "You accept it above the criteria" } } } }
                    tbody { @for it in mine.iter().take(SHOWN) {
                        @let record = it.taken.record;
                        @let (number, name, risk) = (record.head.number, record.name(), it.taken.risk);
                        @let owned = round::is_owned_by(ask.view(), risk, ask.person());
                        tr {
                            th scope="row" { (words::record(ask, record)) input type="hidden" name={ "v." (number) } value=(record.head.version); @if let Some(day) = latest(ask, it) { span.why { "accepted until " (words::day(day)) " at most" } } }
                            (levels(ask, it.taken))
                            td { (risk.treatment.iter().map(|it| it.def().label.to_lowercase()).collect::<Vec<_>>().join(", ")) @if let Some(why) = &risk.treatment_reason { span.why { (start(&why.0)) } } }
                            td { @if it.treatment { (tick("treatment", number, &format!("Approve the treatment of {name}"), "approve")) } @else if owned { span.soft { "stands" } } @else { span.soft { "its owner's" } } }
                            td { @if it.residual { (tick("residual", number, &format!("Accept what remains of {name}"), "accept")) } @else if owned { span.soft { "stands" } } @else { span.soft { "its owner's" } } }
                            @if above { td { @if it.above { (tick("above", number, &format!("Accept {name} above the criteria"), "accept")) } } }
                        }
                    } }
                } }
                div.actions.sift {
                    label { span { "Accepted until" } input type="date" name="good_until" min=(ask.day()) value=(until); }
                    label { span { "Anything to add" } input type="text" name="comment" value=(ask.form.get("comment").unwrap_or_default()); }
                    button.btn.go { "Sign what is ticked" }
                    tick-all data-name={ "treatment residual" @if above { " above" } } {}
                }
            }
            @if mine.len() > SHOWN { p.pages.soft { "and " (mine.len() - SHOWN) " more, once these are decided" } }
        }
    }
}

/// The risks of the round about which the person signed in has something to decide.
fn mine<'t, 'a>(ask: &Ask, all: &'t [Taken<'a>]) -> Vec<Open<'t, 'a>> {
    let view = ask.view();
    let live = all.iter().filter(|it| it.record.is_live());
    let each = live.map(|it| {
        let open = round::open(view, it.record, it.risk);
        let owns = round::is_owned_by(view, it.risk, ask.person());
        let on = On::Record(it.record);
        let decides = open.above.is_some_and(|it| it.includes(view, ask.person()))
            && ask.may(Act::Approve(Purpose::GrantException), on);
        Open {
            taken: it,
            treatment: owns && open.treatment,
            residual: owns && open.residual,
            above: decides,
        }
    });
    each.filter(|it| it.treatment || it.residual || it.above).collect()
}

/// The last day until which what is open to be accepted may be.
fn latest(ask: &Ask, it: &Open<'_, '_>) -> Option<Date> {
    risk::accepted_until(ask.view(), it.taken.risk).filter(|_| it.residual || it.above)
}
