//! What a line asks of the console.
//!
//! The lines are a contract (formats, section 3): scripts rely on them.

use crate::stage::Part;
use vigie_chat::folded;

/// One line of a script or of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// An empty line or a comment (`#`).
    Nothing,
    /// `:moi NOM [candidat|formateur|administrateur]`: who speaks from now on.
    Me {
        /// Name.
        name: String,
        /// What they are, if it is said.
        part: Option<Part>,
    },
    /// `:salon NOM`: the room in which things are said from now on.
    Room(String),
    /// `:prive`: things are said in the direct room of whoever speaks.
    Private,
    /// `:fichier CHEMIN`: a file for the next command.
    File(String),
    /// `:N`: presses the Nth action.
    Press(usize),
    /// `:aide`: how the console is used.
    Help,
    /// `:annuler`: leaves the form that is open.
    Cancel,
    /// `:avance 3 jours`: the clock moves on.
    Advance(String),
    /// `:maintenant 2026-11-27T18:00`: the clock goes there.
    Now(String),
    /// A colon line that isn't one of these, or lacks something. What is wrong, in French.
    Wrong(String),
    /// Something said to the bot.
    Said(String),
}

impl Line {
    /// Reads a line.
    pub(crate) fn read(line: &str) -> Self {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Self::Nothing;
        }
        let Some(order) = line.strip_prefix(':') else {
            return Self::Said(line.to_owned());
        };
        let (word, rest) = order.split_once(char::is_whitespace).unwrap_or((order, ""));
        let rest = rest.trim();
        let needs = |line: Self| {
            if rest.is_empty() {
                Self::Wrong(format!("Il manque quelque chose après «\u{a0}:{word}\u{a0}»."))
            } else {
                line
            }
        };
        match folded(word).as_str() {
            "moi" => needs(Self::me(rest)),
            "salon" => match rest.trim_start_matches('#') {
                room if room.contains(':') => Self::Wrong("Un nom de salon n’a pas de deux-points.".to_owned()),
                room => needs(Self::Room(room.to_owned())),
            },
            "prive" => Self::Private,
            "fichier" => needs(Self::File(rest.trim_matches('"').to_owned())),
            "aide" => Self::Help,
            "annuler" => Self::Cancel,
            "avance" => needs(Self::Advance(rest.to_owned())),
            "maintenant" => needs(Self::Now(rest.to_owned())),
            word => match word.parse() {
                Ok(number) if rest.is_empty() => Self::Press(number),
                _ => Self::Wrong(format!(
                    "Je ne connais pas «\u{a0}:{word}\u{a0}». Tapez :aide pour voir ce qui existe."
                )),
            },
        }
    }

    fn me(rest: &str) -> Self {
        let Some((name, last)) = rest.rsplit_once(char::is_whitespace) else {
            return Self::Me { name: rest.to_owned(), part: None };
        };
        match Part::read(last) {
            Some(part) => Self::Me { name: name.trim().to_owned(), part: Some(part) },
            None => Self::Wrong(format!(
                "Je ne connais pas le rôle «\u{a0}{last}\u{a0}»\u{a0}: candidat, formateur ou administrateur."
            )),
        }
    }
}

/// What `:aide` says, line by line.
pub(crate) const HELP: [(&str, &str); 10] = [
    (":moi NOM [candidat|formateur|administrateur]", "la suite est dite par cette personne"),
    (":salon NOM", "la suite est dite dans ce salon"),
    (":prive", "la suite est dite dans le salon privé de la personne avec Vigie"),
    (":fichier CHEMIN", "joint un fichier à la prochaine commande"),
    (":1, :2…", "choisit l’action de ce numéro dans le dernier message que la personne a vu"),
    ("champ : valeur", "remplit un champ du formulaire ouvert ; une ligne vide ou un point l’envoie"),
    (":annuler", "quitte le formulaire ouvert"),
    (":avance 3 jours, :maintenant 2026-11-27T18:00", "avance l’horloge"),
    ("# …", "une remarque, que personne ne lit"),
    ("Ctrl-D", "quitte"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: &Line) {
        assert_eq!(Line::read(typed), *expected, "{typed:?}");
    }

    #[test]
    fn colon_lines_speak_to_the_console() {
        let me = |name: &str, part| Line::Me { name: name.to_owned(), part };
        check(":moi bob", &me("bob", None));
        check(" :moi  Bob formateur ", &me("Bob", Some(Part::Trainer)));
        check(":Moi zoé ADMINISTRATEUR", &me("zoé", Some(Part::Administrator)));
        check(":salon #equipe-1", &Line::Room("equipe-1".to_owned()));
        check(":privé", &Line::Private);
        check(":fichier notes de cours.md", &Line::File("notes de cours.md".to_owned()));
        check(":12", &Line::Press(12));
        check(":avance 3 jours", &Line::Advance("3 jours".to_owned()));
        check(":maintenant 2026-11-27T18:00", &Line::Now("2026-11-27T18:00".to_owned()));
        check("/chercher :1", &Line::Said("/chercher :1".to_owned()));
        check("# remarque", &Line::Nothing);
        check("  ", &Line::Nothing);
    }

    #[test]
    fn what_lacks_something_is_wrong() {
        for line in [
            ":",
            ":moi",
            ":moi a b",
            ":salon",
            ":salon prive:bob",
            ":fichier",
            ":avance",
            ":truc",
            ":-1",
            ":1 2",
            ":99999999999999999999999",
        ] {
            assert!(matches!(Line::read(line), Line::Wrong(_)), "{line}");
        }
    }
}
