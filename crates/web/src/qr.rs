//! QR codes, drawn as SVG.

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// So many modules stay white around it.
const MARGIN: i32 = 4;

/// A text as a QR code; nothing when it is too long for one.
pub(crate) fn code(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return html! {} };
    let size = code.size() + 2 * MARGIN;
    html! {
        svg.qr viewBox=(format!("0 0 {size} {size}")) role="img" aria-label=(label) shape-rendering="crispEdges" {
            rect.blank width=(size) height=(size) {}
            path d=(path(&code)) {}
        }
    }
}

/// One rectangle for each run of dark modules in a row.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size()).take_while(|it| code.get_module(*it, y)).count();
            if length > 0 {
                let (left, top) = (x + MARGIN, y + MARGIN);
                path.push_str(&format!("M{left} {top}h{length}v1h-{length}z"));
            }
            x += i32::try_from(length).unwrap_or(0) + 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_and_no_other() {
        let code = QrCode::encode_text("otpauth://totp/x", QrCodeEcc::Medium).unwrap();
        let mut drawn = std::collections::BTreeSet::new();
        for run in path(&code).split('M').skip(1) {
            let (left, rest) = run.split_once(' ').unwrap();
            let (top, rest) = rest.split_once('h').unwrap();
            let (length, _) = rest.split_once('v').unwrap();
            let (left, length): (i32, i32) = (left.parse().unwrap(), length.parse().unwrap());
            let y = top.parse::<i32>().unwrap() - MARGIN;
            drawn.extend((left..left + length).map(|it| (it - MARGIN, y)));
        }
        let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let dark: std::collections::BTreeSet<_> =
            all.filter(|(x, y)| code.get_module(*x, *y)).collect();
        assert_eq!(drawn, dark);
        assert_eq!(super::code(&"x".repeat(9_000), "").into_string(), "");
    }
}
