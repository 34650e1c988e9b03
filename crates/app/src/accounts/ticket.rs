//! Tickets: what a browser carries between two steps of signing in, sealed, for minutes.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::Accounts;
use crate::Error;

impl Accounts<'_> {
    /// Seals something for a browser to bring back; what it is about is part of the seal.
    ///
    /// # Errors
    /// When the sealing key cannot be read or made.
    pub fn ticket(
        &self,
        about: &str,
        content: &Value,
        lasts: SignedDuration,
    ) -> Result<String, Error> {
        let expires = self.now().saturating_add(i64::try_from(lasts.as_millis()).unwrap_or(0));
        let text = json!({"until": expires, "content": content}).to_string();
        Ok(self.app.seal()?.seal_text(about, &text))
    }

    /// What a ticket holds; `None` when it is not ours, about something else, or over.
    ///
    /// # Errors
    /// When the sealing key cannot be read or made.
    pub fn open_ticket(&self, about: &str, ticket: &str) -> Result<Option<Value>, Error> {
        let text = self.app.seal()?.open_text(about, ticket);
        let Some(Ok(mut value)) = text.map(|it| serde_json::from_str::<Value>(&it)) else {
            return Ok(None);
        };
        let is_over = value["until"].as_i64().is_none_or(|until| until <= self.now());
        Ok((!is_over).then(|| value["content"].take()))
    }
}
