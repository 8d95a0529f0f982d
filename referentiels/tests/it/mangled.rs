//! Whatever is done to a document, the importer reads it or refuses it: it never panics, and what it reads is a file
//! without defects.

use crate::documents;
use proptest::prelude::*;
use vigie_referentiels::import::{Hints, extracted_text, import};
use vigie_referentiels::{embedded, file};

/// One thing that happens to a text, at a place given in thousandths of its length.
#[derive(Debug, Clone)]
enum Harm {
    Put(usize, String),
    Delete(usize, usize),
    Repeat(usize),
    Swap(usize, usize),
    CutBefore(usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    let scrap = prop_oneof![
        prop::sample::select(vec![
            "\t",
            "\n",
            "\n\n",
            "|",
            "<p>",
            "</p>",
            "<ul>",
            "<li>",
            "<sup>",
            "<u>",
            "<",
            "</",
            "**",
            "\\",
            "¹",
            "- ",
            "• ",
            " : ",
            ". ",
            "(",
            ")",
            "C1.1 ",
            "CE1.1 ",
            "A1 - ",
            "Bloc 2 : ",
            "1 - ",
            "#",
            "   ",
            "\u{ad}",
            "\r",
            "Compétences\tCritères\n",
            "handicap",
            "Article L1",
            "Modalité d'évaluation des compétences C1 : ",
            "&lt;",
        ])
        .prop_map(str::to_owned),
        "\\PC{1,8}",
        "[\\p{L}\\p{M}\\p{N}]{1,4}",
    ];
    let place = 0usize..1000;
    prop_oneof![
        4 => (place.clone(), scrap).prop_map(|(at, text)| Harm::Put(at, text)),
        2 => (place.clone(), 1usize..60).prop_map(|(at, length)| Harm::Delete(at, length)),
        1 => place.clone().prop_map(Harm::Repeat),
        1 => (place.clone(), place.clone()).prop_map(|(one, other)| Harm::Swap(one, other)),
        1 => place.prop_map(Harm::CutBefore),
    ]
}

fn mangled(document: &str, harms: &[Harm]) -> String {
    let mut text = document.to_owned();
    for harm in harms {
        let place = |thousandth: usize| text.floor_char_boundary(text.len() * thousandth / 1000);
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let line = |thousandth: usize| lines.len().saturating_sub(1) * thousandth / 1000;
        match harm {
            Harm::Put(at, scrap) => {
                let at = place(*at);
                text.insert_str(at, scrap);
            }
            Harm::Delete(at, length) => {
                let at = place(*at);
                let end = text.ceil_char_boundary((at + length).min(text.len()));
                text.replace_range(at..end, "");
            }
            Harm::Repeat(at) if !lines.is_empty() => {
                let at = line(*at);
                lines.insert(at, lines[at]);
                text = lines.concat();
            }
            Harm::Swap(one, other) if !lines.is_empty() => {
                let (one, other) = (line(*one), line(*other));
                lines.swap(one, other);
                text = lines.concat();
            }
            Harm::CutBefore(at) => {
                let at = place(*at);
                text.replace_range(..at, "");
            }
            Harm::Repeat(_) | Harm::Swap(..) => {}
        }
    }
    text
}

/// Reads a text, and reads back what was made of it.
fn survives(text: &str) -> Result<(), TestCaseError> {
    let _ = extracted_text::grid(text, &mut |_| {});
    if let Ok(imported) = import("x.txt", text.as_bytes(), &Hints::default()) {
        let written = file::write(&imported.referentiel);
        prop_assert_eq!(file::parse("x.toml", &written), Ok(imported.referentiel));
        let _ = imported.report.to_string();
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn a_mangled_document_is_read_or_refused(
        which in 0..documents::ALL.len(),
        harms in prop::collection::vec(harm(), 1..12),
    ) {
        survives(&mangled(documents::ALL[which].1, &harms))?;
    }

    #[test]
    fn two_documents_run_together_are_read_or_refused(
        one in 0..documents::ALL.len(),
        other in 0..documents::ALL.len(),
        harms in prop::collection::vec(harm(), 0..4),
    ) {
        let both = format!("{}\n{}", documents::ALL[one].1, documents::ALL[other].1);
        survives(&mangled(&both, &harms))?;
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(\\PC|\t|\n){0,300}") {
        survives(&format!("Compétences\tCritères d'évaluation\n{text}"))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn a_mangled_file_is_read_or_refused(which in 0usize..5, harms in prop::collection::vec(harm(), 1..6)) {
        let written = file::write(&embedded()[which]);
        let text = mangled(&written, &harms);
        if let Err(defects) = file::parse("x.toml", &text) {
            let lines = text.split('\n').count();
            prop_assert!(defects.list.iter().all(|d| (1..=lines).contains(&d.line)), "{}", defects);
        }
    }
}
