//! The people whom a message notifies, in groups that one payload can name.

use super::{
    measure::{CONTENT, NOTIFIED},
    span::snowflake,
};
use std::collections::HashSet;
use vigie_chat::PersonId;

/// Ids of the people, each once; who isn't on Discord is left out.
pub(super) fn groups(people: &[PersonId]) -> Vec<Vec<u64>> {
    let mut seen = HashSet::new();
    let ids: Vec<u64> =
        people.iter().filter_map(|person| snowflake(person.as_str())).filter(|id| seen.insert(*id)).collect();
    // `<@`, 20 digits at most, `>` and a space.
    let most = NOTIFIED.min(CONTENT / 24);
    ids.chunks(most).map(<[u64]>::to_vec).collect()
}

/// The words that make Discord notify them.
pub(super) fn words(ids: &[u64]) -> String {
    ids.iter().map(|id| format!("<@{id}>")).collect::<Vec<_>>().join(" ")
}
