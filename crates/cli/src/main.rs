//! `muniment`, the binary.

fn main() {}
