//! `domain`.
