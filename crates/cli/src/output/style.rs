//! Colors, for those who want them.

/// The colors used; each has one meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Headings.
    Bold,
    /// What matters less.
    Dim,
    /// Names of records and commands.
    Accent,
    /// What is wrong.
    Red,
    /// What needs a look.
    Yellow,
    /// What is as it should be.
    Green,
}

/// The text in this color.
pub fn paint(text: &str, ink: Ink) -> String {
    let code = match ink {
        Ink::Bold => "1",
        Ink::Dim => "2",
        Ink::Accent => "36",
        Ink::Red => "31",
        Ink::Yellow => "33",
        Ink::Green => "32",
    };
    if text.is_empty() { String::new() } else { format!("\u{1b}[{code}m{text}\u{1b}[0m") }
}

/// Whether the person wants colors at all (<https://no-color.org>).
pub fn is_wanted() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|it| !it.is_empty());
    !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|it| it != "dumb")
}

/// The color as tables know it.
pub fn on_cell(cell: comfy_table::Cell, ink: Ink) -> comfy_table::Cell {
    use comfy_table::{Attribute, Color};
    match ink {
        Ink::Bold => cell.add_attribute(Attribute::Bold),
        Ink::Dim => cell.add_attribute(Attribute::Dim),
        Ink::Accent => cell.fg(Color::DarkCyan),
        Ink::Red => cell.fg(Color::DarkRed),
        Ink::Yellow => cell.fg(Color::DarkYellow),
        Ink::Green => cell.fg(Color::DarkGreen),
    }
}
