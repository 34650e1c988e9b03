//! `cargo xtask test`: every test, on both databases.

use std::{
    env,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Result;

use crate::{browser, packages, postgres::Server, provider, python, s3, workspace};

/// Where the tests look for the server they may use.
const VARIABLE: &str = "MUNIMENT_TEST_POSTGRES";
/// Where they look for the bucket they may use.
const BUCKET: &str = "MUNIMENT_TEST_S3";
/// Where they look for the Python that can run a mail server.
const PYTHON: &str = "MUNIMENT_TEST_PYTHON";
/// Where they look for the provider of sign-in that they may start.
const PROVIDER: &str = "MUNIMENT_TEST_OIDC";
/// What that Python needs.
const MAIL_SERVER: &str = "aiosmtpd==1.4.6";
/// Where they look for the proxy that they may start.
const NGINX: &str = "MUNIMENT_TEST_NGINX";
/// Where they look for the program that tries the API against its description.
const SCHEMATHESIS: &str = "MUNIMENT_TEST_SCHEMATHESIS";

/// Runs the tests that the filters select, all without a filter. The summary of the test runner is
/// the last thing printed, because build servers read it there.
///
/// # Errors
/// When there is no PostgreSQL or no browser and none can be installed, or `cargo` cannot be started.
pub fn run(filters: &[String]) -> Result<ExitCode> {
    // Dropped at the end of this function, whatever the tests say; only then does the program exit.
    let server = match env::var(VARIABLE) {
        Ok(url) if !url.is_empty() => None,
        _ => Some(Server::start()?),
    };
    let bucket = match env::var(BUCKET) {
        Ok(url) if !url.is_empty() => None,
        _ => s3_if_any()?,
    };
    let python = match env::var_os(PYTHON) {
        Some(_) => None,
        None => python_if_any()?,
    };
    let schemathesis = match env::var(SCHEMATHESIS) {
        Ok(path) if !path.is_empty() => None,
        _ => schemathesis_if_any()?,
    };
    let browser = browser::prepare()?;
    nginx_if_any()?;
    let provider = match env::var_os(PROVIDER) {
        Some(_) => None,
        None => provider_if_any()?,
    };
    let cargo = |words: &[&str]| {
        let mut cargo = workspace::cargo();
        cargo.args(words);
        if let Some(server) = &server {
            cargo.env(VARIABLE, server.url());
        }
        if let Some(bucket) = &bucket {
            cargo.env(BUCKET, bucket.url());
        }
        cargo.envs(provider.iter().map(|it| (PROVIDER, it)));
        cargo.envs(python.iter().map(|it| (PYTHON, it)));
        if let Some(program) = &schemathesis {
            cargo.env(SCHEMATHESIS, program);
        }
        cargo.envs(browser.iter().map(|(name, path)| (name, path)));
        cargo
    };
    let all: &[&str] =
        if filters.iter().any(|it| selects_packages(it)) { &[] } else { &["--workspace"] };
    if !workspace::succeeds(workspace::cargo().args(["nextest", "--version"])) {
        return workspace::code(cargo(&["test", "--no-fail-fast"]).args(all).args(filters));
    }
    if filters.is_empty() && has_doc_tests()? {
        let documented = workspace::code(&mut cargo(&["test", "--quiet", "--doc", "--workspace"]))?;
        if documented != ExitCode::SUCCESS {
            return Ok(documented);
        }
    }
    workspace::code(cargo(&["nextest", "run", "--no-fail-fast"]).args(all).args(filters))
}

/// A bucket. Where there is no Python and no network, a developer may go without; a build server,
/// which sets `CI`, may not.
fn s3_if_any() -> Result<Option<s3::Server>> {
    match s3::Server::start() {
        Ok(server) => Ok(Some(server)),
        Err(err) if env::var_os("CI").is_some() => Err(err),
        Err(err) => {
            eprintln!("skipped: the tests of files in a bucket: {err:#}");
            Ok(None)
        }
    }
}

/// A provider of sign-in. Where there is no network, a developer may go without; a build server may
/// not.
fn provider_if_any() -> Result<Option<PathBuf>> {
    match provider::prepare() {
        Ok(folder) => Ok(Some(folder)),
        Err(err) if env::var_os("CI").is_some() => Err(err),
        Err(err) => {
            eprintln!("skipped: the test of signing in through a provider: {err:#}");
            Ok(None)
        }
    }
}

/// The proxy that a test puts in front. Where it cannot be installed, a developer may go without; a
/// build server may not.
fn nginx_if_any() -> Result<()> {
    let paths = env::var_os("PATH").unwrap_or_default();
    let mut places = env::split_paths(&paths).chain([Path::new("/usr/sbin").to_owned()]);
    if env::var_os(NGINX).is_some() || places.any(|it| it.join("nginx").is_file()) {
        return Ok(());
    }
    let by_hand = "the test of proxies needs nginx; install it with `apt-get install nginx-light`";
    match packages::install(&["nginx-light"], by_hand) {
        Err(err) if env::var_os("CI").is_none() => {
            eprintln!("skipped: the test behind a proxy: {err:#}");
            Ok(())
        }
        done => done,
    }
}

/// A Python with a mail server. Where there is no network, a developer may go without; a build
/// server may not.
fn python_if_any() -> Result<Option<PathBuf>> {
    match python::programs("mail", &[MAIL_SERVER]) {
        Ok(folder) => Ok(Some(folder.join("python"))),
        Err(err) if env::var_os("CI").is_some() => Err(err),
        Err(err) => {
            eprintln!("skipped: the tests of mail: {err:#}");
            Ok(None)
        }
    }
}

/// The program that tries the API against its description; as with buckets, a developer may go
/// without.
fn schemathesis_if_any() -> Result<Option<PathBuf>> {
    match python::programs("schemathesis", &["schemathesis==4.32.5"]) {
        Ok(folder) => Ok(Some(folder.join("schemathesis"))),
        Err(err) if env::var_os("CI").is_some() => Err(err),
        Err(err) => {
            eprintln!("skipped: trying the API against its description: {err:#}");
            Ok(None)
        }
    }
}

fn selects_packages(filter: &str) -> bool {
    filter.starts_with("-p")
        || ["--package", "--workspace", "--all"].iter().any(|it| filter.starts_with(it))
}

/// Whether any documentation holds an example that would be run. Building for none takes minutes.
fn has_doc_tests() -> Result<bool> {
    let files = workspace::files()?;
    Ok(files.iter().any(|it| it.path.ends_with(".rs") && opens_an_example(&it.text)))
}

fn opens_an_example(text: &str) -> bool {
    let mut inside = false;
    for line in text.lines().map(str::trim_start) {
        let Some(doc) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else {
            inside = false;
            continue;
        };
        if let Some(language) = doc.trim().strip_prefix("```") {
            let runs = ["", "rust", "no_run", "should_panic", "compile_fail"];
            if !inside && runs.contains(&language) {
                return true;
            }
            inside = !inside;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_examples_from_other_blocks() {
        assert!(opens_an_example("/// So:\n/// ```\n/// f();\n/// ```\nfn f() {}"));
        assert!(opens_an_example("//! ```no_run\n//! f();\n//! ```"));
        assert!(!opens_an_example("/// ```text\n/// a → b\n/// ```\nfn f() {}"));
        assert!(!opens_an_example("let fence = \"```\";"));
    }

    #[test]
    fn knows_when_a_filter_names_packages() {
        assert!(selects_packages("-p"));
        assert!(selects_packages("--package=ledger"));
        assert!(!selects_packages("seals_in_order"));
    }
}
