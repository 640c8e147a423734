//! Properties of whole fetches, over the random networks of the model.

mod caching;
mod fetches;
mod fixes;
mod header_form;
pub(crate) mod player;
