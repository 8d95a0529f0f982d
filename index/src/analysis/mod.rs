//! French text analysis, the same for documents and queries: fold, cut into words, find what forms have in common.

mod fold;
mod stem;
mod token;
mod words;

pub(crate) use fold::fold;
pub(crate) use stem::{family, inflection};
pub(crate) use token::{Token, tokens};
pub(crate) use words::{is_action, is_asking, is_function, is_light, is_naming, is_prefix, spelt_out};
