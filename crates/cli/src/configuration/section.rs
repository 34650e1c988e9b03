//! What a section and a key are, and the macro that makes both from one definition.

use super::{Reading, SECTIONS, Setting};

/// A section of the configuration, as a struct.
pub trait Section: Sized {
    /// Its definition.
    const DEF: SectionDef;

    /// Reads it.
    ///
    /// # Errors
    /// When the file of a secret cannot be read.
    fn read(reading: &Reading<'_>) -> anyhow::Result<Self>;
}

/// A section, as data.
#[derive(Debug)]
pub struct SectionDef {
    /// Its path in the file: `server`.
    pub path: &'static str,
    /// Whether there may be several, each with a name that an administrator gives:
    /// `[sign_in.provider.NAME]`.
    pub named: bool,
    /// What it is for, by lines.
    pub about: &'static [&'static str],
    /// Its keys.
    pub keys: &'static [Key],
}

/// A key, as data.
#[derive(Debug)]
pub struct Key {
    /// Its name in the file.
    pub name: &'static str,
    /// What it does, by lines.
    pub help: &'static [&'static str],
    /// The value when nobody says one; empty for none.
    pub default: &'static str,
    /// A value for the sample, where there is no default.
    pub example: Option<&'static str>,
    /// Its flag, where that is not made of section and name.
    pub flag: Option<&'static str>,
    /// A variable that also says it, beside the one made of section and name.
    pub variable: Option<&'static str>,
    /// What may be written, as the end of a sentence that begins with “write”.
    pub expected: &'static str,
    /// Whether the value holds a secret. Such a key may also name a file: `password_file`.
    pub secret: bool,
    /// A value as anybody may see it.
    pub shown: fn(&str) -> String,
    /// Whether the value stands in a file without quotation marks.
    pub bare: bool,
    /// Whether the value is a list.
    pub list: bool,
    /// Whether a text is a value.
    pub check: fn(&str) -> bool,
}

impl Key {
    /// A key of this type, without a name.
    pub const fn of<T: Setting>() -> Self {
        Self {
            name: "",
            help: &[],
            default: "",
            example: None,
            flag: None,
            variable: None,
            expected: T::EXPECTED,
            secret: T::SECRET,
            shown: T::shown,
            bare: T::BARE,
            list: T::LIST,
            check: |text| T::parse(text).is_some(),
        }
    }

    /// Its variable in the environment.
    pub fn variable(&self, section: &str) -> String {
        format!("MUNIMENT_{section}_{}", self.name).replace('.', "_").to_uppercase()
    }

    /// Its flag, without the dashes in front.
    pub fn flag(&self, section: &str) -> String {
        let made = || format!("{section}-{}", self.name).replace(['.', '_'], "-");
        self.flag.map_or_else(made, str::to_owned)
    }
}

/// The key at a path, and whether the path is that of the file of a secret.
pub fn find(path: &str) -> Option<(&'static Key, bool)> {
    let (section, name) = path.rsplit_once('.')?;
    let def = SECTIONS.iter().find(|it| match it.named {
        false => it.path == section,
        true => section.rsplit_once('.').is_some_and(|(outer, _)| outer == it.path),
    })?;
    let plain = def.keys.iter().find(|it| it.name == name).map(|it| (it, false));
    plain.or_else(|| {
        let name = name.strip_suffix("_file")?;
        def.keys.iter().find(|it| it.secret && it.name == name).map(|it| (it, true))
    })
}

/// A section of the configuration: a struct, and what is known of its keys.
///
/// ```text
/// section! {
///     /// What the section is for.
///     pub struct Name in "name" {
///         /// What the key does.
///         key: Type = "default",
///         /// A key without a default, and with a flag of its own.
///         other: Option<Type> = "" [example "…", flag "other"],
///     }
/// }
/// ```
///
/// `in "name" named` makes a section of which there may be several.
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident in $path:literal $($named:ident)? {
            $(
                $(#[doc = $help:literal])+
                $key:ident: $type:ty = $default:literal $([$($mark:ident $said:literal),+])?,
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone)]
        pub struct $name {
            $($(#[doc = $help])+ pub $key: $type,)+
        }

        impl $crate::configuration::Section for $name {
            const DEF: $crate::configuration::SectionDef = $crate::configuration::SectionDef {
                path: $path,
                named: matches!(stringify!($($named)?).as_bytes(), b"named"),
                about: &[$($about),+],
                keys: &[$($crate::configuration::Key {
                    name: stringify!($key),
                    help: &[$($help),+],
                    default: $default,
                    $($($mark: Some($said),)+)?
                    ..$crate::configuration::Key::of::<$type>()
                }),+],
            };

            fn read(reading: &$crate::configuration::Reading<'_>) -> anyhow::Result<Self> {
                let mut keys = Self::DEF.keys.iter();
                // A struct is built in the order that it is written in.
                Ok(Self {
                    $($key: reading.get::<$type>(keys.next().expect("a key for each field"))?,)+
                })
            }
        }
    };
}

pub(crate) use section;
