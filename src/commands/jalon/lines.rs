//! Milestones as people write them, one a line: `Cadrage du besoin, mercredi 18h`, `- Maquette : lundi 12h (bob, 3h)`.
//!
//! A line is a title, then what is understood of the rest: a date, a duration, people, `après 3`, `L2`. What isn't
//! understood belongs to the title, which the answer shows, so that nothing is lost. Nothing here looks anything up but
//! names of people, by a closure. The cost of a line is bounded: one that is too long to be a milestone isn't cut.

use crate::commands::moment::confirmed;
use crate::domain::date::looks_like_a_date;
use crate::domain::duration::Minutes;
use std::fmt;
use vigie_chat::folded;

/// Longest line that is cut into parts, in characters: a title, a date and as many people as there may be.
const LONGEST: usize = 500;

/// Words after which a date still belongs to the title: `Réunion du lundi`.
const LINKING: [&str; 12] = ["de", "du", "des", "d", "le", "la", "les", "l", "pour", "avant", "et", "a"];

/// What one milestone is given, as typed. What isn't said is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) title: Option<String>,
    pub(super) due: Option<String>,
    pub(super) people: Option<String>,
    pub(super) minutes: Option<String>,
    pub(super) after: Option<String>,
    pub(super) deliverable: Option<String>,
    pub(super) criteria: Option<String>,
}

impl Given {
    /// The same, completed by what another says.
    pub(super) fn or(self, other: &Self) -> Self {
        let or = |one: Option<String>, other: &Option<String>| one.or_else(|| other.clone());
        Self {
            title: or(self.title, &other.title),
            due: or(self.due, &other.due),
            people: or(self.people, &other.people),
            minutes: or(self.minutes, &other.minutes),
            after: or(self.after, &other.after),
            deliverable: or(self.deliverable, &other.deliverable),
            criteria: or(self.criteria, &other.criteria),
        }
    }
}

impl fmt::Display for Given {
    /// As a line that is read the same again, criteria apart.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title.as_deref().unwrap_or_default())?;
        if let Some(due) = &self.due {
            write!(f, ", {due}")?;
        }
        let after = self.after.as_ref().map(|after| format!("après {after}"));
        let rest: Vec<&str> =
            [&self.people, &self.minutes, &after, &self.deliverable].into_iter().filter_map(Option::as_deref).collect();
        if rest.is_empty() { Ok(()) } else { write!(f, " ({})", rest.join(", ")) }
    }
}

/// Why a line can't be cut into a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Uncut {
    /// Two dates, two durations or two deliverables.
    Twice(&'static str),
}

/// The lines of a message that say something, each with its place in it, from 1.
pub(super) fn lines(text: &str) -> Vec<(usize, &str)> {
    let lines = text.lines().enumerate().map(|(rank, line)| (rank + 1, unmarked(line)));
    lines.filter(|(_, line)| !line.is_empty()).collect()
}

/// A line without the mark of a list before it: `- `, `• `, `3. `, `[ ] `.
fn unmarked(line: &str) -> &str {
    let line = line.trim();
    let mark = line.strip_prefix(['-', '*', '•', '–', '—', '·', '+']);
    // « **Titre** » begins with no mark of a list.
    let bare =
        mark.filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace)).unwrap_or(line).trim_start();
    let bare = ["[ ]", "[x]", "[X]"].iter().find_map(|mark| bare.strip_prefix(mark)).unwrap_or(bare).trim_start();
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    match bare.get(digits..).and_then(|rest| rest.strip_prefix(['.', ')'])) {
        Some(rest) if (1..=2).contains(&digits) && rest.starts_with(' ') => rest.trim(),
        _ => bare,
    }
}

/// Most parts after a title: each kind once would do. A title may hold any number of commas.
const DETAILS: usize = 12;

/// Cuts a line into what it gives.
///
/// # Errors
///
/// [`Uncut`].
pub(super) fn cut(line: &str, is_person: &dyn Fn(&str) -> bool) -> Result<Given, Uncut> {
    let mut given = Given::default();
    if line.chars().nth(LONGEST).is_some() {
        given.title = Some(line.to_owned());
        return Ok(given);
    }
    let (mut head, details) = parenthesis(line, is_person);
    for detail in details {
        given.take(detail)?;
    }
    let all = separators(head);
    for &(end, start) in &all[all.len().saturating_sub(DETAILS)..] {
        let details: Option<Vec<Detail>> = pieces(&head[start..]).map(|piece| Detail::read(piece, is_person)).collect();
        if let Some(details) = details.filter(|details| !details.is_empty() && !head[..end].trim().is_empty()) {
            for detail in details {
                given.take(detail)?;
            }
            head = head[..end].trim();
            break;
        }
    }
    if given.due.is_none()
        && let Some((title, date)) = dated(head)
    {
        given.due = Some(date.to_owned());
        head = title;
    }
    given.title = Some(head.trim().trim_end_matches([',', ';', ':']).trim_end().to_owned());
    Ok(given)
}

/// Something that a line says of a milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Detail {
    Date(String),
    Minutes(String),
    People(String),
    After(String),
    Deliverable(String),
}

impl Detail {
    fn read(piece: &str, is_person: &dyn Fn(&str) -> bool) -> Option<Self> {
        let piece = piece.trim();
        let plain = folded(piece);
        if let Some(rest) = plain.strip_prefix("apres ") {
            // Folding may change lengths; the words after the first space are the same ones.
            let after = piece.split_once(char::is_whitespace).map_or(rest, |(_, after)| after.trim());
            return Some(Self::After(after.to_owned()));
        }
        let number = plain.strip_prefix("livrable ").or_else(|| plain.strip_prefix('l'));
        if number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())) {
            return Some(Self::Deliverable(piece.to_owned()));
        }
        if Minutes::read(piece).is_ok() {
            return Some(Self::Minutes(piece.to_owned()));
        }
        if looks_like_a_date(piece) || confirmed(piece).is_some() {
            return Some(Self::Date(piece.to_owned()));
        }
        let mut people = piece.split(" et ").map(str::trim);
        people.all(is_person).then(|| Self::People(piece.to_owned()))
    }
}

impl Given {
    fn take(&mut self, detail: Detail) -> Result<(), Uncut> {
        let (place, value, name) = match detail {
            Detail::People(people) => {
                self.people =
                    Some(self.people.take().map_or_else(|| people.clone(), |first| format!("{first}, {people}")));
                return Ok(());
            }
            Detail::After(after) => {
                self.after =
                    Some(self.after.take().map_or_else(|| after.clone(), |first| format!("{first} et {after}")));
                return Ok(());
            }
            Detail::Date(date) => (&mut self.due, date, "dates"),
            Detail::Minutes(minutes) => (&mut self.minutes, minutes, "durées"),
            Detail::Deliverable(number) => (&mut self.deliverable, number, "livrables"),
        };
        if place.replace(value).is_some() { Err(Uncut::Twice(name)) } else { Ok(()) }
    }
}

/// What is before the parenthesis that ends a line, and what it gives. One of which nothing is understood is part of the
/// title; beside something that is, what isn't understood is taken for a name, and refused as one.
fn parenthesis<'a>(line: &'a str, is_person: &dyn Fn(&str) -> bool) -> (&'a str, Vec<Detail>) {
    let whole = (line, Vec::new());
    let Some((head, inside)) = line.strip_suffix(')').and_then(|line| line.rsplit_once('(')) else { return whole };
    let read: Vec<(&str, Option<Detail>)> =
        pieces(inside).map(|piece| (piece, Detail::read(piece, is_person))).collect();
    // What is nothing but separators is no title.
    if head.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';' | ':'))
        || read.iter().all(|(_, detail)| detail.is_none())
    {
        return whole;
    }
    let details = read.into_iter().map(|(piece, detail)| detail.unwrap_or_else(|| Detail::People(piece.to_owned())));
    (head.trim(), details.collect())
}

/// Where a title may end and the rest begin, from left to right, in bytes.
fn separators(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut before = None::<char>;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let spaced = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let digits = before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
        let separates = match c {
            ',' => !digits,
            ';' | '\t' | '→' => true,
            ':' => spaced(after),
            '-' | '–' | '—' => spaced(before) && spaced(after),
            _ => false,
        };
        if separates {
            found.push((at, at + c.len_utf8()));
        }
        before = Some(c);
    }
    found
}

/// The parts of what follows a title.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut bounds = vec![0];
    bounds.extend(separators(text).into_iter().flat_map(|(end, start)| [end, start]));
    bounds.push(text.len());
    let pieces: Vec<&str> = bounds.chunks(2).map(|bound| text[bound[0]..bound[1]].trim()).collect();
    pieces.into_iter().filter(|piece| !piece.is_empty())
}

/// A title and the date that ends it without a mark: `Maquette lundi 12h`.
fn dated(text: &str) -> Option<(&str, &str)> {
    let starts = text.char_indices().zip(text.chars().skip(1)).filter(|((_, c), next)| *c == ' ' && *next != ' ');
    starts.map(|((at, _), _)| (text[..at].trim_end(), &text[at + 1..])).find(|(title, date)| {
        let last = folded(title.rsplit([' ', '’', '\'']).next().unwrap_or(title));
        let first = folded(date.split(' ').next().unwrap_or(date));
        let is_of_title = LINKING.contains(&last.as_str()) || matches!(first.as_str(), "de" | "du" | "des");
        !title.is_empty() && !is_of_title && looks_like_a_date(date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str) -> bool {
        ["bob", "carol", "moi"].contains(&folded(name).as_str())
    }

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let cut = cut(lines(line).first().expect("a line").1, &known);
        let told = match &cut {
            Ok(given) => given.to_string(),
            Err(Uncut::Twice(name)) => format!("deux {name}"),
        };
        assert_eq!(told, expected, "{line:?}: {cut:?}");
    }

    #[test]
    fn a_title_then_what_is_understood() {
        check("Cadrage du besoin, mercredi 18h", "Cadrage du besoin, mercredi 18h");
        check("- Maquette : lundi 12h (bob, 3h)", "Maquette, lundi 12h (bob, 3h)");
        check("2. Tests — vendredi, 1,5 h, carol et bob", "Tests, vendredi (carol et bob, 1,5 h)");
        check("[ ] Dossier ; J-2 ; L2 ; après 1 et 2", "Dossier, J-2 (après 1 et 2, L2)");
        check("Maquette lundi 12h", "Maquette, lundi 12h");
        check("Maquette (bob, alcie)", "Maquette (bob, alcie)");
        check("Tests, 2h, 3h", "deux durées");
        check("Tests, lundi (mardi)", "deux dates");
        check("Relance, 2026-11-20T18:00 oui (moi)", "Relance, 2026-11-20T18:00 oui (moi)");
    }

    #[test]
    fn what_is_not_understood_stays_in_the_title() {
        check("Réunion du lundi", "Réunion du lundi");
        check("Cadrage (version 1)", "Cadrage (version 1)");
        check("Base de données, modèle et scripts", "Base de données, modèle et scripts");
        check("Note : à relire, vendredi 18h", "Note : à relire, vendredi 18h");
        check("lundi", "lundi");
        check("(bob)", "(bob)");
    }

    #[test]
    fn lines_that_say_nothing_are_no_milestones() {
        let found: Vec<usize> = lines("\nA\n - \n* B\r\n\n").into_iter().map(|(rank, _)| rank).collect();
        assert_eq!(found, [2, 4]);
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_back_is_read_the_same(line in "[a-z,:; -]{1,40}(, lundi 12h)?( \\((3h|bob|L2|après 3)\\))?") {
            if let Some((_, line)) = lines(&line).first()
                && let Ok(given) = cut(line, &known)
                && let Ok(again) = cut(&given.to_string(), &known)
            {
                let (due, minutes) = (given.due.clone(), given.minutes.clone());
                proptest::prop_assert!(due.is_none() || again.due == due, "{:?} {:?}", given, again);
                proptest::prop_assert!(minutes.is_none() || again.minutes == minutes, "{:?} {:?}", given, again);
            }
        }
    }
}
