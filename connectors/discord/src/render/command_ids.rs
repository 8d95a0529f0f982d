//! Which commands can be tapped in a text.

use std::collections::BTreeMap;

/// Ids of registered commands by path (`chercher`, `amenagement temps`). None is known by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommandIds(BTreeMap<String, String>);

impl CommandIds {
    /// The id of the longest known path with which words begin, that path, and the rest of the words.
    pub(super) fn begun<'w>(&self, words: &'w str) -> Option<(&str, &'w str, &'w str)> {
        let mut ends = words.match_indices(char::is_whitespace).map(|(at, _)| at).chain([words.len()]).rev();
        ends.find_map(|at| {
            let id = self.0.get(&words[..at])?;
            Some((id.as_str(), &words[..at], &words[at..]))
        })
    }
}

impl<P: Into<String>, I: Into<String>> FromIterator<(P, I)> for CommandIds {
    fn from_iter<T: IntoIterator<Item = (P, I)>>(ids: T) -> Self {
        Self(ids.into_iter().map(|(path, id)| (path.into(), id.into())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_path_is_found() {
        let ids: CommandIds = [("equipe", "1"), ("equipe rejoindre", "2")].into_iter().collect();
        assert_eq!(ids.begun("equipe rejoindre code:7"), Some(("2", "equipe rejoindre", " code:7")));
        assert_eq!(ids.begun("equipe"), Some(("1", "equipe", "")));
        assert_eq!(ids.begun("equipes"), None);
    }
}
