//! A small tree of values with their places, made from YAML, JSON and TOML alike.
