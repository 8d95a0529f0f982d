//! What the bot says of a date: in full, with its doubts, or why it is refused.

use super::*;
use expect_test::{Expect, expect};

fn told(reading: Result<Reading, NotADate>) -> String {
    match reading {
        Ok(Reading { moment, doubts }) => {
            let asked: Vec<String> = doubts.iter().map(|doubt| format!("\n? {doubt}")).collect();
            format!("{moment}{}", asked.concat()).replace('\u{a0}', "~")
        }
        Err(refusal) => format!("! {refusal}").replace('\u{a0}', "~"),
    }
}

/// In another place or at another time.
#[track_caller]
fn elsewhere(now: &str, text: &str, expected: &Expect) {
    let now: Zoned = now.parse().expect("it is written as jiff writes it");
    expected.assert_eq(&told(read(text, &frame(&now))));
}

#[track_caller]
fn said(text: &str, expected: &Expect) {
    let now = monday();
    expected.assert_eq(&told(read(text, &frame(&now))));
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn what_is_no_date_is_refused_with_the_reason() {
    said(
        "",
        &expect![
            "! Il manque une date. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    said(
        "   «» ",
        &expect![
            "! Il manque une date. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    said(
        "bonjour",
        &expect![
            "! «~bonjour~» n’est pas une date que je comprends. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    said(
        "12",
        &expect![
            "! «~12~» n’est pas une date que je comprends. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    said(
        "2.1",
        &expect![
            "! «~2.1~» n’est pas une date que je comprends. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    said(
        "version 4.1",
        &expect![
            "! «~version 4.1~» n’est pas une date que je comprends. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    said("le 31 avril", &expect!["! Le 31~avril n’existe pas~: avril n’a que 30~jours."]);
    said("32 janvier", &expect!["! Le 32~janvier n’existe pas~: janvier n’a que 31~jours."]);
    said("0 mars", &expect!["! Il n’y a pas de jour 0~: les jours d’un mois vont de 1 à 31."]);
    said(
        "29 février 2027",
        &expect!["! Le 29~février~2027 n’existe pas~: 2027 n’est pas bissextile. Le prochain sera en~2028."],
    );
    said(
        "29/02/2100",
        &expect!["! Le 29~février~2100 n’existe pas~: 2100 n’est pas bissextile. Le prochain sera en~2104."],
    );
    said(
        "12/31",
        &expect!["! Il n’y a pas de mois 31. En français le jour vient avant le mois~: le 12~mars s’écrit 12/03."],
    );
    said(
        "2027-13-01",
        &expect!["! Il n’y a pas de mois 13. En français le jour vient avant le mois~: le 12~mars s’écrit 12/03."],
    );
    said("25h", &expect!["! 25~h~00 n’existe pas~: les heures vont de 0 à 23, les minutes de 00 à 59."]);
    said("vendredi 18h75", &expect!["! 18~h~75 n’existe pas~: les heures vont de 0 à 23, les minutes de 00 à 59."]);
    said(
        "demain matin 18h",
        &expect!["! 18~h~00 n’est pas le matin. Écrivez l’heure seule, par exemple «~demain 18~h~»."],
    );
    said("lundi 12 mars 2027", &expect!["! Le 12~mars~2027 est un vendredi, pas un lundi. Corrigez l’un ou l’autre."]);
    said("lundi 27/11", &expect!["! Le 27~novembre~2026 est un vendredi, pas un lundi. Corrigez l’un ou l’autre."]);
    said(
        "vendredi 13",
        &expect![[r"
        vendredi 13~novembre~2026 à 23~h~59
        ? C’est déjà passé (il y a 10~jours)."]],
    );
    said(
        "vendredi 18h rendre le rapport",
        &expect![
            "! J’ai compris «~vendredi 18h~», mais pas la suite~: «~rendre le rapport~». Écrivez la date seule. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    said(
        "dans 3 jours ouvrés",
        &expect![
            "! J’ai compris «~dans 3 jours~», mais pas la suite~: «~ouvrés~». Écrivez la date seule. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    said(
        "la semaine prochaine",
        &expect![
            "! «~la semaine prochaine~» ne dit pas quel jour. Exemples~: vendredi prochain, fin de semaine prochaine, le 12 du mois prochain."
        ],
    );
    said(
        "v\u{435}ndredi 18h",
        &expect![
            "! Il y a un caractère qui n’a pas sa place dans une date («~е~», U+0435). Retapez la date au clavier. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    said(
        "１２/03",
        &expect![
            "! Il y a un caractère qui n’a pas sa place dans une date («~１~», U+FF11). Retapez la date au clavier. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    said(
        "vendredi\u{1b}[2J",
        &expect![
            "! Il y a un caractère qui n’a pas sa place dans une date (U+001B). Retapez la date au clavier. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    said("12/03/1850", &expect!["! Cette date est trop loin~: je compte de 1970 à 2199."]);
    said("dans 9999 ans", &expect!["! Cette date est trop loin~: je compte de 1970 à 2199."]);
    said(
        "12/03/2027/4",
        &expect![
            "! J’ai compris «~12/03/2027~», mais pas la suite~: «~/4~». Écrivez la date seule. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    said(
        &"a".repeat(201),
        &expect![
            "! C’est trop long pour une date~: écrivez 200~caractères au plus. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    said(
        "5 mais",
        &expect![
            "! «~5 mais~» n’est pas une date que je comprends. Exemples~: vendredi 18~h, demain midi, le 12~mars à 14~h, 12/03/2027, dans 3~jours, J-7."
        ],
    );
    let now = monday();
    expect!["! Aucune date limite n’est fixée ici, et c’est d’elle que cette date se compte. Écrivez une date, par exemple «~vendredi 18~h~»."].assert_eq(&told(read("J-7", &Frame::new(&now))));
    expect!["! Aucune soutenance n’est fixée ici, et c’est d’elle que cette date se compte. Écrivez une date, par exemple «~vendredi 18~h~»."].assert_eq(&told(read("la veille de la soutenance", &Frame::new(&now))));
}

#[test]
fn doubts_are_told_in_sentences() {
    said(
        "vendredi prochain",
        &expect![[r"
        vendredi 27~novembre~2026 à 23~h~59
        ? «~Prochain~» peut vouloir dire cette semaine ou la suivante~: l’autre sens serait vendredi 4~décembre~2026 à 23~h~59."]],
    );
    said(
        "vendrdi minuit",
        &expect![[r"
        vendredi 27~novembre~2026 à 23~h~59
        ? J’ai compris «~vendredi~» pour «~vendrdi~».
        ? Minuit peut être la fin ou le début de ce jour~: l’autre sens serait vendredi 27~novembre~2026 à 0~h~00."]],
    );
    said(
        "avant vendredi prochain",
        &expect![[r"
        jeudi 26~novembre~2026 à 23~h~59
        ? «~Prochain~» peut vouloir dire cette semaine ou la suivante~: l’autre sens serait jeudi 3~décembre~2026 à 23~h~59."]],
    );
    said(
        "12/03",
        &expect![[r"
        vendredi 12~mars~2027 à 23~h~59
        ? Sans année, j’ai compris le prochain 12~mars~: celui de 2027."]],
    );
    said(
        "le 1",
        &expect![[r"
            mardi 1er~décembre~2026 à 23~h~59
            ? Sans mois, j’ai compris le prochain 1er~: celui de décembre~2026."]],
    );
    said(
        "8h",
        &expect![[r"
        mardi 24~novembre~2026 à 8~h~00
        ? Cette heure est passée aujourd’hui~: j’ai compris demain."]],
    );
    said(
        "hier",
        &expect![[r"
        dimanche 22~novembre~2026 à 23~h~59
        ? C’est déjà passé (hier)."]],
    );
    said(
        "dans quinze jours",
        &expect![[r"
        lundi 7~décembre~2026 à 23~h~59
        ? On dit «~huit jours~» pour une semaine et «~quinze jours~» pour deux~: l’autre sens serait mardi 8~décembre~2026 à 23~h~59."]],
    );
    said(
        "fin de semaine",
        &expect![[r"
        vendredi 27~novembre~2026 à 23~h~59
        ? La fin de la semaine peut être le vendredi ou le dimanche~: l’autre sens serait dimanche 29~novembre~2026 à 23~h~59."]],
    );
    said(
        "la veille",
        &expect![[r"
        jeudi 17~décembre~2026 à 23~h~59
        ? Il y a une date limite et une soutenance~: l’autre sens serait mercredi 13~janvier~2027 à 23~h~59."]],
    );
    said(
        "lundi",
        &expect![[r"
        lundi 23~novembre~2026 à 23~h~59
        ? C’est aujourd’hui le même jour de la semaine~: l’autre sens serait lundi 30~novembre~2026 à 23~h~59."]],
    );
    said(
        "lundi en quinze",
        &expect![[r"
        lundi 7~décembre~2026 à 23~h~59
        ? C’est aujourd’hui ce jour de la semaine, et «~en~» peut se compter d’aujourd’hui ou du suivant~: l’autre sens serait lundi 14~décembre~2026 à 23~h~59."]],
    );
    elsewhere(
        "2026-11-25T09:00[Europe/Paris]",
        "ce lundi",
        &expect![[r"
        lundi 30~novembre~2026 à 23~h~59
        ? Ce jour de la semaine est déjà passé cette semaine~: l’autre sens serait lundi 23~novembre~2026 à 23~h~59."]],
    );
    elsewhere(
        "2026-11-25T09:00[Europe/Paris]",
        "ce week-end 10h",
        &expect![[r"
        dimanche 29~novembre~2026 à 10~h~00
        ? Le week-end a deux jours~: l’autre sens serait samedi 28~novembre~2026 à 10~h~00."]],
    );
}

#[test]
fn clocks_put_forward_and_back() {
    elsewhere(
        "2027-03-20T09:00[Europe/Paris]",
        "28 mars 2027 à 2h30",
        &expect![[r"
        dimanche 28~mars~2027 à 3~h~30
        ? Ce jour-là on avance les horloges, et 2~h~30 n’existe pas~: j’ai compris 3~h~30."]],
    );
    elsewhere("2027-03-20T09:00[Europe/Paris]", "28 mars 2027 à 3h30", &expect!["dimanche 28~mars~2027 à 3~h~30"]);
    elsewhere(
        "2026-10-20T09:00[Europe/Paris]",
        "25 octobre 2h30",
        &expect![[r"
        dimanche 25~octobre~2026 à 2~h~30
        ? Ce jour-là on retarde les horloges, et 2~h~30 existe deux fois~: je compte la première."]],
    );
    elsewhere(
        "2026-10-25T00:30[Europe/Paris]",
        "dans 3 h",
        &expect![[r"
        dimanche 25~octobre~2026 à 2~h~30
        ? Ce jour-là on retarde les horloges, et 2~h~30 existe deux fois~: je compte la première."]],
    );
    elsewhere("2026-10-25T00:30[Europe/Paris]", "dans 4 h", &expect!["dimanche 25~octobre~2026 à 3~h~30"]);
    elsewhere("2026-10-24T23:00[Europe/Paris]", "demain", &expect!["dimanche 25~octobre~2026 à 23~h~59"]);
    elsewhere("2027-03-28T01:30[Europe/Paris]", "dans 1 h", &expect!["dimanche 28~mars~2027 à 3~h~30"]);
    elsewhere(
        "2026-10-20T09:00[Europe/Paris]",
        "2026-10-25T02:30+01:00",
        &expect![[r"
        dimanche 25~octobre~2026 à 2~h~30
        ? Ce jour-là on retarde les horloges, et 2~h~30 existe deux fois~: je compte la première."]],
    );
    elsewhere("2027-03-20T09:00[Indian/Reunion]", "28 mars 2h30", &expect!["dimanche 28~mars~2027 à 2~h~30"]);
    elsewhere("2027-03-10T09:00[America/Martinique]", "14 mars 2h30", &expect!["dimanche 14~mars~2027 à 2~h~30"]);
    elsewhere(
        "2027-03-10T09:00[America/New_York]",
        "dimanche 14 mars 2h30",
        &expect![[r"
        dimanche 14~mars~2027 à 3~h~30
        ? Ce jour-là on avance les horloges, et 2~h~30 n’existe pas~: j’ai compris 3~h~30."]],
    );
    elsewhere(
        "2026-10-30T09:00[America/St_Johns]",
        "1er novembre 1h30",
        &expect![[r"
        dimanche 1er~novembre~2026 à 1~h~30
        ? Ce jour-là on retarde les horloges, et 1~h~30 existe deux fois~: je compte la première."]],
    );
    elsewhere(
        "2026-09-01T09:00[Australia/Lord_Howe]",
        "4 octobre 2h15",
        &expect![[r"
        dimanche 4~octobre~2026 à 2~h~45
        ? Ce jour-là on avance les horloges, et 2~h~15 n’existe pas~: j’ai compris 2~h~45."]],
    );
    elsewhere(
        "2026-11-23T09:00[Pacific/Noumea]",
        "2026-11-27T18:00+01:00",
        &expect!["samedi 28~novembre~2026 à 4~h~00"],
    );
    elsewhere(
        "2011-12-20T09:00[Pacific/Apia]",
        "30 décembre midi",
        &expect![[r"
            samedi 31~décembre~2011 à 12~h~00
            ? Cette heure n’existe pas ce jour-là dans ce fuseau~: j’ai compris samedi 31~décembre~2011 à 12~h~00."]],
    );
    elsewhere("2026-12-31T23:30[Indian/Reunion]", "demain", &expect!["vendredi 1er~janvier~2027 à 23~h~59"]);
    elsewhere(
        "2026-12-31T23:30[Europe/Paris]",
        "1er janvier 9h",
        &expect![[r"
        vendredi 1er~janvier~2027 à 9~h~00
        ? Sans année, j’ai compris le prochain 1er~janvier~: celui de 2027."]],
    );
    elsewhere("2027-01-31T09:00[Europe/Paris]", "dans un mois", &expect!["dimanche 28~février~2027 à 23~h~59"]);
    elsewhere(
        "2027-02-10T09:00[Europe/Paris]",
        "29 février",
        &expect![[r"
        mardi 29~février~2028 à 23~h~59
        ? Sans année, j’ai compris le prochain 29~février~: celui de 2028."]],
    );
    elsewhere("2028-02-10T09:00[Europe/Paris]", "29 février", &expect!["mardi 29~février~2028 à 23~h~59"]);
    elsewhere("2026-11-29T09:00[Europe/Paris]", "fin de semaine", &expect!["dimanche 29~novembre~2026 à 23~h~59"]);
    elsewhere("2026-11-28T09:00[Europe/Paris]", "le week-end prochain", &expect!["dimanche 6~décembre~2026 à 23~h~59"]);
    elsewhere(
        "2027-02-10T09:00[Europe/Paris]",
        "le 30",
        &expect![[r"
        mardi 30~mars~2027 à 23~h~59
        ? Sans mois, j’ai compris le prochain 30~: celui de mars~2027."]],
    );
    elsewhere("2026-11-23T09:00:42[Europe/Paris]", "dans 1 min", &expect!["lundi 23~novembre~2026 à 9~h~01"]);
    elsewhere("2026-11-23T09:00:42[Europe/Paris]", "maintenant", &expect!["lundi 23~novembre~2026 à 9~h~00"]);
}
