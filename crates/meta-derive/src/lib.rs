//! `meta-derive`.
