//! Time zones as people name them: by their IANA name (`Indian/Reunion`), or by the place in it.
//!
//! Nothing is guessed: what isn't exactly a name, or exactly one place, is refused with the names that are near.

use jiff::tz::TimeZone;
use vigie_chat::folded;

/// Names that are suggested at most.
pub const SUGGESTED: usize = 5;

/// Longest text that is looked at, in characters: no name is longer.
const LONGEST: usize = 50;

/// How much alike two names must be for one to be suggested for the other, from 0 to 1.
const ALIKE: f64 = 0.75;

/// A text that names no zone, or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAZone {
    /// Names that may be meant, the nearest first.
    pub near: Vec<String>,
}

/// The zone that somebody names, by its IANA name, accents and case aside, or by a place that only one zone is called by.
///
/// # Errors
///
/// [`NotAZone`], with what is near.
pub fn read(typed: &str) -> Result<TimeZone, NotAZone> {
    let wanted = key(typed);
    if wanted.is_empty() || wanted.chars().count() > LONGEST {
        return Err(NotAZone { near: Vec::new() });
    }
    let names = names();
    let exact = names.iter().find(|name| key(name) == wanted);
    // « La Réunion ».
    let bare = wanted.strip_prefix("la_").unwrap_or(&wanted);
    let mut places = names.iter().filter(|name| key(place(name)) == bare);
    let only = match (places.next(), places.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    };
    let zone = exact.or(only).and_then(|name| TimeZone::get(name).ok());
    zone.ok_or_else(|| NotAZone { near: near(&wanted, &names) })
}

/// Names that hold what is typed so far, those of which the place begins with it first; so many at most.
#[must_use]
pub fn like(typed: &str, most: usize) -> Vec<String> {
    let wanted = key(typed);
    let mut found: Vec<String> = names().into_iter().filter(|name| key(name).contains(&wanted)).collect();
    found.sort_by_cached_key(|name| (!key(place(name)).starts_with(&wanted), name.clone()));
    found.truncate(most);
    found
}

fn near(wanted: &str, names: &[String]) -> Vec<String> {
    let likeness = |name: &String| {
        let (whole, place) = (key(name), key(place(name)));
        if !wanted.is_empty() && whole.contains(wanted) {
            return 1.0;
        }
        strsim::jaro_winkler(wanted, &whole).max(strsim::jaro_winkler(wanted, &place))
    };
    let mut near: Vec<(f64, &String)> = names.iter().map(|name| (likeness(name), name)).collect();
    near.retain(|(alike, _)| *alike >= ALIKE);
    near.sort_by(|(one, first), (other, second)| other.total_cmp(one).then(first.cmp(second)));
    near.into_iter().take(SUGGESTED).map(|(_, name)| name.clone()).collect()
}

/// The names that places have; those of offsets and of former rules are left out.
fn names() -> Vec<String> {
    let regions =
        ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    let all = jiff::tz::db().available().map(|name| name.as_str().to_owned());
    let mut names: Vec<String> = all
        .filter(|name| name == "UTC" || name.split_once('/').is_some_and(|(region, _)| regions.contains(&region)))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// `Buenos_Aires` in `America/Argentina/Buenos_Aires`.
fn place(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, place)| place)
}

fn key(name: &str) -> String {
    folded(name).trim().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(typed: &str) -> Option<String> {
        read(typed).ok().and_then(|zone| zone.iana_name().map(str::to_owned))
    }

    #[test]
    fn a_zone_is_named_by_its_name_or_its_place() {
        for typed in ["Indian/Reunion", "indian/reunion", "Réunion", " la reunion "] {
            assert_eq!(name(typed).as_deref(), Some("Indian/Reunion"), "{typed}");
        }
        assert!(read("buenos aires").is_err(), "two names say so");
        assert_eq!(name("UTC").as_deref(), Some("UTC"));
    }

    #[test]
    fn what_is_near_is_suggested_and_never_taken() {
        let near = |typed: &str| read(typed).expect_err("no zone").near;
        assert_eq!(near("Europe/Pari").first().map(String::as_str), Some("Europe/Paris"));
        assert_eq!(near("guadelupe").first().map(String::as_str), Some("America/Guadeloupe"));
        assert!(near("").is_empty() && near("!!!").is_empty() && near(&"x".repeat(5_000)).is_empty());
        assert!(near("xylophone").len() <= SUGGESTED);
    }

    #[test]
    fn completion_begins_with_places() {
        assert_eq!(like("par", 3).first().map(String::as_str), Some("America/Paramaribo"));
        assert!(like("paris", 25).contains(&"Europe/Paris".to_owned()));
        assert_eq!(like("", 25).len(), 25);
    }
}
