//! How much of what is handed in is kept on disk: one file, all of a team's, all of a space's, and what stays free.
//!
//! Without these, one candidate could fill the disk that everybody's data is on. Bytes are counted for each version that is
//! kept, whether or not another has the same content: nobody learns from a count what others handed in.

use super::Size;

/// How much is kept, at most. A link takes nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotas {
    /// The largest file.
    pub file: Size,
    /// All the files of a team, what it withdrew and can still bring back included.
    pub team: Size,
    /// All the files of a space.
    pub space: Size,
    /// What is left free on the disk, for everything else that is kept there.
    pub reserve: Size,
}

/// Whether there is room for one more version of a deliverable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// There is.
    Free,
    /// The deliverable has as many versions as it may have: so many.
    Versions(usize),
    /// The team would keep more than it may.
    Team {
        /// What it keeps.
        kept: Size,
        /// What it may keep.
        most: Size,
    },
    /// The space would keep more than it may.
    Space {
        /// What it may keep.
        most: Size,
    },
    /// The deliverable isn't there, or no longer.
    Gone,
}

impl Quotas {
    /// Whether a file of this size fits beside what the team and the space keep.
    #[must_use]
    pub fn room(&self, given: Size, team: Size, space: Size) -> Room {
        let over = |kept: Size, most: Size| kept.0.saturating_add(given.0) > most.0;
        if over(team, self.team) {
            Room::Team { kept: team, most: self.team }
        } else if over(space, self.space) {
            Room::Space { most: self.space }
        } else {
            Room::Free
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_fits_up_to_the_last_byte() {
        let quotas = Quotas { file: Size(10), team: Size(100), space: Size(150), reserve: Size(0) };
        assert_eq!(quotas.room(Size(10), Size(90), Size(140)), Room::Free);
        assert_eq!(quotas.room(Size(11), Size(90), Size(90)), Room::Team { kept: Size(90), most: Size(100) });
        assert_eq!(quotas.room(Size(11), Size(0), Size(140)), Room::Space { most: Size(150) });
        assert_eq!(quotas.room(Size(u64::MAX), Size(1), Size(1)), Room::Team { kept: Size(1), most: Size(100) });
    }
}
