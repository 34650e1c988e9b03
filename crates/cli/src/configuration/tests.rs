use jiff::SignedDuration;

use super::*;

fn file(text: &str) -> Result<Vec<(String, Value)>, String> {
    file::values(Path::new("muniment.toml"), text).map_err(|err| err.to_string())
}

fn layers(toml: &str, variables: &[(&str, &str)], flags: &[(&str, &str)]) -> Configuration {
    try_layers(toml, variables, flags).unwrap()
}

fn try_layers(
    toml: &str,
    variables: &[(&str, &str)],
    flags: &[(&str, &str)],
) -> anyhow::Result<Configuration> {
    let mut configuration = Configuration::default();
    configuration.put(file(toml).unwrap())?;
    let variables = variables.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
    configuration.put(environment::values(variables)?)?;
    let said = flags.iter().fold(Flags::default(), |so_far, (path, text)| {
        so_far.and(path, Some(text.to_string()), "--flag")
    });
    configuration.put(said.values()?)?;
    Ok(configuration)
}

#[test]
fn every_default_and_example_is_a_value_and_every_key_has_help() {
    for def in SECTIONS {
        for key in def.keys {
            assert!((key.check)(key.default), "default of {}.{}", def.path, key.name);
            assert!(key.example.is_none_or(key.check), "example of {}.{}", def.path, key.name);
            assert!(key.help.iter().any(|it| !it.trim().is_empty()), "{}", key.name);
            let shown = key.secret || !key.default.is_empty() || key.example.is_some();
            assert!(shown, "{}.{} has nothing to show in the sample", def.path, key.name);
        }
    }
}

#[test]
fn the_sample_is_committed_and_every_key_in_it_can_be_uncommented() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deploy/muniment.toml");
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == sample(),
        "deploy/muniment.toml is not up to date: run `cargo xtask generate` and commit it"
    );
    let is_key = |it: &&str| it.starts_with("#[") || it[1..].split(' ').nth(1) == Some("=");
    let lines = committed.lines().map(|it| match it.starts_with("#") && is_key(&it) {
        true => &it[1..],
        false => it,
    });
    // A secret is said in one way or the other.
    let lines = lines.filter(|it| !it.split(" = ").next().unwrap_or_default().ends_with("_file"));
    let all = lines.collect::<Vec<_>>().join("\n");
    let keys: usize = SECTIONS.iter().map(|it| it.keys.len()).sum();
    assert_eq!(file(&all).map(|it| it.len()), Ok(keys), "{all}");
    layers(&all, &[], &[]);
}

#[test]
fn a_flag_goes_before_a_variable_before_the_file_before_the_default() {
    let toml = "[server]\nlisten = \"127.0.0.1:1\"";
    let (variable, flag) =
        (("MUNIMENT_SERVER_LISTEN", "127.0.0.1:2"), ("server.listen", "127.0.0.1:3"));
    let listen = |it: Configuration| it.read::<Server>().unwrap().listen.to_string();
    assert_eq!(listen(layers("", &[], &[])), "127.0.0.1:7171");
    assert_eq!(listen(layers(toml, &[], &[])), "127.0.0.1:1");
    assert_eq!(listen(layers(toml, &[variable], &[])), "127.0.0.1:2");
    assert_eq!(listen(layers(toml, &[variable], &[flag])), "127.0.0.1:3");
}

#[test]
fn a_secret_may_stand_in_a_file_and_is_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("url");
    fs::write(&path, "postgres://muniment:hush@db/muniment\n").unwrap();
    let named = path.to_str().unwrap();
    let low = "[database]\nurl = \"sqlite:a.db\"";
    let over = layers(low, &[("MUNIMENT_DATABASE_URL_FILE", named)], &[]);
    let database: Database = over.read().unwrap();
    assert_eq!(database.url.0, "postgres://muniment:hush@db/muniment");
    assert_eq!(over.value("database.url"), None, "what a higher layer says in a file hides it");
    assert_eq!((database_key().shown)(&database.url.0), "postgres://muniment@db/muniment");
    let both = [("MUNIMENT_DATABASE_URL_FILE", named), ("MUNIMENT_DATABASE", "sqlite:b.db")];
    assert!(try_layers("", &both, &[]).unwrap_err().to_string().contains("only one of"));
}

fn database_key() -> &'static Key {
    section::find("database.url").unwrap().0
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_what_is_expected() {
    let cases = [
        (
            "[server]\n\nlistn = \"x\"",
            "`muniment.toml` line 3: there is no key `server.listn`: perhaps `server.listen` is meant",
        ),
        (
            "[servr]\nlisten = \"x\"",
            "`muniment.toml` line 1: there is no key `servr`: perhaps `server` is meant",
        ),
        (
            "[server]\norigin = { a = 1 }",
            "`muniment.toml` line 2: `server.origin` is no section: write an address like https://isms.example.org, without a path",
        ),
    ];
    for (toml, said) in cases {
        assert_eq!(file(toml), Err(said.to_owned()));
    }
    assert!(file("[server\n").unwrap_err().starts_with("`muniment.toml` line 1: "));
    let wrong = |toml: &str, variables: &[(&str, &str)]| {
        try_layers(toml, variables, &[]).unwrap_err().to_string()
    };
    assert_eq!(
        wrong("[server]\nlargest_upload = \"many\"", &[]),
        "`muniment.toml` line 2: `server.largest_upload` cannot be `many`: write a size from 1 B, like 200 MB"
    );
    assert_eq!(
        wrong("", &[("MUNIMENT_SERVER_LISTN", "x")]),
        "the variable `MUNIMENT_SERVER_LISTN` sets no key: perhaps `MUNIMENT_SERVER_LISTEN` is meant"
    );
    let flag =
        |path: &str, text: &str| try_layers("", &[], &[(path, text)]).unwrap_err().to_string();
    for path in ["connections", "connections_of_one", "largest_upload", "patience"] {
        let text = if path == "patience" { "0s" } else { "0" };
        assert!(flag(&format!("server.{path}"), text).contains(" from 1"), "{path}");
    }
    assert!(flag("telemetry.log", "loud").contains("write error, warn, info, debug or trace"));
    layers("", &[], &[("telemetry.log", "warn,web=debug,[request{id=1}]=trace")]);
    let hint = ": `muniment config` shows all keys";
    assert_eq!(flag("server.foo", "1"), format!("`--flag`: there is no key `server.foo`{hint}"));
    assert_eq!(flag("server", "1"), format!("`--flag`: there is no key `server`{hint}"));
    assert!(flag("server.listn", "1").ends_with("perhaps `server.listen` is meant"));
    // Kubernetes makes such variables of a service, and nobody meant them for us.
    layers("", &[("MUNIMENT_SERVER_SERVICE_HOST", "10.0.0.1"), ("MUNIMENT_PORT", "x")], &[]);
}

#[test]
fn backups_go_to_one_place_at_their_time() {
    let plan = |toml: &str| layers(toml, &[], &[]).read::<Backup>().unwrap().plan();
    assert!(plan("[backup]\nat = \"02:30\"\n").is_none());
    let folder = plan("[backup]\nto = \"/mnt\"\nat = \"02:30\"\n").unwrap();
    assert!(matches!(folder.due, app::Due::At(time, _) if time.hour() == 2 && time.minute() == 30));
    let bucket = plan("[backup]\nbucket = \"b\"\nprefix = \"/p/\"\nkey_id = \"k\"\n").unwrap();
    assert_eq!(bucket.due, app::Due::Every(SignedDuration::from_hours(24)));
    let app::BackupsAt::S3(s3) = bucket.to else { panic!("it goes to the bucket") };
    assert_eq!((s3.bucket.as_str(), s3.prefix.as_str(), s3.key), ("b", "p", None));
    let both = layers("[backup]\nto = \"/mnt\"\nbucket = \"b\"\n", &[], &[]);
    assert!(both.check_places().unwrap_err().to_string().contains("say only one of them"));
    let wrong = try_layers("[backup]\nat = \"25:00\"\n", &[], &[]).unwrap_err().to_string();
    assert!(wrong.contains("a time of day, like 02:30"), "{wrong}");
}
