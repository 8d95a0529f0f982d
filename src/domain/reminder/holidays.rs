//! French public holidays of any year, computed.
//!
//! [`Calendar`](super::Calendar) asks whether a day is one. The days that move follow Easter, which is computed by the
//! Gregorian rule, so that no list of years ever runs out. What is here is what the law lists:
//!
//! - Code du travail, article L3133-1: eleven days, everywhere;
//! - article L3134-13: Good Friday and 26 December in Moselle, Bas-Rhin and Haut-Rhin. The law keeps Good Friday for the
//!   communes with a Protestant or shared church; here it counts for the whole of the three départements;
//! - article L3422-2: the day that commemorates the abolition of slavery, in each overseas département.
//!
//! Left out: days that an agreement or a custom adds (Mayotte), and the day of Saint-Martin, of which the text and the
//! practice disagree (27 or 28 May).

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// A place with public holidays of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Region {
    /// Metropolitan France without Alsace and Moselle: the eleven days of article L3133-1.
    #[default]
    Metropole,
    /// Bas-Rhin, Haut-Rhin and Moselle.
    AlsaceMoselle,
    /// Guadeloupe.
    Guadeloupe,
    /// Guyane.
    Guyane,
    /// Martinique.
    Martinique,
    /// Mayotte.
    Mayotte,
    /// La Réunion.
    Reunion,
}

impl Region {
    /// Every region, the largest first.
    pub const ALL: [Self; 7] = [
        Self::Metropole,
        Self::AlsaceMoselle,
        Self::Guadeloupe,
        Self::Guyane,
        Self::Martinique,
        Self::Mayotte,
        Self::Reunion,
    ];

    /// The French name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Metropole => "métropole",
            Self::AlsaceMoselle => "Alsace-Moselle",
            Self::Guadeloupe => "Guadeloupe",
            Self::Guyane => "Guyane",
            Self::Martinique => "Martinique",
            Self::Mayotte => "Mayotte",
            Self::Reunion => "La Réunion",
        }
    }

    /// The name that is stored and typed: lower-case ASCII.
    #[must_use]
    pub fn to_stored(self) -> &'static str {
        match self {
            Self::Metropole => "metropole",
            Self::AlsaceMoselle => "alsace-moselle",
            Self::Guadeloupe => "guadeloupe",
            Self::Guyane => "guyane",
            Self::Martinique => "martinique",
            Self::Mayotte => "mayotte",
            Self::Reunion => "reunion",
        }
    }

    /// The region of a stored name.
    #[must_use]
    pub fn from_stored(stored: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.to_stored() == stored)
    }

    /// The region whose clocks a zone of the IANA database tells, if it tells one. Paris says nothing of Alsace.
    #[must_use]
    pub fn of_zone(iana: &str) -> Option<Self> {
        match iana {
            "Europe/Paris" => Some(Self::Metropole),
            "America/Guadeloupe" => Some(Self::Guadeloupe),
            "America/Cayenne" => Some(Self::Guyane),
            "America/Martinique" => Some(Self::Martinique),
            "Indian/Mayotte" => Some(Self::Mayotte),
            "Indian/Reunion" => Some(Self::Reunion),
            _ => None,
        }
    }
}

/// The French name of a day that is a public holiday in a region; `None` for any other day.
#[must_use]
pub fn name_of(day: Date, region: Region) -> Option<&'static str> {
    let fixed = match (day.month(), day.day()) {
        (1, 1) => Some("jour de l’An"),
        (5, 1) => Some("fête du Travail"),
        (5, 8) => Some("8 mai 1945"),
        (7, 14) => Some("fête nationale"),
        (8, 15) => Some("Assomption"),
        (11, 1) => Some("Toussaint"),
        (11, 11) => Some("11 novembre 1918"),
        (12, 25) => Some("Noël"),
        (12, 26) if region == Region::AlsaceMoselle => Some("lendemain de Noël"),
        month_and_day if abolition(region) == Some(month_and_day) => Some("abolition de l’esclavage"),
        _ => None,
    };
    fixed.or_else(|| {
        let easter = easter(day.year())?;
        // Days since Easter Sunday; all that move lie within two months of it.
        match easter.until(day).map_or(i32::MIN, |span| span.get_days()) {
            -2 if region == Region::AlsaceMoselle => Some("Vendredi saint"),
            1 => Some("lundi de Pâques"),
            39 => Some("Ascension"),
            50 => Some("lundi de Pentecôte"),
            _ => None,
        }
    })
}

/// The public holidays of a year in a region, the earliest first, with their French names. Two that fall on one day are
/// one, which bears the name of the fixed one.
#[must_use]
pub fn of_year(year: i16, region: Region) -> Vec<(Date, &'static str)> {
    let Ok(first) = Date::new(year, 1, 1) else { return Vec::new() };
    let days = first.series(1.day()).take_while(|day| day.year() == year);
    days.filter_map(|day| name_of(day, region).map(|name| (day, name))).collect()
}

/// Month and day of the commemoration of the abolition of slavery.
fn abolition(region: Region) -> Option<(i8, i8)> {
    match region {
        Region::Metropole | Region::AlsaceMoselle => None,
        Region::Mayotte => Some((4, 27)),
        Region::Martinique => Some((5, 22)),
        Region::Guadeloupe => Some((5, 27)),
        Region::Guyane => Some((6, 10)),
        Region::Reunion => Some((12, 20)),
    }
}

/// Easter Sunday: the first Sunday after the full moon of the Church that falls on or after 21 March.
///
/// The moon is that of the Gregorian tables: its age comes from the rank of the year in the cycle of nineteen, put right
/// by the leap days that three centuries in four lack and by eight days in twenty-five centuries.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (cycle, century) = (year.rem_euclid(19), year.div_euclid(100));
    let lacking = century - century.div_euclid(4);
    let drift = (8 * century + 13).div_euclid(25);
    let moon = (19 * cycle + lacking - drift + 15).rem_euclid(30);
    // The tables have 29 moons, of which the last two are a day early, so that no two of a cycle fall on one day.
    let early = i32::from(moon == 29 || (moon == 28 && cycle > 10));
    let full = date(i16::try_from(year).ok()?, 3, 21).checked_add((moon - early).days()).ok()?;
    let to_sunday = 7 - i32::from(full.weekday().to_sunday_zero_offset());
    full.checked_add(to_sunday.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_of_years_that_are_known() {
        let known = [
            (1818, 3, 22),
            (1886, 4, 25),
            (1943, 4, 25),
            (1954, 4, 18),
            (1981, 4, 19),
            (2000, 4, 23),
            (2008, 3, 23),
            (2011, 4, 24),
            (2019, 4, 21),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2038, 4, 25),
            (2049, 4, 18),
            (2076, 4, 19),
            (2285, 3, 22),
        ];
        for (year, month, day) in known {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }

    #[test]
    fn the_eleven_days_of_a_year() {
        let expected = [
            (1, 1, "jour de l’An"),
            (3, 29, "lundi de Pâques"),
            (5, 1, "fête du Travail"),
            (5, 6, "Ascension"),
            (5, 8, "8 mai 1945"),
            (5, 17, "lundi de Pentecôte"),
            (7, 14, "fête nationale"),
            (8, 15, "Assomption"),
            (11, 1, "Toussaint"),
            (11, 11, "11 novembre 1918"),
            (12, 25, "Noël"),
        ];
        let expected = expected.map(|(month, day, name)| (date(2027, month, day), name));
        assert_eq!(of_year(2027, Region::Metropole), expected);
    }

    #[test]
    fn days_that_fall_together_are_one() {
        // Ascension of 2008 was 1 May.
        let days = of_year(2008, Region::Metropole);
        assert_eq!(days.len(), 10);
        assert_eq!(name_of(date(2008, 5, 1), Region::Metropole), Some("fête du Travail"));
    }

    #[test]
    fn days_of_one_region() {
        let only = |region: Region| -> Vec<String> {
            let there = of_year(2027, region).into_iter();
            there
                .filter(|(day, _)| name_of(*day, Region::Metropole).is_none())
                .map(|(day, _)| day.to_string())
                .collect()
        };
        assert_eq!(only(Region::AlsaceMoselle), ["2027-03-26", "2027-12-26"]);
        assert_eq!(only(Region::Mayotte), ["2027-04-27"]);
        assert_eq!(only(Region::Martinique), ["2027-05-22"]);
        assert_eq!(only(Region::Guadeloupe), ["2027-05-27"]);
        assert_eq!(only(Region::Guyane), ["2027-06-10"]);
        assert_eq!(only(Region::Reunion), ["2027-12-20"]);
    }

    #[test]
    fn regions_have_names() {
        for region in Region::ALL {
            assert_eq!(Region::from_stored(region.to_stored()), Some(region));
        }
        assert_eq!(Region::from_stored("Bretagne"), None);
        assert_eq!(Region::of_zone("Indian/Reunion"), Some(Region::Reunion));
        assert_eq!(Region::of_zone("Asia/Tokyo"), None);
    }

    proptest::proptest! {
        #[test]
        fn easter_is_a_sunday_between_its_bounds(year in 1583i16..=9998) {
            let day = easter(year).expect("the year is on the calendar");
            proptest::prop_assert_eq!(day.weekday(), jiff::civil::Weekday::Sunday);
            proptest::prop_assert!((date(year, 3, 22)..=date(year, 4, 25)).contains(&day));
        }

        #[test]
        fn a_year_has_ten_or_eleven_days(year in 1583i16..=9998) {
            proptest::prop_assert!((10..=11).contains(&of_year(year, Region::Metropole).len()));
        }
    }
}
