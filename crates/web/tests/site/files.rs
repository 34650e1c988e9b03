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

#[test]
fn a_file_of_several_megabytes_is_kept_and_one_beyond_the_limit_refused() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let path = "/o/acme/risk/1/attachment";
    let large = vec![7; 5_000_000];
    browser
        .post_files(path, &[], &[("file", "large.bin", &large)])
        .is(200)
        .says("The file is kept.");
    let larger = vec![7; 8_000_001];
    browser
        .post_files(path, &[], &[("file", "larger.bin", &larger)])
        .is(413)
        .says("larger than 8 MB");
}

#[test]
fn a_file_of_a_refused_form_waits_for_the_next_try() {
    let fixture = Fixture::new();
    let mut browser = fixture.founder();
    let edit = "/o/acme/document/1/edit";
    let files: [(&str, &str, &[u8]); 1] = [("f.file", "../../policy.txt", b"Copy daily.")];
    let seen = browser.post_files(edit, &[("f.title", "")], &files).is(422);
    let seen = seen.says("The file policy.txt is kept with this form for an hour");
    let mut form = seen.form(edit);
    form.retain(|it| it.0 != "f.title");
    form.push(("f.title".to_owned(), "Backup policy".to_owned()));
    let form: Vec<(&str, &str)> = form.iter().map(|it| (&*it.0, &*it.1)).collect();
    browser.post_files(edit, &form, &[]).is(200).says("policy.txt");
}
