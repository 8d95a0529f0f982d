//! The web: people's own calendars, for whoever has the address of one; and on an address of this machine alone, how the
//! program is and its counts, for whoever runs it.
//!
//! Two listeners that share nothing: what people reach has calendars only. Off unless the settings name an address. `run`
//! opens them; a proxy in front of the public one adds TLS.

mod asking;
mod crowd;
mod etag;
mod feeds;
mod limits;
mod operator;
mod serving;

pub use feeds::Feeds;
pub use operator::Operator;
pub use serving::serve;
