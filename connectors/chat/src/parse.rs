//! Reading what people type.

mod misread;

pub use misread::{Misread, Problem};
