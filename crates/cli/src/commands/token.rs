//! `token`: how programs act in somebody's name, set up at the machine.

use app::accounts::{AccessToken, Accounts, Scope, Scopes, TOKEN_DAYS, WantedToken};
use clap::{
    Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use exchange::Value;
use kinds::{Kind, person::Person};
use serde_json::json;

use crate::{
    Done, door,
    output::{Column, Format, Out, Table},
    place::{Desk, Place},
    stop::refused,
};

/// Makes, lists and revokes tokens by which programs act for a person, as people do for themselves
/// on the page of their account. Who holds the database may do so for anybody.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment token new PERSON-3 --name \"nightly inventory\" --scope write\n  \
    muniment token list\n  \
    muniment token revoke \"nightly inventory\"")]
pub struct Token {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Make a token and print it, this once. It opens this organization and no other.
    #[command(after_help = "Examples:\n  \
        muniment token new PERSON-3 --name \"nightly inventory\" --scope write\n  \
        muniment token new miriam.adler@orbena.example --name reports --days 30 --format json")]
    New {
        /// In whose name it acts: number, e-mail address or name.
        person: String,
        /// What it is for.
        #[arg(long)]
        name: String,
        /// What it may do beside reading; can be given several times.
        #[arg(long = "scope", value_parser = scopes(), value_name = "SCOPE")]
        scopes: Vec<Scope>,
        /// How many days it is good.
        #[arg(long, default_value_t = TOKEN_DAYS)]
        days: i64,
    },
    /// List the tokens that open this organization and are good.
    #[command(after_help = "Example:\n  muniment token list")]
    List,
    /// Revoke a token: it opens nothing from now on.
    #[command(after_help = "Example:\n  muniment token revoke reports")]
    Revoke {
        /// Which: its id, or its name where no other has it.
        token: String,
    },
}

impl Token {
    /// Makes, lists or revokes.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let app = place.app()?;
        let (accounts, desk) = (app.accounts(), place.desk()?);
        let organization = desk.organization.id();
        match self.act {
            Act::New { person, name, scopes, days } => {
                let person = desk.record(&[Person::ID], &person)?;
                if person.stage().ended {
                    let name = person.name();
                    return Err(refused(format!("{name} has left: take them back first")));
                }
                let account = door::account_of(&app, &desk.organization, person)?;
                let wanted = WantedToken {
                    name: &name,
                    organization: Some(organization),
                    scopes: Scopes::of(scopes),
                    days,
                };
                let (token, text) = accounts.make_token(account.id, &wanted)?;
                if out.format == Format::Json {
                    let mut made = told(&desk, &accounts, &token)?;
                    made["token"] = json!(text);
                    out.json(&made);
                    return Ok(Done::Well);
                }
                out.line(&text);
                out.note(format!(
                    "it acts as {} and may {}, until {}; it is shown this once",
                    person.title(),
                    token.scopes.to_string().replace(' ', ", "),
                    desk.moment(token.expires)
                ));
            }
            Act::List => list(&desk, &accounts, out)?,
            Act::Revoke { token } => {
                let good = accounts.tokens_into(organization)?;
                let found: Vec<&AccessToken> =
                    good.iter().filter(|it| is_called(it, &token)).collect();
                match found[..] {
                    [it] => accounts.revoke_token(it.account, it.id)?,
                    [] => {
                        return Err(refused(format!(
                            "no token `{token}` opens this organization: see `muniment token list`"
                        )));
                    }
                    _ => {
                        return Err(refused(format!(
                            "several tokens are called `{token}`: name one by its id, see \
                             `muniment token list`"
                        )));
                    }
                };
                out.line(format!("The token {} opens nothing any more.", found[0].name));
            }
        }
        Ok(Done::Well)
    }
}

fn list(desk: &Desk, accounts: &Accounts<'_>, out: &mut Out) -> anyhow::Result<()> {
    let good = accounts.tokens_into(desk.organization.id())?;
    if out.format == Format::Json {
        let all: anyhow::Result<Vec<serde_json::Value>> =
            good.iter().map(|it| told(desk, accounts, it)).collect();
        out.json(&all?.into());
        return Ok(());
    }
    if good.is_empty() && out.format == Format::Table {
        out.line("No token opens this organization.");
        return Ok(());
    }
    let mut table = Table::new(vec![
        Column::whole("id", "Id"),
        Column::wrap("name", "Name"),
        Column::wrap("person", "Acts as"),
        Column::wrap("scopes", "May"),
        Column::whole("used", "Last used"),
        Column::whole("expires", "Ends"),
    ]);
    for it in &good {
        let used = it.used.map(|at| desk.moment(at)).unwrap_or_default();
        let cells = [
            it.id.to_string(),
            it.name.clone(),
            desk.name_of(accounts.person(it.account, desk.organization.id())?),
            it.scopes.to_string(),
            used,
            desk.moment(it.expires),
        ];
        table.row(cells.map(Value::from_text).to_vec());
    }
    out.table(&table);
    Ok(())
}

fn told(
    desk: &Desk,
    accounts: &Accounts<'_>,
    it: &AccessToken,
) -> anyhow::Result<serde_json::Value> {
    let person = accounts.person(it.account, desk.organization.id())?;
    let scopes: Vec<&str> = it.scopes.each().map(Scope::id).collect();
    Ok(json!({
        "id": it.id, "name": it.name, "person": desk.name_of(person), "scopes": scopes,
        "created": it.created.to_string(), "expires": it.expires.to_string(),
        "used": it.used.map(|it| it.to_string()),
        "every_organization": it.organization.is_none(),
    }))
}

fn is_called(it: &AccessToken, text: &str) -> bool {
    it.id.to_string() == text || it.name == text
}

fn scopes() -> impl TypedValueParser<Value = Scope> {
    let names = Scope::ALL.map(Scope::id);
    PossibleValuesParser::new(names)
        .map(|it| Scope::from_id(&it).expect("the parser lets nothing else through"))
}
