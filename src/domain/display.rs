//! How somebody wants answers shown: with pictures or in words only, on a light or a dark background.
//!
//! `/compte affichage` changes it, the store keeps it, the dispatcher and the commands that draw heed it. Words never depend
//! on it: every picture comes with the same content in words. What nobody chose is `None`, and the default counts.

/// Whether answers have pictures beside their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pictures {
    /// They have.
    #[default]
    With,
    /// Words only ("texte seul").
    Without,
}

/// The background of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Dark ink on a light background.
    #[default]
    Light,
    /// Light ink on a dark background.
    Dark,
}

/// What one person chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Display {
    /// Whether there are pictures.
    pub pictures: Option<Pictures>,
    /// Their background.
    pub theme: Option<Theme>,
}

impl Display {
    /// Whether answers have pictures for them.
    #[must_use]
    pub fn pictures(self) -> Pictures {
        self.pictures.unwrap_or_default()
    }

    /// The background of their pictures.
    #[must_use]
    pub fn theme(self) -> Theme {
        self.theme.unwrap_or_default()
    }
}

impl Pictures {
    /// Both.
    pub const ALL: [Self; 2] = [Self::With, Self::Without];

    /// The name that is stored.
    #[must_use]
    pub fn to_stored(self) -> &'static str {
        match self {
            Self::With => "with",
            Self::Without => "without",
        }
    }

    /// What a stored name says.
    #[must_use]
    pub fn from_stored(stored: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.to_stored() == stored)
    }

    /// The French name, as it is typed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::With => "avec",
            Self::Without => "texte seul",
        }
    }

    /// What a French name says.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

impl Theme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// The name that is stored.
    #[must_use]
    pub fn to_stored(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// What a stored name says.
    #[must_use]
    pub fn from_stored(stored: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.to_stored() == stored)
    }

    /// The French name, as it is typed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "clair",
            Self::Dark => "sombre",
        }
    }

    /// What a French name says.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for one in Pictures::ALL {
            assert_eq!(Pictures::from_stored(one.to_stored()), Some(one));
            assert_eq!(Pictures::from_name(one.name()), Some(one));
        }
        for one in Theme::ALL {
            assert_eq!(Theme::from_stored(one.to_stored()), Some(one));
            assert_eq!(Theme::from_name(one.name()), Some(one));
        }
        assert_eq!((Pictures::from_stored("avec"), Theme::from_name("dark")), (None, None));
    }

    #[test]
    fn nothing_chosen_is_pictures_on_a_light_background() {
        let nothing = Display::default();
        assert_eq!((nothing.pictures(), nothing.theme()), (Pictures::With, Theme::Light));
    }
}
