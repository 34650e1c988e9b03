//! What a query or a form said: names and values in their order.

/// Names and values, as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

/// At most so many fields are read: more is no form of ours.
pub(crate) const MOST_FIELDS: usize = 20_000;

impl Form {
    /// Reads `a=1&b=2`.
    pub fn parse(text: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(text).take(MOST_FIELDS);
        Self(pairs.map(|(name, value)| (name.into_owned(), clean(&value))).collect())
    }

    /// Adds a field.
    pub fn push(&mut self, name: impl Into<String>, value: impl AsRef<str>) {
        if self.0.len() < MOST_FIELDS {
            self.0.push((name.into(), clean(value.as_ref())));
        }
    }

    /// The first value of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// The first value of this name, trimmed; `None` when there is none or it is empty.
    pub fn said(&self, name: &str) -> Option<&str> {
        self.get(name).map(str::trim).filter(|it| !it.is_empty())
    }

    /// All values of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |it| it.0 == name).map(|it| it.1.as_str())
    }

    /// Whether there is a field of this name.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|it| it.0 == name)
    }

    /// All fields.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// As a query: `a=1&b=2`.
    pub fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }

    /// The same fields with one of them set to a value, or taken out.
    #[must_use]
    pub fn with(&self, name: &str, value: Option<&str>) -> Self {
        let mut pairs: Vec<_> = self.0.iter().filter(|it| it.0 != name).cloned().collect();
        pairs.extend(value.map(|it| (name.to_owned(), it.to_owned())));
        Self(pairs)
    }

    /// The same fields without those that `drop` says.
    #[must_use]
    pub fn without(&self, drop: impl Fn(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|it| !drop(&it.0)).cloned().collect())
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Form {
    fn from_iter<T: IntoIterator<Item = (N, V)>>(pairs: T) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// Line ends as one sign: a browser sends CR LF.
fn clean(value: &str) -> String {
    value.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_keep_order_and_clean_line_ends() {
        let form = Form::parse(b"a=1&b=x%0D%0Ay&a=2&c=%20");
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(form.get("b"), Some("x\ny"));
        assert_eq!(form.said("c"), None);
        assert_eq!(form.with("a", Some("9")).query(), "b=x%0Ay&c=+&a=9");
        assert!(!form.without(|it| it == "a").has("a"));
    }
}
