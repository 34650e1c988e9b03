//! The commented sample.

use std::fmt::Write;

use super::{Key, SECTIONS, SectionDef, file};

const OPENING: &str = "\
# The configuration of Muniment, with every key at its default.
#
# It is read from the file named by --config or MUNIMENT_CONFIG, else from muniment.toml in the
# working folder, else from /etc/muniment/muniment.toml. Each key can also be said by the variable
# or the flag named above it: a flag goes before a variable, a variable before this file. Keys that
# there are not are refused. `muniment config` shows what holds and where it was said.
#
# Paths are seen from the working folder. A key that holds a secret can be left out for one that
# names a file with it: password_file instead of password.
#
# Written by `muniment config --sample`; crates/cli/src/configuration is where to change it.
";

/// The commented sample.
pub fn sample() -> String {
    let mut text = OPENING.to_owned();
    for def in SECTIONS {
        section(&mut text, def);
    }
    text
}

fn section(to: &mut String, def: &SectionDef) {
    let mut write = |line: String| writeln!(to, "{line}").expect("a String takes everything");
    write(String::new());
    for line in def.about {
        write(format!("# {}", line.trim()));
    }
    // Which names there are is for the administrator to say.
    write(format!("{}[{}]", if def.named { "#" } else { "" }, file::said(def)));
    for key in def.keys {
        write(String::new());
        for line in key.help {
            write(format!("# {}", line.trim()).trim_end().to_owned());
        }
        let section = file::said(def);
        let flag = match def.named {
            true => format!("--set {section}.{}=…", key.name),
            false => format!("--{}", key.flag(def.path)),
        };
        let also = key.variable.map(|it| format!(" or {it}")).unwrap_or_default();
        write(format!("# {}{also}, {flag}", key.variable(&section)));
        let value = if key.default.is_empty() { key.example.unwrap_or("") } else { key.default };
        write(format!("#{} = {}", key.name, written(key, value)));
        if key.secret {
            write(format!("#{}_file = \"/etc/muniment/{}\"", key.name, key.name));
        }
    }
}

/// A value as it stands in the file.
fn written(key: &Key, text: &str) -> String {
    let one = |text: &str| match key.bare {
        true => text.to_owned(),
        false => toml::Value::String(text.to_owned()).to_string(),
    };
    match key.list {
        true => {
            let items = text.split(',').map(str::trim).filter(|it| !it.is_empty());
            format!("[{}]", items.map(one).collect::<Vec<_>>().join(", "))
        }
        false => one(text),
    }
}
