//! The names of enum variants, for programs and logs.

/// Implements a function that returns the name of a variant, and the constant `NAMES` with the names of all
/// variants.
///
/// The `match` is exhaustive, so a new variant does not compile until it is listed here. Tests compare with
/// `NAMES`.
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
