//! `init`: the beginning of an organization.

use std::io::{IsTerminal, Write, stderr, stdin};

use app::Beginning;
use serde_json::json;

use crate::{
    Done,
    output::{Format, Ink, Out},
    place::Place,
    progress::Busy,
    stop::refused,
};

/// Begins an organization; asks on a terminal for what is not given.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  muniment init --name \"Example GmbH\" --person \"Ada Weber\" \
                        --email ada@example.com")]
pub struct Init {
    /// The legal name of the organization.
    #[arg(long)]
    name: Option<String>,
    /// A short name for it: lower-case letters, digits and hyphens.
    #[arg(long, value_name = "SHORT")]
    slug: Option<String>,
    /// Your name.
    #[arg(long)]
    person: Option<String>,
    /// Your e-mail address.
    #[arg(long)]
    email: Option<String>,
    /// The time zone in which days begin and end, such as Europe/Berlin; yours when absent.
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Begin it beside the organizations that the database holds already.
    #[arg(long)]
    another: bool,
}

impl Init {
    /// Makes the database where there is none, and the organization in it.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let name = given(self.name, "Name of the organization", "--name")?;
        let person = given(self.person, "Your name", "--person")?;
        let email = match self.email {
            None if asks() => Some(ask("Your e-mail address (may be empty)", "")?),
            email => email,
        };
        let slug = match self.slug {
            Some(slug) => slug,
            None => {
                let own = app::short_name(&name);
                match own.as_str() {
                    _ if asks() => ask("Short name", &own)?,
                    "" => {
                        return Err(refused(format!(
                            "no short name can be made from `{name}`: give one by --slug"
                        )));
                    }
                    _ => own,
                }
            }
        };
        let time_zone = self.time_zone.unwrap_or_else(system_zone);
        let beginning = Beginning {
            slug,
            name,
            time_zone,
            origin: None,
            person,
            email: email.filter(|it| !it.trim().is_empty()),
        };
        check(&beginning)?;
        let app = place.app_or_new()?;
        if !self.another {
            let there = app.organizations()?;
            let others = there.iter().filter(|it| it.seq > 0 && it.slug != beginning.slug);
            let others: Vec<&str> = others.map(|it| it.slug.as_str()).take(3).collect();
            beside(&others, &beginning.slug)?;
        }
        let busy = Busy::with("making the organization");
        let (organization, id) = app.begin(&beginning)?;
        drop(busy);
        let isms = organization.current()?;
        let keys = place.keys()?;
        // Without the password that an address may hold.
        let database = app.store().address().to_string();
        let key = keys.path(organization.id());
        if out.format == Format::Json {
            out.json(&json!({
                "organization": organization.slug(), "database": database, "key": key,
                "person": isms.get(id).map(meta::Record::name), "entry": isms.position(),
            }));
            return Ok(Done::Well);
        }
        let title = format!("{} begins", beginning.name);
        out.line(out.paint(&title, Ink::Bold));
        out.gap();
        out.line(format!("  records      {database}"));
        out.line(format!("  signing key  {}", key.display()));
        out.line(format!(
            "  you          {} ({})",
            beginning.person,
            isms.get(id).map_or_else(String::new, meta::Record::name)
        ));
        out.line(format!("  time zone    {}", beginning.time_zone));
        out.gap();
        out.wrapped(
            0,
            "Keep a copy of the signing key somewhere safe: it is in no backup. The 93 \
            controls of Annex A are there, all undecided.",
        );
        out.gap();
        out.line("Try next:");
        for (command, what) in [
            ("muniment check --stage 1", "what an auditor would raise today"),
            ("muniment new role --set title=\"Head of IT\"", "who answers for what"),
            ("muniment list control", "the controls of Annex A"),
        ] {
            out.line(format!("  {command:<46} {}", out.paint(what, Ink::Dim)));
        }
        Ok(Done::Well)
    }
}

/// What would be refused once the database is made is refused before.
fn check(beginning: &Beginning) -> anyhow::Result<()> {
    let slug = &beginning.slug;
    let fits = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
    if slug.is_empty() || slug.len() > 40 || !slug.chars().all(fits) {
        return Err(refused(format!(
            "`{slug}` cannot be a short name: use up to 40 lower-case letters, digits and hyphens"
        )));
    }
    for (flag, text) in [("--name", &beginning.name), ("--person", &beginning.person)] {
        if text.trim().is_empty() {
            return Err(refused(format!("{flag} is empty: give a name")));
        }
    }
    let zone = &beginning.time_zone;
    if zone.trim().is_empty() {
        return Err(refused("--time-zone is empty: name one like Europe/Berlin or UTC"));
    }
    if jiff::tz::TimeZone::get(zone).is_err() {
        return Err(refused(format!(
            "there is no time zone `{zone}`: name one like Europe/Berlin or UTC"
        )));
    }
    let email = beginning.email.as_deref().unwrap_or("a@b");
    let (name, host) = email.split_once('@').unwrap_or_default();
    match name.is_empty() || host.is_empty() || email.contains(char::is_whitespace) {
        true => {
            Err(refused(format!("`{email}` is no e-mail address: write it like a@example.com")))
        }
        false => Ok(()),
    }
}

/// Makes sure that another organization in the same database is what was meant.
fn beside(others: &[&str], slug: &str) -> anyhow::Result<()> {
    if others.is_empty() {
        return Ok(());
    }
    let held = format!("this database holds `{}` already", others.join("`, `"));
    if asks() {
        return agree(&format!("{held}. Begin `{slug}` beside it?"), false);
    }
    Err(refused(format!(
        "{held}: add --another to begin `{slug}` beside it, or name another database by --database"
    )))
}

fn given(value: Option<String>, question: &str, flag: &str) -> anyhow::Result<String> {
    match value {
        Some(value) => Ok(value),
        None if asks() => ask(question, ""),
        None => Err(refused(format!("{} is missing: give it by {flag}", question.to_lowercase()))),
    }
}

fn asks() -> bool {
    stdin().is_terminal() && stderr().is_terminal()
}

fn ask(question: &str, default: &str) -> anyhow::Result<String> {
    let hint = if default.is_empty() { String::new() } else { format!(" [{default}]") };
    write!(stderr(), "{question}{hint}: ")?;
    stderr().flush()?;
    let mut line = String::new();
    stdin().read_line(&mut line)?;
    let line = line.trim();
    Ok(if line.is_empty() { default.to_owned() } else { line.to_owned() })
}

/// Asks on a terminal whether to go on; elsewhere, and with `yes`, goes on.
///
/// # Errors
/// When the answer is no.
pub fn agree(question: &str, yes: bool) -> anyhow::Result<()> {
    if yes || !asks() {
        return Ok(());
    }
    match ask(&format!("{question} (y/n)"), "y")?.to_lowercase().as_str() {
        "y" | "yes" | "j" | "ja" | "o" | "oui" => Ok(()),
        _ => Err(refused("nothing was changed")),
    }
}

fn system_zone() -> String {
    let zone = jiff::tz::TimeZone::try_system().ok();
    zone.and_then(|it| it.iana_name().map(str::to_owned)).unwrap_or_else(|| "UTC".to_owned())
}
