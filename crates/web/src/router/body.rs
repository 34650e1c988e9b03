//! What was sent: the fields and files of a form, read as far as they are taken.

use std::{io::Write, time::Duration};

use axum::{
    body::Body,
    extract::{FromRequest, Multipart, Request},
    http::{header, request::Parts},
};
use futures_util::StreamExt;

use crate::{
    Problem, Site,
    form::{Form, MOST_FIELDS},
    patience::patient,
    upload::Upload,
};

/// The largest form without files, in bytes.
const LARGEST_FORM: usize = 4 << 20;
/// What names fields and files beside their contents, at most, in bytes.
const AROUND: u64 = 1 << 20;
/// So much more is read and thrown away, so that who sends it hears the answer.
const THROWN_AWAY: usize = 64 << 20;
/// And so long.
const LISTENING: Duration = Duration::from_secs(10);

/// Fields and files.
pub(super) type Sent = (Form, Vec<Upload>);

/// Reads a form.
pub(super) async fn read(site: &Site, parts: &Parts, body: Body) -> Result<Sent, Problem> {
    let media = parts.headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let has_files = media.is_some_and(|it| it.starts_with("multipart/form-data"));
    let largest = match has_files {
        true => site.settings.largest_upload,
        false => LARGEST_FORM as u64,
    };
    let said =
        parts.headers.get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse().ok());
    let body = patient(body, site.settings.patience);
    if said
        .is_some_and(|said: u64| said > largest.saturating_add(if has_files { AROUND } else { 0 }))
    {
        // Who waits to be told to send it is not.
        if !parts.headers.contains_key(header::EXPECT) {
            throw_away(body).await;
        }
        return Err(Problem::TooLarge(largest));
    }
    match has_files {
        true => read_multipart(site, parts, body).await,
        false => read_fields(body).await,
    }
}

async fn read_fields(body: Body) -> Result<Sent, Problem> {
    let mut pieces = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.next().await {
        bytes.extend_from_slice(&piece.map_err(|_| cut_off())?);
        if bytes.len() > LARGEST_FORM {
            throw_away(Body::from_stream(pieces)).await;
            return Err(Problem::TooLarge(LARGEST_FORM as u64));
        }
    }
    if form_urlencoded::parse(&bytes).nth(MOST_FIELDS).is_some() {
        return Err(too_many());
    }
    Ok((Form::parse(&bytes), Vec::new()))
}

async fn read_multipart(site: &Site, parts: &Parts, body: Body) -> Result<Sent, Problem> {
    let request = Request::from_parts(parts.clone(), body);
    let mut multipart = Multipart::from_request(request, &())
        .await
        .map_err(|_| Problem::Wrong("this is no form".to_owned()))?;
    let (mut form, mut uploads) = Sent::default();
    let (mut taken, largest) = (0u64, site.settings.largest_upload);
    let (mut fields, mut said) = (0usize, 0usize);
    while let Some(mut field) = multipart.next_field().await.map_err(|_| cut_off())? {
        fields += 1;
        if fields > MOST_FIELDS {
            return Err(too_many());
        }
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let mut text = Vec::new();
        let mut file = match file_name {
            Some(_) => Some(site.shelf.file()?),
            None => None,
        };
        while let Some(chunk) = field.chunk().await.map_err(|_| cut_off())? {
            taken += chunk.len() as u64;
            if taken > largest {
                return Err(Problem::TooLarge(largest));
            }
            match &mut file {
                Some(file) => file.write_all(&chunk)?,
                None => {
                    said += chunk.len();
                    if said > LARGEST_FORM {
                        return Err(Problem::TooLarge(LARGEST_FORM as u64));
                    }
                    text.extend_from_slice(&chunk);
                }
            }
        }
        match (file, file_name) {
            (Some(file), Some(file_name)) => {
                let upload = Upload::new(name, &file_name, file)?;
                // A file field that nobody filled arrives without a name and empty.
                if upload.size > 0 || !file_name.is_empty() {
                    uploads.push(upload);
                }
            }
            _ => form.push(name, String::from_utf8_lossy(&text)),
        }
    }
    Ok((form, uploads))
}

/// Reads on for a while. Closing a connection that still brings something would take the answer
/// from who asked.
async fn throw_away(body: Body) {
    let mut pieces = body.into_data_stream();
    let reading = async {
        let mut left = THROWN_AWAY;
        while let Some(Ok(piece)) = pieces.next().await {
            match left.checked_sub(piece.len()) {
                Some(rest) => left = rest,
                None => break,
            }
        }
    };
    // Whoever sends more than that has not asked to be heard.
    tokio::time::timeout(LISTENING, reading).await.ok();
}

fn cut_off() -> Problem {
    Problem::Wrong("the form did not arrive whole, or too slowly: send it again".to_owned())
}

/// A form that is cut off would empty what it does not hold.
fn too_many() -> Problem {
    Problem::Wrong(format!(
        "this holds more fields than any form of ours ({MOST_FIELDS}): nothing was changed"
    ))
}
