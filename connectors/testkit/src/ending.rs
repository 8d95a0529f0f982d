//! How a scenario ends when it doesn't go through.

use crate::Skill;

/// What a scenario returns.
pub type Ending<T = ()> = Result<T, Trouble>;

/// Why a scenario didn't go through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The connector doesn't conform: what was expected, what was found, and the line of the scenario.
    Failed(String),
    /// The network can't do what the scenario needs. The test passes, with one line that says so.
    LeftOut(Skill),
}

/// Fails the scenario unless the condition holds.
macro_rules! ensure {
    ($holds:expr, $($words:tt)+) => {
        if !$holds {
            let words = format!($($words)+);
            return Err($crate::Trouble::Failed(format!("{words}\n  at {}:{}", file!(), line!())));
        }
    };
}
pub(crate) use ensure;
