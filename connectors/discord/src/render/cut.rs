//! Where a line that is too long is cut: after a sentence, else at white space, else between two characters.

use super::{
    measure::units,
    run::{Mark, Run, Runs},
};

/// The most of a line that surely fits `room`, and the rest. The first part has at least one character or run.
pub(super) fn cut(line: &Runs, room: usize) -> (Runs, Runs) {
    let (at, byte) = border(line.runs(), room);
    let (mut head, mut tail) = (Runs::default(), Runs::default());
    for (rank, run) in line.runs().iter().enumerate() {
        match run {
            Run::Words(mark, words) if rank == at => {
                head.words(*mark, &words[..byte]);
                tail.words(*mark, words[byte..].trim_start());
            }
            run if rank < at => head.push(run.clone()),
            run => tail.push(run.clone()),
        }
    }
    (head.trimmed_end(), tail)
}

/// Which run is cut, and before which byte.
fn border(runs: &[Run], room: usize) -> (usize, usize) {
    let mut borders = Borders::default();
    let mut cost = 0;
    let mut before = ' ';
    for (rank, run) in runs.iter().enumerate() {
        borders.between(rank);
        match run {
            Run::Fixed(shown) => {
                cost += units(shown);
                before = '>';
                if cost > room {
                    return borders.best(cost).unwrap_or((rank + 1, 0));
                }
            }
            Run::Words(mark, words) => {
                cost += mark.cost();
                for (byte, c) in words.char_indices() {
                    borders.within(rank, byte, (before, c), cost);
                    // A mark may be escaped, and code may have to be told as words.
                    cost += c.len_utf16() + usize::from(c.is_ascii_punctuation());
                    if cost > room {
                        return borders.best(cost).unwrap_or((rank, byte + c.len_utf8()));
                    }
                    before = c;
                }
            }
        }
    }
    (runs.len(), 0)
}

impl Mark {
    /// Most units that the mark itself takes.
    fn cost(self) -> usize {
        match self {
            Self::Plain => 0,
            Self::Strong => 4,
            Self::Emphasis => 2,
            Self::Code => 6,
        }
    }
}

/// The last border of each kind, and what stood before it.
#[derive(Default)]
struct Borders {
    sentence: Option<(usize, (usize, usize))>,
    space: Option<(usize, (usize, usize))>,
    character: Option<(usize, usize)>,
    any: Option<(usize, usize)>,
}

impl Borders {
    fn between(&mut self, rank: usize) {
        if rank > 0 {
            self.character = Some((rank, 0));
            self.any = Some((rank, 0));
        }
    }

    fn within(&mut self, rank: usize, byte: usize, (before, c): (char, char), cost: usize) {
        let here = (rank, byte);
        if here == (0, 0) {
            return;
        }
        self.any = Some(here);
        if joins(before, c) {
            return;
        }
        self.character = Some(here);
        if c.is_whitespace() {
            self.space = Some((cost, here));
            if matches!(before, '.' | '!' | '?' | '…' | ';') {
                self.sentence = Some((cost, here));
            }
        }
    }

    /// A border that fills the page well enough, if anything stands before one.
    fn best(&self, cost: usize) -> Option<(usize, usize)> {
        let filling = |border: Option<(usize, (usize, usize))>, part: usize| {
            border.filter(|(before, _)| before * part >= cost).map(|(_, here)| here)
        };
        filling(self.sentence, 2).or(filling(self.space, 4)).or(self.character).or(self.any)
    }
}

/// Whether two characters are seen as one.
fn joins(before: char, c: char) -> bool {
    before == '\u{200d}'
        || matches!(c,
            '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200d}'
            | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
            | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, room: usize, head: &str, tail: &str) {
        let mut line = Runs::default();
        line.words(Mark::Plain, words);
        let (first, rest) = cut(&line, room);
        assert_eq!((first.markdown().as_str(), rest.markdown().as_str()), (head, tail));
    }

    #[test]
    fn sentences_stay_whole_where_they_fill_the_page() {
        check("Une phrase. Puis une autre", 22, "Une phrase.", "Puis une autre");
        check("Oh. Puis une bien plus longue", 22, "Oh. Puis une bien", "plus longue");
    }

    #[test]
    fn a_word_longer_than_the_page_is_cut_between_characters() {
        check("abcdef", 4, "abcd", "ef");
        check("👩👩👩", 4, "👩👩", "👩");
        check("abe\u{301}", 3, "ab", "e\u{301}");
        check("e\u{301}\u{301}\u{301}", 2, "e\u{301}", "\u{301}\u{301}");
    }

    #[test]
    fn marks_are_closed_and_opened_again() {
        let mut line = Runs::default();
        line.words(Mark::Strong, "un deux");
        line.fixed("<@1>".to_owned());
        let (first, rest) = cut(&line, 9);
        assert_eq!((first.markdown().as_str(), rest.markdown().as_str()), ("**un**", "**deux**<@1>"));
    }
}
