//! A brief: what was understood of a text, what is published, what a new version changes.
//!
//! [`understood`], [`published`] and [`changes`] are the brief itself, without buttons; what can be done with it is added by
//! `drafting` for its author and by `standing` for everybody. Words of a brief are spans, cut to what a message bears; the whole
//! of what is cut here is in the brief.

mod drafting;
mod parts;
mod published;
mod standing;
mod understood;

pub use drafting::{
    FORM, Held, Ready, amendment, discarded, draft_changed, form, how_to_begin, how_to_change, no_such_draft,
    not_in_private, nothing_to_apply, overtaken, partly, room_elsewhere, too_many_drafts, typed_for, which_field,
    which_value, which_version, with_next_steps,
};
pub use published::{Contact, published};
pub use standing::{
    Announced, Listed, MovedInTeam, Where, applied, ask_to_close, closed, closed_already, is_published, is_unannounced,
    linked, list, news, news_for, over, with_ways_in,
};
pub use understood::{changes, understood};

#[cfg(test)]
mod tests;
