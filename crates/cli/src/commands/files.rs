//! `files`: where attachments and evidence are kept.

use std::path::PathBuf;

use app::FilesAt;
use clap::{ArgGroup, Subcommand};

use crate::{Done, output::Out, place::Place, progress::Busy, stop::refused};

/// Shows where attachments and evidence are kept, or copies them elsewhere.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    muniment files\n  \
    muniment files copy --from /var/lib/muniment/files\n  \
    muniment files copy --to /mnt/files\n\n\
    To move files into a bucket: name the bucket in the configuration, stop the server, copy --from \
    the folder, start it again. To move them out: copy --to a folder, and name that.")]
pub struct Files {
    #[command(subcommand)]
    what: Option<What>,
}

/// What to do with files.
#[derive(Debug, Subcommand)]
enum What {
    /// Copy every file that the ledgers name; each is checked, and nothing is removed.
    Copy(Copy),
}

/// Copies every file that the ledgers name; each is checked, and nothing is removed.
#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("way").required(true).args(["from", "to"])))]
struct Copy {
    /// From this folder to where files are kept now.
    #[arg(long, value_name = "FOLDER")]
    from: Option<PathBuf>,
    /// From where files are kept now to this folder.
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
}

impl Files {
    /// Shows or copies.
    pub fn run(self, place: &Place, out: &mut Out) -> anyhow::Result<Done> {
        let app = place.app()?;
        let here = app.store().address().files().clone();
        let Some(What::Copy(copy)) = self.what else {
            out.line(format!("files are kept in {here}"));
            return Ok(Done::Well);
        };
        let (from, to) = match (copy.from, copy.to) {
            (Some(folder), _) if !folder.is_dir() => {
                return Err(refused(format!(
                    "there is no folder `{}`: name the one that files are in",
                    folder.display()
                )));
            }
            (Some(folder), _) => (FilesAt::Folder(folder), here),
            (_, Some(folder)) => (here, FilesAt::Folder(folder)),
            _ => unreachable!("one of them is required"),
        };
        let busy = Busy::with("copying files");
        let (mut files, mut bytes) = (0_u64, 0_u64);
        app.store()
            .copy_files(&from, &to, |it| {
                files += 1;
                bytes += it.size;
            })
            .map_err(app::Error::from)?;
        drop(busy);
        let plural = if files == 1 { "" } else { "s" };
        out.line(format!("{files} file{plural} ({bytes} bytes) of {from} are now in {to}"));
        Ok(Done::Well)
    }
}
