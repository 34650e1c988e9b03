use super::*;

fn settings() -> Smtp {
    Smtp {
        server: "localhost".to_owned(),
        port: None,
        encryption: Encryption::None,
        user: None,
        password: None,
        from: "Muniment <isms@example.org>".to_owned(),
        reply_to: None,
        roots: None,
    }
}

fn mail() -> Mail {
    Mail {
        to: "ada@example.org".to_owned(),
        name: "Ada\r\nBcc: eve@example.org".to_owned(),
        subject: "RISK-1\r\nX-Evil: yes".to_owned(),
        text: "Hello.".to_owned(),
        html: "<p>Hello.</p>".to_owned(),
        id: "letter-1".to_owned(),
        thread: Some("record-1".to_owned()),
        preferences: Some("https://isms.example.org/account".to_owned()),
    }
}

#[test]
fn a_mail_is_named_threaded_and_automatic_and_nothing_breaks_out_of_its_headers() {
    let mailer = Mailer::new(&settings()).unwrap();
    let message = mailer.message(&mail(), Timestamp::UNIX_EPOCH).unwrap();
    let text = String::from_utf8(message.formatted()).unwrap();
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    let names: Vec<&str> = head
        .lines()
        .filter(|it| !it.starts_with([' ', '\t']))
        .map(|it| it.split_once(':').unwrap().0)
        .collect();
    assert!(!names.iter().any(|it| *it == "Bcc" || *it == "X-Evil"), "{head}");
    for line in [
        "Message-ID: <letter-1@example.org>",
        "References: <record-1@example.org>",
        "Auto-Submitted: auto-generated",
        "List-Unsubscribe: <https://isms.example.org/account>",
        "Date: Thu, 01 Jan 1970 00:00:00 +0000",
    ] {
        assert!(head.contains(line), "{line}\n{head}");
    }
    assert!(text.contains("multipart/alternative"), "{text}");
}

#[test]
fn settings_that_would_show_mail_or_passwords_are_refused() {
    let refused = |change: fn(&mut Smtp)| {
        let mut settings = settings();
        change(&mut settings);
        Mailer::new(&settings).err().map(|it| it.to_string()).unwrap_or_default()
    };
    assert!(refused(|it| it.server = "smtp.example.org".to_owned()).contains("starttls"));
    assert!(refused(|it| it.server = "https://example.org".to_owned()).contains("its name alone"));
    assert!(refused(|it| it.user = Some("ada".to_owned())).contains("no password"));
    assert!(refused(|it| it.password = Some("x".to_owned())).contains("no `user`"));
    assert!(refused(|it| it.from = "nobody".to_owned()).contains("`from`"));
    assert_eq!(refused(|_| ()), "");
    let secret = Smtp { password: Some("open sesame".to_owned()), ..settings() };
    assert!(!format!("{secret:?}").contains("sesame"));
}
