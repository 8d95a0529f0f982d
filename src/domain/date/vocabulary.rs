//! Names of days and months, and numbers in letters.

use jiff::civil::Weekday;
use strsim::osa_distance;

/// The days from Monday on: in full, and as an abbreviation without its point.
const DAYS: [(Weekday, &str, &str); 7] = [
    (Weekday::Monday, "lundi", "lun"),
    (Weekday::Tuesday, "mardi", "mar"),
    (Weekday::Wednesday, "mercredi", "mer"),
    (Weekday::Thursday, "jeudi", "jeu"),
    (Weekday::Friday, "vendredi", "ven"),
    (Weekday::Saturday, "samedi", "sam"),
    (Weekday::Sunday, "dimanche", "dim"),
];

/// The months: as written, as abbreviated in print, and folded in full.
const MONTHS: [(&str, &str, &str); 12] = [
    ("janvier", "janv.", "janvier"),
    ("février", "févr.", "fevrier"),
    ("mars", "mars", "mars"),
    ("avril", "avr.", "avril"),
    ("mai", "mai", "mai"),
    ("juin", "juin", "juin"),
    ("juillet", "juil.", "juillet"),
    ("août", "août", "aout"),
    ("septembre", "sept.", "septembre"),
    ("octobre", "oct.", "octobre"),
    ("novembre", "nov.", "novembre"),
    ("décembre", "déc.", "decembre"),
];

/// French words that are one letter away from a day or a month, and are meant as themselves.
const OTHER_WORDS: [&str; 16] = [
    "mari",
    "hardi",
    "lundis",
    "mardis",
    "jeudis",
    "samedis",
    "vendredis",
    "mercredis",
    "dimanches",
    "tout",
    "bout",
    "cout",
    "gout",
    "main",
    "mais",
    "ajout",
];

/// A name that was read, and how it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) struct Name<T> {
    pub(in crate::domain) value: T,
    pub(in crate::domain) written: Written,
}

/// How a name was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Written {
    InFull,
    Abbreviated,
    /// With one letter wrong; in full it is this.
    Misspelt(&'static str),
}

/// The day of this folded name.
pub(in crate::domain) fn weekday(word: &str) -> Option<Name<Weekday>> {
    DAYS.iter().find_map(|(value, full, short)| {
        let written = match word {
            _ if word == *full => Written::InFull,
            _ if word == *short => Written::Abbreviated,
            "merc" if *short == "mer" => Written::Abbreviated,
            "vend" if *short == "ven" => Written::Abbreviated,
            _ => return None,
        };
        Some(Name { value: *value, written })
    })
}

/// The day whose name is one letter away from this folded word, if there is only one.
pub(in crate::domain) fn weekday_near(word: &str) -> Option<Name<Weekday>> {
    let rank = only_near(word, 4, DAYS.iter().map(|(_, full, _)| *full))?;
    let (value, full, _) = DAYS[rank];
    Some(Name { value, written: Written::Misspelt(full) })
}

/// The month of this folded name, from 1.
pub(in crate::domain) fn month(word: &str) -> Option<Name<i8>> {
    let abbreviated = |value| Some(Name { value, written: Written::Abbreviated });
    match word {
        "janv" | "jan" => abbreviated(1),
        "fevr" | "fev" => abbreviated(2),
        "mar" => abbreviated(3),
        "avr" => abbreviated(4),
        "juil" => abbreviated(7),
        "sept" | "sep" => abbreviated(9),
        "oct" => abbreviated(10),
        "nov" => abbreviated(11),
        "dec" => abbreviated(12),
        _ => {
            let (value, _) = (1i8..).zip(MONTHS).find(|(_, (_, _, folded))| *folded == word)?;
            Some(Name { value, written: Written::InFull })
        }
    }
}

/// The month whose name is one letter away from this folded word, if there is only one.
pub(in crate::domain) fn month_near(word: &str) -> Option<Name<i8>> {
    let rank = only_near(word, 3, MONTHS.iter().map(|(_, _, folded)| *folded))?;
    Some(Name { value: i8::try_from(rank + 1).ok()?, written: Written::Misspelt(MONTHS[rank].0) })
}

/// The rank of the only name that is one letter away. Two letters that changed places are one.
fn only_near(word: &str, least: usize, names: impl Iterator<Item = &'static str>) -> Option<usize> {
    if word.len() < least || OTHER_WORDS.contains(&word) {
        return None;
    }
    let near = |name: &str| name.len().abs_diff(word.len()) <= 1 && osa_distance(name, word) == 1;
    let mut found = names.enumerate().filter(|(_, name)| near(name));
    match (found.next(), found.next()) {
        (Some((rank, _)), None) => Some(rank),
        _ => None,
    }
}

/// The name of a day.
pub(in crate::domain) fn weekday_name(day: Weekday) -> &'static str {
    DAYS[usize::from(day.to_monday_zero_offset().unsigned_abs())].1
}

/// The abbreviated name of a day, without its point.
#[must_use]
pub fn weekday_short(day: Weekday) -> &'static str {
    DAYS[usize::from(day.to_monday_zero_offset().unsigned_abs())].2
}

/// The name of a month from 1 to 12.
pub(in crate::domain) fn month_name(month: i8) -> &'static str {
    names(month).0
}

/// The name of a month from 1 to 12 as abbreviated in print, with its point.
#[must_use]
pub fn month_short(month: i8) -> &'static str {
    names(month).1
}

fn names(month: i8) -> (&'static str, &'static str, &'static str) {
    MONTHS[usize::from(month.clamp(1, 12).unsigned_abs()) - 1]
}

/// The number of a day of the month, as written: the first is an ordinal.
#[must_use]
pub fn ordinal(day: i8) -> String {
    if day == 1 { "1er".to_owned() } else { day.to_string() }
}

/// A number from one to sixteen, in letters and folded.
pub(super) fn small_number(word: &str) -> Option<u32> {
    const WORDS: [&str; 16] = [
        "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
        "quatorze", "quinze", "seize",
    ];
    let number = if word == "une" { "un" } else { word };
    (1u32..).zip(WORDS).find_map(|(value, known)| (known == number).then_some(value))
}

/// Tens that a number from one to nine may follow, in letters and folded.
pub(super) fn tens(word: &str) -> Option<u32> {
    match word {
        "dix" => Some(10),
        "vingt" => Some(20),
        "trente" => Some(30),
        "quarante" => Some(40),
        "cinquante" => Some(50),
        _ => None,
    }
}
