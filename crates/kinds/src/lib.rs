//! `kinds`.
