//! Charts: pictures made on the server, readable without color, with a table behind each.

use maud::{Markup, html};

/// A chart of columns, each stacked from the same parts.
pub(crate) struct Chart<'a> {
    /// What stands in front of the names of its patterns: one word, once on a page.
    pub(crate) id: &'a str,
    /// What it shows, in a few words.
    pub(crate) title: &'a str,
    /// What its columns are called, in full.
    pub(crate) columns: &'a [String],
    /// What stands under its columns; where nothing shall, empty.
    pub(crate) ticks: &'a [String],
    /// Its parts, from the bottom to the top.
    pub(crate) parts: &'a [Part],
}

/// One part of each column.
pub(crate) struct Part {
    /// What it is called.
    pub(crate) name: String,
    /// The class of its color and texture, each once in a chart: `good`, `part`, `bad`, `none`,
    /// `blank`, or `l1` to `l5`.
    pub(crate) class: String,
    /// How much of it is in each column.
    pub(crate) values: Vec<usize>,
}

const WIDTH: usize = 720;
const HEIGHT: usize = 240;
const LEFT: usize = 36;
const TOP: usize = 12;
const BOTTOM: usize = 28;

impl Chart<'_> {
    /// The picture, its key, and the table.
    pub(crate) fn show(&self) -> Markup {
        html! {
            figure.chart-box {
                div.scroll tabindex="0" role="group" aria-label=(self.title) { (self.picture()) }
                figcaption { (self.key()) }
                details { summary.btn.small { "As a table" } div.scroll { (self.table()) } }
            }
        }
    }

    fn picture(&self) -> Markup {
        let (count, inner) = (self.columns.len().max(1), HEIGHT - TOP - BOTTOM);
        let step = step(self.highest());
        let top = self.highest().div_ceil(step).max(1) * step;
        let slot = (WIDTH - LEFT) / count;
        let wide = (slot * 7 / 10).clamp(4, 48);
        let y = |value: usize| TOP + inner - value * inner / top;
        html! {
            svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label={ (self.title) ". The table below has the figures." } {
                defs { @for at in 0..self.parts.len() { (self.pattern(at)) } }
                @for value in (0..=top).step_by(step) {
                    line.grid-line x1=(LEFT) x2=(WIDTH) y1=(y(value)) y2=(y(value)) {}
                    text.tick x=(LEFT - 6) y=(y(value) + 4) text-anchor="end" { (value) }
                }
                @for (at, column) in self.columns.iter().enumerate() {
                    @let x = LEFT + at * slot + (slot - wide) / 2;
                    g {
                        title { (column) ": " (self.told(at)) }
                        @for (part, value, below) in self.stack(at) {
                            @let (upper, lower) = (y(below + value), y(below));
                            rect.piece.(self.parts[part].class) x=(x) y=(upper) width=(wide) height=(lower - upper) fill={ "url(#" (self.id) "-" (part) ")" } {}
                        }
                    }
                    @if let Some(tick) = self.ticks.get(at).filter(|it| !it.is_empty()) {
                        text.tick x=(x + wide / 2) y=(HEIGHT - 8) text-anchor="middle" { (tick) }
                    }
                }
            }
        }
    }

    /// The parts of a column that are there: which, how much, and what is below.
    fn stack(&self, column: usize) -> Vec<(usize, usize, usize)> {
        let mut below = 0;
        let each = self.parts.iter().enumerate().filter_map(|(part, it)| {
            let value = it.values.get(column).copied().filter(|it| *it > 0)?;
            below += value;
            Some((part, value, below - value))
        });
        each.collect()
    }

    /// A texture of its own for each part, so that it is told apart without color.
    fn pattern(&self, part: usize) -> Markup {
        html! {
            pattern id={ (self.id) "-" (part) } class={ "ink " (self.parts[part].class) } width="8" height="8" patternUnits="userSpaceOnUse" {
                rect.ground width="8" height="8" {}
                @match self.parts[part].class.as_str() {
                    "good" => { rect.dot width="8" height="8" {} }
                    "part" | "l4" => { path.stroke d="M0 2H8M0 6H8" {} }
                    "bad" | "l5" => { path.stroke d="M0 0L8 8M-2 6L2 10M6 -2L10 2M0 8L8 0M-2 2L2 -2M6 10L10 6" {} }
                    "l1" => { circle.dot cx="2" cy="2" r="1" {} }
                    "l2" => { path.stroke d="M0 8L8 0M-2 2L2 -2M6 10L10 6" {} }
                    "l3" => { circle.dot cx="2" cy="2" r="1.5" {} circle.dot cx="6" cy="6" r="1.5" {} }
                    "none" => { path.stroke d="M2 0V8" {} }
                    _ => {}
                }
            }
        }
    }

    /// The key, in the order of the stack from the top, with the newest figure.
    fn key(&self) -> Markup {
        html! {
            ul.key { @for (part, it) in self.parts.iter().enumerate().rev() {
                @if it.values.iter().any(|it| *it > 0) {
                    li {
                        svg.swatch-box viewBox="0 0 16 16" aria-hidden="true" { rect.piece.(it.class) width="16" height="16" fill={ "url(#" (self.id) "-" (part) ")" } {} }
                        (it.name) " " strong { (it.values.last().copied().unwrap_or(0)) }
                    }
                }
            } }
        }
    }

    fn table(&self) -> Markup {
        html! {
            table.list {
                caption.hidden { (self.title) }
                thead { tr { th scope="col" { "At the end of" } @for it in self.parts.iter().rev() { th.num scope="col" { (it.name) } } } }
                tbody { @for (at, column) in self.columns.iter().enumerate().rev() {
                    tr { th scope="row" { (column) } @for it in self.parts.iter().rev() { td.num { (it.values.get(at).copied().unwrap_or(0)) } } }
                } }
            }
        }
    }

    fn told(&self, column: usize) -> String {
        let parts = self.stack(column);
        let each = parts.iter().rev().map(|it| format!("{} {}", self.parts[it.0].name, it.1));
        let told: Vec<String> = each.collect();
        if told.is_empty() { "nothing".to_owned() } else { told.join(", ") }
    }

    fn highest(&self) -> usize {
        let sum = |at: usize| self.parts.iter().filter_map(|it| it.values.get(at)).sum();
        (0..self.columns.len()).map(sum).max().unwrap_or(0)
    }
}

/// The distance of the lines behind a chart: 1, 2 or 5 times a power of ten, at most five lines.
fn step(highest: usize) -> usize {
    let mut power = 1;
    loop {
        for it in [1, 2, 5] {
            if highest <= it * power * 5 {
                return it * power;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_stacked_and_told_in_words() {
        let part = |name: &str, values: &[usize]| Part {
            name: name.to_owned(),
            class: "good".to_owned(),
            values: values.to_vec(),
        };
        let columns = ["31 March".to_owned(), "30 April".to_owned()];
        let parts = [part("low", &[3, 0]), part("high", &[2, 0])];
        let chart =
            Chart { id: "risks", title: "Risks", columns: &columns, ticks: &[], parts: &parts };
        assert_eq!(chart.stack(0), [(0, 3, 0), (1, 2, 3)]);
        assert_eq!((chart.told(0).as_str(), chart.told(1).as_str()), ("high 2, low 3", "nothing"));
        let html = chart.show().into_string();
        assert!(html.contains("url(#risks-1)") && html.contains("id=\"risks-1\""), "{html}");
        assert!(!html.contains("style="), "{html}");
        assert_eq!([0, 5, 6, 10, 11, 93, 20_000].map(step), [1, 1, 2, 2, 5, 20, 5_000]);
    }
}
