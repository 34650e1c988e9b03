//! `catalog`.
