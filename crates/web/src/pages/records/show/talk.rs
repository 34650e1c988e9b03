//! What was said about a record, and the files kept with it.

use domain::access::{Act, On};
use maud::{Markup, html};
use meta::{FileRef, Record};

use crate::{Ask, shell, words};

/// Every file that a record names.
pub(super) fn files_of(record: &Record) -> Vec<FileRef> {
    let mut files = Vec::new();
    app::named_files(record, &mut |it| files.push(it.clone()));
    files
}

/// The files kept with a record, and room to drop more.
pub(super) fn attachments(ask: &Ask, record: &Record) -> Markup {
    let kept: Vec<&FileRef> = record.head.extras.iter().flat_map(|it| &it.attachments).collect();
    let may = ask.may(Act::Edit, On::Record(record)) && !record.is_erased();
    if kept.is_empty() && !may {
        return html! {};
    }
    html! {
        section.card #attachments {
            h2 { "Attachments" @if !kept.is_empty() { small { (kept.len()) } } }
            ul.timeline { @for file in &kept {
                li { span { a.to href={ (ask.to(&format!("/file/{}", file.sha256))) "?of=" (record.head.id) } { (file.name) } " " span.soft { (words::size(file.size)) } } }
            } }
            @if may {
                drop-files {
                    form.row method="post" action={ (ask.to_record(record)) "/attachment" } enctype="multipart/form-data" {
                        (shell::token(ask))
                        input type="file" name="file" multiple required aria-label="Files to keep with this record";
                        button.btn.small { "Keep" }
                    }
                }
            }
        }
    }
}

/// The comments on a record, oldest first, and room for another.
pub(super) fn comments(ask: &Ask, record: &Record) -> Markup {
    let (sight, zone) = (ask.sight(), ask.zone());
    let about = kinds::kind("comment").and_then(|it| it.field("about")).map(|it| it.0);
    let mut rows: Vec<&Record> = ask
        .isms()
        .links_to(record.head.id)
        .filter(|it| about == Some(usize::from(it.field)))
        .filter_map(|it| sight.get(it.source))
        .filter(|it| it.def().id == "comment" && !it.head.withdrawn)
        .collect();
    rows.sort_by_key(|it| it.head.created);
    let may = ask.may(Act::Comment, On::Record(record));
    if rows.is_empty() && !may {
        return html! {};
    }
    html! {
        section.card #comments {
            h2 { "Comments" @if !rows.is_empty() { small { (rows.len()) } } }
            ul.timeline { @for row in &rows {
                @let moment = ask.isms().moment(row.head.created);
                li {
                    span.row {
                        strong { (words::person(&sight, moment.and_then(|it| it.actor))) }
                        @if let Some(moment) = moment { span.soft { (words::moment(moment.at, &zone)) } }
                        a.ref href=(ask.to_record(row)) { (row.name()) }
                    }
                    (words::markdown(row.cell("text").text().unwrap_or_default()))
                }
            } }
            @if may {
                form.form method="post" action={ (ask.to_record(record)) "/comment" } {
                    (shell::token(ask))
                    div.field {
                        label for="comment-text" { "Say something" }
                        p.help { "Write @ and a name to mention somebody." }
                        name-people data-from=(ask.to("/pick")) data-kinds="person" {
                            textarea #comment-text name="text" rows="2" required { "\n" (ask.form.get("text").unwrap_or_default()) }
                        }
                    }
                    div.row { button.btn { "Comment" } }
                }
            }
        }
    }
}
