//! Files that people bring: kept as they are, never run.

use crate::fixture::Fixture;

#[test]
fn a_page_that_somebody_attached_cannot_run() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    for (name, bytes) in [
        ("page.html", &b"<html><script>alert(1)</script>"[..]),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("really.png", b"<script>alert(1)</script>"),
        ("program.pdf", b"\0\x01MZ"),
    ] {
        let path = "/o/acme/risk/1/attachment";
        browser.post_files(path, &[], &[("file", name, bytes)]).is(200).says("The file is kept.");
        let risk = fixture.record("RISK-1");
        let kept = risk.head.extras.as_ref().unwrap().attachments.last().unwrap().clone();
        assert_eq!(kept.name, name);
        let seen =
            browser.get(&format!("/o/acme/file/{}?of={}", kept.sha256, risk.head.id)).is(200);
        assert_eq!(seen.header("content-type"), "application/octet-stream", "{name}");
        assert!(seen.header("content-disposition").starts_with("attachment"), "{name}");
        assert!(seen.header("content-security-policy").starts_with("sandbox"), "{name}");
        assert_eq!(seen.header("x-content-type-options"), "nosniff", "{name}");
    }
}
