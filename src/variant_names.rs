//! Names of variants: stable words for programs, written down once.

/// Implements a function that gives the name of a variant, and `NAMES`, the names of all variants.
///
/// The match is exhaustive, so that a new variant does not compile until it has its name here. Tests hold what they know
/// against `NAMES`.
macro_rules! variant_names {
    ($(#[$meta:meta])* $visibility:vis fn $function:ident of $enum:ident { $($variant:ident),+ $(,)? }) => {
        impl $enum {
            /// The names of all variants.
            #[doc(hidden)]
            pub const NAMES: &'static [&'static str] = &[$(stringify!($variant)),+];

            $(#[$meta])*
            #[must_use]
            $visibility const fn $function(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => stringify!($variant),)+
                }
            }
        }
    };
}
