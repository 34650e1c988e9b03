//! One thing that was looked at.

/// One thing that was looked at.
pub struct Finding {
    /// What.
    pub about: &'static str,
    /// How it is.
    pub grade: Grade,
    /// What was found.
    pub found: String,
    /// What to do; empty when nothing is.
    pub advice: String,
}

/// How it is, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// As it should be.
    Well,
    /// It works and needs a look.
    Warning,
    /// It does not work, or will not for long.
    Failed,
}

impl Grade {
    /// As it is printed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Well => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
        }
    }
}

impl Finding {
    /// It is as it should be.
    pub fn well(about: &'static str, found: impl Into<String>) -> Self {
        Self { about, grade: Grade::Well, found: found.into(), advice: String::new() }
    }

    /// It works and needs a look.
    pub fn warning(
        about: &'static str,
        found: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self { about, grade: Grade::Warning, found: found.into(), advice: advice.into() }
    }

    /// It does not work, or will not for long.
    pub fn failed(
        about: &'static str,
        found: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self { about, grade: Grade::Failed, found: found.into(), advice: advice.into() }
    }
}
