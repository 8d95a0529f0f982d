//! Which of a team's things are read: milestones, deliverables. None that is deleted is.

use crate::domain::key::{BriefKey, TeamKey};

/// Which ones, whatever they are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which {
    /// That of this key.
    One(i64),
    /// That of a team which has this number.
    Numbered(TeamKey, u32),
    /// All of a team.
    Team(TeamKey),
    /// All of the teams at work on a brief.
    Brief(BriefKey),
}

impl Which {
    /// The condition that says so, on a table's own columns; $1 is the tenant.
    pub(super) fn condition(self, table: &str) -> String {
        match self {
            Self::One(_) => format!("{table}.id = $2"),
            Self::Numbered(..) => format!("{table}.team_id = $2 and {table}.number = $3"),
            Self::Team(_) => format!("{table}.team_id = $2"),
            Self::Brief(_) => format!(
                "{table}.team_id in (select id from teams where tenant_id = $1 and brief_id = $2 and state = 'active')"
            ),
        }
    }

    /// The values that follow the tenant.
    pub(super) fn values(self) -> (i64, Option<i64>) {
        match self {
            Self::One(key) => (key, None),
            Self::Numbered(team, number) => (team.0, Some(i64::from(number))),
            Self::Team(team) => (team.0, None),
            Self::Brief(brief) => (brief.0, None),
        }
    }
}
