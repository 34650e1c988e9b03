//! Writes TOML that looks the same every time and makes small diffs.

use crate::export::Node;

/// A TOML text that grows line by line.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
}

impl Writer {
    /// Adds a line as it is.
    pub(super) fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// Begins a table, with an empty line before it.
    pub(super) fn table(&mut self, path: &[&str], comment: &str) {
        self.header(path, ["[", "]"], comment);
    }

    /// Adds named values below the table at `path`: single values and lists first, then tables
    /// of their own.
    pub(super) fn pairs<'n>(
        &mut self,
        path: &[&str],
        each: impl Iterator<Item = (&'n str, &'n Node)> + Clone,
    ) {
        for (key, node) in each.clone().filter(|it| !is_table(it.1)) {
            self.pair(key, node);
        }
        for (key, node) in each.filter(|it| is_table(it.1)) {
            let path: Vec<&str> = path.iter().copied().chain([key]).collect();
            match node {
                Node::Table(table) => {
                    self.header(&path, ["[", "]"], "");
                    // Tables inside a value stay in their line: nothing nests deeper.
                    table.iter().for_each(|(key, it)| self.pair(key, it));
                }
                Node::List(rows) => {
                    for row in rows {
                        self.header(&path, ["[[", "]]"], "");
                        if let Node::Table(row) = row {
                            row.iter().for_each(|(key, it)| self.pair(key, it));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds one named value; each member of a list on a line of its own.
    pub(super) fn pair(&mut self, name: &str, node: &Node) {
        key(&mut self.out, name);
        self.out.push_str(" = ");
        match node {
            Node::List(list) => {
                self.out.push_str("[\n");
                for it in list {
                    self.out.push_str("    ");
                    inline(&mut self.out, it);
                    self.out.push(',');
                    self.comment(it);
                    self.out.push('\n');
                }
                self.out.push(']');
            }
            Node::Text(text) if text.contains('\n') => many_lines(&mut self.out, text),
            other => {
                inline(&mut self.out, other);
                self.comment(other);
            }
        }
        self.out.push('\n');
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.out
    }

    fn header(&mut self, path: &[&str], [open, close]: [&str; 2], comment: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push_str(open);
        for (at, part) in path.iter().enumerate() {
            if at > 0 {
                self.out.push('.');
            }
            key(&mut self.out, part);
        }
        self.out.push_str(close);
        if !comment.is_empty() {
            self.out.push_str(" # ");
            self.out.push_str(comment);
        }
        self.out.push('\n');
    }

    fn comment(&mut self, node: &Node) {
        let Node::Name { title, .. } = node else { return };
        let words: Vec<&str> = title.split_whitespace().collect();
        let line: String = words.join(" ").chars().filter(|it| !it.is_control()).take(80).collect();
        if !line.is_empty() {
            self.out.push_str(" # ");
            self.out.push_str(&line);
        }
    }
}

/// Whether it is written as a table, or as one for each member.
fn is_table(node: &Node) -> bool {
    match node {
        Node::Table(_) => true,
        Node::List(list) => list.iter().any(|it| matches!(it, Node::Table(_))),
        _ => false,
    }
}

fn key(out: &mut String, name: &str) {
    let is_bare = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-');
    match !name.is_empty() && name.bytes().all(is_bare) {
        true => out.push_str(name),
        false => one_line(out, name),
    }
}

fn inline(out: &mut String, node: &Node) {
    match node {
        Node::Text(text) | Node::Decimal(text) => one_line(out, text),
        Node::Name { name, .. } => one_line(out, name),
        Node::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Node::Integer(number) => out.push_str(&number.to_string()),
        // TOML knows the years with four digits only.
        Node::Day(day) if (1..=9999).contains(&day.year()) => out.push_str(&day.to_string()),
        Node::Day(day) => one_line(out, &day.to_string()),
        Node::Instant(at) => one_line(out, &at.to_string()),
        Node::List(list) => {
            out.push('[');
            for (at, it) in list.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                inline(out, it);
            }
            out.push(']');
        }
        Node::Table(table) => {
            out.push('{');
            for (at, (name, it)) in table.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { " " });
                key(out, name);
                out.push_str(" = ");
                inline(out, it);
            }
            out.push_str(" }");
        }
    }
}

fn one_line(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            c => character(out, c),
        }
    }
    out.push('"');
}

/// A text with line ends, as it reads.
fn many_lines(out: &mut String, text: &str) {
    out.push_str("\"\"\"\n");
    let mut rest = text.chars().peekable();
    let mut begins_line = true;
    while let Some(c) = rest.next() {
        match c {
            '"' if matches!(rest.peek(), None | Some('"')) => out.push_str("\\\""),
            '"' | '\n' => out.push(c),
            // A line of three would end the front matter of a document.
            '+' if begins_line => out.push_str("\\u002B"),
            c => character(out, c),
        }
        begins_line = c == '\n';
    }
    out.push_str("\"\"\"");
}

fn character(out: &mut String, c: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        '\u{feff}' => out.push_str("\\uFEFF"),
        c if c.is_ascii_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
        c => out.push(c),
    }
}
