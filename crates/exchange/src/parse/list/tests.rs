use super::*;

fn first(text: &str) -> Option<(Separator, Vec<&str>)> {
    list(text).into_iter().next().map(|split| (split.separator, split.parts))
}

#[test]
fn parts_lists() {
    for (text, separator, parts) in [
        ("a; b ;c", Separator::Semicolon, vec!["a", "b", "c"]),
        ("- EDR\r\n- MFA\n", Separator::Line, vec!["EDR", "MFA"]),
        ("EDR, MFA on admin accounts", Separator::Comma, vec!["EDR", "MFA on admin accounts"]),
        ("ISO 6.2 + R-001 + R-002", Separator::Plus, vec!["ISO 6.2", "R-001", "R-002"]),
        ("CEO & CFO", Separator::Ampersand, vec!["CEO", "CFO"]),
        ("IT und HR", Separator::And, vec!["IT", "HR"]),
        ("IT/HR", Separator::Slash, vec!["IT", "HR"]),
        ("A 5.17 A 8.5", Separator::Blank, vec!["A 5.17", "A 8.5"]),
        ("AST-005 AST-004", Separator::Blank, vec!["AST-005", "AST-004"]),
        ("x (a, b), y", Separator::Comma, vec!["x (a, b)", "y"]),
    ] {
        assert_eq!(first(text), Some((separator, parts)), "{text}");
    }
}

#[test]
fn leaves_single_values_whole() {
    for text in ["", "EDR", "Offline backups", "1,5", "x (a, b)", "A.5.1", "brand new", ";", "C++"]
    {
        assert_eq!(list(text), [], "{text}");
    }
}

#[test]
fn offers_all_ways_the_likeliest_first() {
    let ways: Vec<_> = list("a, b; c and d").iter().map(|split| split.separator).collect();
    assert_eq!(ways, [Separator::Semicolon, Separator::Comma, Separator::And]);
}

#[test]
fn finds_references() {
    assert_eq!(
        references("see R-001, CAPA-2026-003 and A.5.17."),
        ["R-001", "CAPA-2026-003", "A.5.17"]
    );
    assert_eq!(references("ISO 6.2 + A 8.8"), ["6.2", "A 8.8"]);
    assert_eq!(references("AST-006 (3 developer laptops)"), ["AST-006"]);
    assert_eq!(references("AES-256 with TLS 1.2"), ["AES-256", "1.2"]);
    assert!(references("re-check on-call e-mail 2026-01-15 A").is_empty());
}
