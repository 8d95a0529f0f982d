//! The title of the embeds: the same on each payload, with the rank among several.

use super::{
    cut::cut,
    escape::{Place, escape},
    measure::{RANK, TITLE, units},
    run::{Mark, Run, Runs},
};
use vigie_chat::Text;

/// A title that fits, if there is one.
#[derive(Debug, Clone, Default)]
pub(super) struct Title(Option<String>);

impl Title {
    /// The title, and the whole of it where it had to be shortened: the text then begins with it.
    ///
    /// Mentions and links don't work in titles, so their words are shown.
    pub(super) fn of(title: Option<&Text>) -> (Self, Option<Text>) {
        let Some(text) = title.filter(|title| !title.is_empty()) else { return (Self(None), None) };
        let words = text.words().split_whitespace().collect::<Vec<_>>().join(" ");
        let escaped = escaped(&words);
        if units(&escaped) <= TITLE - RANK {
            return (Self(Some(escaped)), None);
        }
        let mut whole = Runs::default();
        whole.words(Mark::Plain, &words);
        let (begun, _) = cut(&whole, TITLE - RANK - 1);
        let begun = begun.runs().iter().map(|run| match run {
            Run::Words(_, words) | Run::Fixed(words) => self::escaped(words),
        });
        (Self(Some(format!("{}…", begun.collect::<String>()))), Some(text.clone()))
    }

    /// The title of one payload among `all`.
    pub(super) fn ranked(&self, rank: usize, all: usize) -> Option<String> {
        let title = self.0.as_ref()?;
        Some(if all == 1 { title.clone() } else { format!("{title} ({rank}/{all})") })
    }
}

fn escaped(words: &str) -> String {
    let mut out = String::new();
    escape(words, Place::Within, None, &mut out);
    out
}
