//! `docs/where-browsers-part.md` says what `deviations.toml` and the profiles say.
