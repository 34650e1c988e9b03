//! `reporting`: who may read the records as tables.

use clap::Subcommand;
use exchange::Value;

use crate::{
    Done,
    output::{Column, Format, Out, Table},
    place::Place,
    stop::refused,
};

/// Shows who may read the records as tables, or lets a role of the database's server do so.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment reporting\n  \
    muniment reporting grant metabase\n  \
    muniment --organization acme reporting grant acme_reports\n  \
    muniment reporting revoke metabase\n\n\
    The role must exist: create role metabase login password '…'. It sees the views (v_risk and so \
    on) and nothing else; docs/reporting.md tells more.")]
pub struct Reporting {
    #[command(subcommand)]
    what: Option<What>,
}

/// What to do about readers.
#[derive(Debug, Subcommand)]
enum What {
    /// Let a role read the views: of one organization with --organization, else of all.
    Grant {
        /// The role.
        role: String,
    },
    /// Take that from a role.
    Revoke {
        /// The role.
        role: String,
    },
}

impl Reporting {
    /// Shows, grants or revokes.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let app = place.app()?;
        let named = place.global().organization.as_deref();
        match self.what {
            None => {
                let rows = app.organizations()?;
                let readers = app.store().readers().map_err(app::Error::from)?;
                let columns =
                    vec![Column::whole("role", "Role"), Column::whole("reads", "May read")];
                let mut table = Table::new(columns);
                for (role, organization) in &readers {
                    let slug = organization.and_then(|id| {
                        rows.iter().find(|it| it.organization == id).map(|it| it.slug.as_str())
                    });
                    let reads = slug.unwrap_or("all organizations");
                    table.row([role.as_str(), reads].map(Value::from_text).to_vec());
                }
                match readers.is_empty() && out.format == Format::Table {
                    true => out.line("nobody may read the records as tables"),
                    false => out.table(&table),
                }
            }
            Some(What::Grant { role }) => {
                let organization = match named {
                    None => None,
                    Some(slug) => {
                        let found = app.organizations()?.into_iter().find(|it| it.slug == slug);
                        let found = found.ok_or_else(|| {
                            refused(format!("there is no organization `{slug}` here"))
                        })?;
                        Some(found.organization)
                    }
                };
                app.store().grant_reading(&role, organization).map_err(app::Error::from)?;
                out.line(format!("{role} may read {}", named.unwrap_or("all organizations")));
            }
            Some(What::Revoke { role }) => {
                app.store().revoke_reading(&role).map_err(app::Error::from)?;
                out.line(format!("{role} may read nothing any more"));
            }
        }
        Ok(Done::Well)
    }
}
