//! What a program sends: JSON, or the bytes of a file.

use std::io::Write;

use axum::{
    body::{Body, Bytes},
    http::{StatusCode, header, request::Parts},
};
use futures_util::StreamExt;

use crate::{Problem, Site, api::Fault, form::Form, upload::Upload};

/// What came with a request.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) body: Bytes,
    pub(super) uploads: Vec<Upload>,
}

/// The largest body of JSON, in bytes: a batch of some ten thousand records.
const LARGEST: usize = 16 << 20;

/// What did not arrive whole.
const CUT_OFF: &str = "what you sent did not arrive whole: send it again";

/// Reads JSON.
pub(super) async fn read_json(parts: &Parts, body: Body) -> Result<Sent, Fault> {
    let media = parts.headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let media = media.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case("application/json") {
        let detail = "send `Content-Type: application/json`";
        return Err(Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Not JSON", detail));
    }
    let mut pieces = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.next().await {
        bytes.extend_from_slice(&piece.map_err(|_| Fault::malformed(CUT_OFF))?);
        if bytes.len() > LARGEST {
            let detail = "this is larger than 16 MB: send it in several parts";
            return Err(Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "Too large", detail));
        }
    }
    Ok(Sent { body: bytes.into(), uploads: Vec::new() })
}

/// A file is kept on disk while it comes.
pub(super) async fn read_file(site: &Site, parts: &Parts, body: Body) -> Result<Sent, Fault> {
    let largest = site.settings.largest_upload;
    let mut file = site.shelf.file().map_err(Problem::from)?;
    let (mut pieces, mut taken) = (body.into_data_stream(), 0u64);
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Fault::malformed(CUT_OFF))?;
        taken += piece.len() as u64;
        if taken > largest {
            return Err(Problem::TooLarge(largest).into());
        }
        file.write_all(&piece).map_err(Problem::from)?;
    }
    let name = Form::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let name = name.said("name").unwrap_or("file").to_owned();
    let upload = Upload::new("file".to_owned(), &name, file).map_err(Problem::from)?;
    Ok(Sent { body: Bytes::new(), uploads: vec![upload] })
}
