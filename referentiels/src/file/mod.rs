//! The file of one référentiel: readable TOML, one a référentiel, in the order and with the names of the JSON contract.

mod defects;
mod fields;
mod load;
mod write;

pub use defects::{Defect, Defects};
pub use load::parse;
pub use write::write;
