//! How rows are read and written: numbers, instants, deadlines, and texts made for so many rows at once.
//!
//! A row holds only what this program wrote. What can't be read all the same was changed by other hands: it is an error,
//! never a guess.

use jiff::Timestamp;
use jiff::civil::DateTime;

/// Rows written by one statement: few enough for the least that a database takes (32,766 values on SQLite).
pub(super) const AT_ONCE: usize = 500;

/// A date and time as they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// What a clock on the wall shows, to the minute: the truth.
    pub wall: DateTime,
    /// IANA name of the zone of that wall.
    pub zone: String,
    /// The instant that follows from both, for comparing.
    pub at: Timestamp,
}

impl When {
    /// The wall as it is written.
    pub(super) fn written(&self) -> String {
        wall(self.wall)
    }

    /// What three columns hold: all of it, or none.
    pub(super) fn read(columns: (Option<String>, Option<String>, Option<i64>)) -> Result<Option<Self>, sqlx::Error> {
        match columns {
            (Some(wall), Some(zone), Some(at)) => {
                let wall = wall.parse().map_err(|_| damaged("due_on_wall"))?;
                Ok(Some(Self { wall, zone, at: instant(at)? }))
            }
            (None, None, None) => Ok(None),
            _ => Err(damaged("due_at")),
        }
    }
}

/// `2026-11-27T18:00`.
pub(super) fn wall(wall: DateTime) -> String {
    wall.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// A column that doesn't hold what this program writes there.
pub(super) fn damaged(column: &'static str) -> sqlx::Error {
    let source = "it holds what this program doesn't write";
    sqlx::Error::ColumnDecode { index: column.to_owned(), source: source.into() }
}

/// An instant from its UTC milliseconds.
pub(super) fn instant(milliseconds: i64) -> Result<Timestamp, sqlx::Error> {
    Timestamp::from_millisecond(milliseconds).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// A number that people say, or a count.
pub(super) fn number(value: i64) -> Result<u32, sqlx::Error> {
    u32::try_from(value).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// `($1, $2, $3), ($1, $4, $5)`: so many rows, whose first `shared` values are the same and whose next `own` are their own.
pub(super) fn values(rows: usize, shared: usize, own: usize) -> String {
    let row = |rank: usize| {
        let first = shared + 1 + own * rank;
        let columns = (1..=shared).chain(first..first + own).map(|column| format!("${column}"));
        format!("({})", columns.collect::<Vec<_>>().join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// The same rows, to look keys up `in (…)`. SQLite reads the whole table for a bare list of rows, and each key alone for a
/// question.
pub(super) fn keys(rows: usize, shared: usize, own: usize) -> String {
    format!("select * from (values {}) as keys", values(rows, shared, own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_share_their_first_values() {
        assert_eq!(values(2, 1, 2), "($1, $2, $3), ($1, $4, $5)");
        assert_eq!(values(1, 2, 0), "($1, $2)");
        assert_eq!(keys(2, 0, 1), "select * from (values ($1), ($2)) as keys");
    }

    #[test]
    fn a_deadline_is_whole_or_not_at_all() {
        let at: Timestamp = "2026-11-27T17:00:00Z".parse().expect("an instant");
        let columns = (Some("2026-11-27T18:00".to_owned()), Some("Europe/Paris".to_owned()), Some(at.as_millisecond()));
        let due = When::read(columns.clone()).expect("it is whole").expect("there is one");
        assert_eq!((due.written(), due.at), ("2026-11-27T18:00".to_owned(), at));
        assert!(When::read((None, None, None)).expect("it is none").is_none());
        assert!(When::read((columns.0, None, columns.2)).is_err());
        assert!(When::read((Some("soon".to_owned()), columns.1, columns.2)).is_err());
    }
}
