//! What reminds people, against what is promised: random histories beside a model of their own, and two processes that share
//! the work.

mod crowd;
mod histories;
mod model;
mod processes;
mod rules;
mod stalls;
mod world;
