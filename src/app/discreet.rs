//! The actions under private answers: in memory, and nowhere else.
//!
//! That somebody was answered on accommodation is itself health data, and so is a button that was made for them. Such
//! answers are always private, so no private answer's actions reach the store. They are forgotten with the process, and
//! the oldest of each person first.

use crate::store::{Found, Kept};
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use vigie_chat::{ConnectorName, PersonId};

/// Answers whose actions are kept for one person: nobody can make others' expire.
const MOST_FOR_ONE: usize = 40;

/// People whose answers are kept. With a kilobyte or two each, all of it stays under forty megabytes.
const MOST_PEOPLE: usize = 500;

/// Whose an answer is: ids are unique within a connector only.
type Owner = (ConnectorName, PersonId);

/// The book of what is kept in memory.
#[derive(Debug, Default)]
pub(super) struct Discreet(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    kept: HashMap<String, (ConnectorName, Found)>,
    /// For each person their ids, oldest first.
    ids: HashMap<Owner, VecDeque<String>>,
    /// People, the one who was answered longest ago first.
    people: VecDeque<Owner>,
}

impl Discreet {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what the actions of an answer do.
    pub(super) fn keep(&self, id: &str, connector: &ConnectorName, found: Found) {
        let owner = (connector.clone(), found.owner.clone());
        let mut book = self.book();
        book.people.retain(|person| *person != owner);
        book.people.push_back(owner.clone());
        if book.people.len() > MOST_PEOPLE
            && let Some(forgotten) = book.people.pop_front()
        {
            for id in book.ids.remove(&forgotten).unwrap_or_default() {
                book.kept.remove(&id);
            }
        }
        let ids = book.ids.entry(owner.clone()).or_default();
        ids.push_back(id.to_owned());
        let oldest = if ids.len() > MOST_FOR_ONE { ids.pop_front() } else { None };
        if let Some(oldest) = oldest {
            book.kept.remove(&oldest);
        }
        book.kept.insert(id.to_owned(), (owner.0, found));
    }

    /// What is kept under an id on a network, and for whom.
    pub(super) fn find(&self, id: &str, connector: &ConnectorName) -> Option<Found> {
        let book = self.book();
        let (network, found) = book.kept.get(id)?;
        (network == connector).then(|| found.clone())
    }

    /// Forgets a form that is being submitted, and says whether it was still there.
    pub(super) fn spend(&self, id: &str) -> bool {
        let mut book = self.book();
        let form = matches!(book.kept.get(id), Some((_, Found { kept: Kept::Form(_), .. })));
        form && book.kept.remove(id).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_of_the_same_person_are_forgotten_first() {
        let discreet = Discreet::default();
        let network = ConnectorName::new("test");
        let keep = |id: &str, who: &str| {
            let found = Found { owner: PersonId::new(who), made_in: None, kept: Kept::Message(Vec::new()) };
            discreet.keep(id, &network, found);
        };
        keep("bob's", "bob");
        for rank in 0..=MOST_FOR_ONE {
            keep(&rank.to_string(), "alice");
        }
        assert!(discreet.find("0", &network).is_none());
        assert!(discreet.find("1", &network).is_some() && discreet.find("bob's", &network).is_some());
        assert!(discreet.find("1", &ConnectorName::new("other")).is_none());
        for rank in 0..MOST_PEOPLE {
            keep(&format!("of {rank}"), &rank.to_string());
        }
        assert!(discreet.find("bob's", &network).is_none() && discreet.find("of 1", &network).is_some());
        assert_eq!(discreet.book().kept.len(), MOST_PEOPLE);
    }
}
