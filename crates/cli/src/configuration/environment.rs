//! The environment: one variable for each key, `MUNIMENT_SERVER_LISTEN` and the like.

use super::{From, SECTIONS, SectionDef, Value, file, section};
use crate::stop::refused;

/// The variables that may be ours: name and value, without empty ones.
pub fn all() -> Vec<(String, String)> {
    let texts = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let other =
        |name: &str| SECTIONS.iter().any(|it| it.keys.iter().any(|it| it.variable == Some(name)));
    let ours = texts.filter(|it| it.0.starts_with("MUNIMENT_") || other(&it.0));
    ours.filter(|it| !it.1.trim().is_empty()).collect()
}

/// The values that variables say.
///
/// # Errors
/// When one begins like those of a section and names no key of it.
pub fn values(variables: Vec<(String, String)>) -> anyhow::Result<Vec<(String, Value)>> {
    let mut values = Vec::new();
    // What is named like its key goes before what also says it: the last one holds.
    let also = |name: &str| {
        SECTIONS
            .iter()
            .any(|it| it.keys.iter().any(|it| it.variable.is_some_and(|it| name.starts_with(it))))
    };
    let (short, own): (Vec<_>, Vec<_>) = variables.into_iter().partition(|it| also(&it.0));
    for (name, text) in short.into_iter().chain(own) {
        match SECTIONS.iter().find_map(|it| path(it, &name)) {
            Some(path) => values.push((path, Value { text, from: From::Environment(name) })),
            None if is_stray(&name) => {
                let like =
                    name.trim_start_matches("MUNIMENT_").to_lowercase().replacen('_', ".", 1);
                let hint =
                    match file::nearest(&like).and_then(|it| section::find(&it).zip(Some(it))) {
                        Some(((key, _), near)) => {
                            let section = near.rsplit_once('.').map_or("", |it| it.0);
                            format!("perhaps `{}` is meant", key.variable(section))
                        }
                        None => "`muniment config` shows all variables".to_owned(),
                    };
                return Err(refused(format!("the variable `{name}` sets no key: {hint}")));
            }
            None => {}
        }
    }
    Ok(values)
}

/// The path that a variable names in a section.
fn path(def: &SectionDef, variable: &str) -> Option<String> {
    let path = |section: &str| {
        def.keys.iter().find_map(|key| {
            let plain = format!("{section}.{}", key.name);
            let own = key.variable(section);
            let names = [Some(own.as_str()), key.variable];
            match names.into_iter().flatten().find_map(|it| variable.strip_prefix(it))? {
                "" => Some(plain),
                "_FILE" if key.secret => Some(format!("{plain}_file")),
                _ => None,
            }
        })
    };
    if !def.named {
        return path(def.path);
    }
    let start = format!("MUNIMENT_{}_", def.path).replace('.', "_").to_uppercase();
    let rest = variable.strip_prefix(&start)?;
    // The name is what stands before the key, whichever key is the longest that fits.
    let ends = rest.match_indices('_').map(|it| it.0);
    let names = ends.map(|at| rest[..at].to_lowercase());
    names.filter_map(|name| path(&format!("{}.{name}", def.path))).next()
}

/// Whether a variable looks like one of a section. Those that Kubernetes makes of services do not.
fn is_stray(name: &str) -> bool {
    let made = ["_SERVICE_HOST", "_SERVICE_PORT", "_PORT"];
    let of_service = made.iter().any(|it| name.ends_with(it)) || name.contains("_PORT_");
    let of_section = |it: &&&SectionDef| {
        name.starts_with(&format!("MUNIMENT_{}_", it.path.replace('.', "_").to_uppercase()))
    };
    !of_service && SECTIONS.iter().any(|it| of_section(&it))
}
