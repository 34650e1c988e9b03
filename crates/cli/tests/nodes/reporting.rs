//! What a reporting tool reads, with psql, as a role that sees nothing else.

use std::process::{Command, Stdio};

use crate::installation::Installation;

#[test]
fn a_role_reads_its_organization_and_nothing_else() {
    let Some(installation) = Installation::begun() else { return };
    if Command::new("psql").arg("--version").stdout(Stdio::null()).status().is_err() {
        eprintln!("skipped: there is no psql");
        return;
    }
    installation.good(&["new", "asset", "--set", "title=File servers"]);
    installation.good(&["new", "asset", "--set", "title=Laptops"]);
    let role = format!("reader_{}", installation.schema);
    installation.admin(&format!("create role {role} login password 'read'"));
    let url = installation.url(None);
    let (_, rest) = url.split_once('@').unwrap();
    let (rest, _) = rest.split_once('?').unwrap();
    let psql = |sql: &str| {
        let output = Command::new("psql")
            .args(["-X", "-At", "-v", "ON_ERROR_STOP=1", "-c", sql])
            .arg(format!("postgres://{role}:read@{rest}"))
            .env("PGOPTIONS", format!("-csearch_path={}", installation.schema))
            .output()
            .unwrap();
        match output.status.success() {
            true => Ok(String::from_utf8(output.stdout).unwrap().trim().to_owned()),
            false => Err(String::from_utf8(output.stderr).unwrap()),
        }
    };
    assert!(psql("select ref from v_asset").unwrap_err().contains("does not exist"));
    installation.good(&["reporting", "grant", &role]);
    let read = psql("select ref || ' ' || title from v_asset order by number").unwrap();
    assert_eq!(read, "ASSET-1 File servers\nASSET-2 Laptops");
    let listed = installation.good(&["list", "asset", "--format", "json"]);
    assert_eq!(listed.matches("\"ref\"").count().max(listed.matches("ASSET-").count()), 2);
    for table in ["revision", "account", "session", "reader", "report_record"] {
        let refused = psql(&format!("select * from {table}")).unwrap_err();
        assert!(refused.contains("permission denied"), "{table}: {refused}");
    }
    installation.good(&["reporting", "revoke", &role]);
    assert!(psql("select ref from v_asset").unwrap_err().contains("permission denied"));
    installation.good(&["--organization", "acme", "reporting", "grant", &role]);
    assert_eq!(psql("select organization from v_organizations").unwrap(), "acme");
    // Another organization's reader sees none of this one.
    let other = "update reader set organization = decode(repeat('00', 16), 'hex')";
    installation.admin(&format!("set search_path = {}; {other}", installation.schema));
    assert_eq!(psql("select ref from v_asset").unwrap(), "");
    installation.admin(&format!("drop owned by {role}; drop role {role}"));
}
