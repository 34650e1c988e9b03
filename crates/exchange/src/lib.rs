//! `exchange`.
