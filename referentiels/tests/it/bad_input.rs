//! What is no référentiel is refused, in a sentence that says what was expected.

use crate::documents;
use expect_test::{Expect, expect};
use std::io::Read;
use vigie_referentiels::import::{Hints, HintsError, ImportError, decode, import};

#[track_caller]
fn check(bytes: &[u8], expect: Expect) {
    let told = match import("x.txt", bytes, &Hints::default()) {
        Ok(_) => "a référentiel".to_owned(),
        Err(error) => error.to_string(),
    };
    expect.assert_eq(&told);
}

#[test]
fn nothing_at_all() {
    check(b"", expect!["the file is empty; expected the text of a référentiel (tables as tab-separated lines)"]);
    check(
        b" \n\t\t\n\xc2\xa0\n",
        expect!["the file is empty; expected the text of a référentiel (tables as tab-separated lines)"],
    );
    check(
        b"\xef\xbb\xbf\n",
        expect!["the file is empty; expected the text of a référentiel (tables as tab-separated lines)"],
    );
}

#[test]
fn files_that_are_not_text() {
    check(
        b"%PDF-1.7\n1 0 obj",
        expect![
            "this is a PDF file, not UTF-8 text; extract or convert its text first (tables as tab-separated lines)"
        ],
    );
    check(
        b"PK\x03\x04\x14\x00\x06\x00",
        expect![
            "this is a DOCX, XLSX or ZIP file, not UTF-8 text; extract or convert its text first (tables as tab-separated lines)"
        ],
    );
    check(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        expect![
            "this is an old Office file, not UTF-8 text; extract or convert its text first (tables as tab-separated lines)"
        ],
    );
    check(
        b"\xff\xfeB\x00l\x00o\x00c\x00",
        expect!["this is UTF-16, not UTF-8 text; extract or convert its text first (tables as tab-separated lines)"],
    );
    check(
        b"\xef\xbb\xbf%PDF-1.7",
        expect![
            "this is a PDF file, not UTF-8 text; extract or convert its text first (tables as tab-separated lines)"
        ],
    );
}

#[test]
fn a_nul_byte_is_found_wherever_it_stands() {
    check(
        b"Bloc 1 : Cuire\0",
        expect![
            "this is binary data, not UTF-8 text; extract or convert its text first (tables as tab-separated lines)"
        ],
    );
    let far = [documents::PAGES.repeat(200).as_bytes(), b"\0"].concat();
    check(
        &far,
        expect![
            "this is binary data, not UTF-8 text; extract or convert its text first (tables as tab-separated lines)"
        ],
    );
}

#[test]
fn delete_and_c1_controls_are_no_text_and_page_breaks_are() {
    for control in ["\u{7f}", "\u{80}", "\u{85}", "\u{9f}", "\u{1b}"] {
        assert_eq!(decode::decode(format!("a{control}b").as_bytes()), Err(ImportError::Binary { kind: "binary data" }));
    }
    assert_eq!(decode::decode("a\u{b}\u{c}\r\n\tb\u{a0}c".as_bytes()), Ok("a\u{b}\u{c}\r\n\tb\u{a0}c"));
}

#[test]
fn other_encodings_are_told_with_the_place() {
    check(
        b"Bloc 1 : Cuire\nAm\xe9nager",
        expect![
            "line 2 (byte 17) is not UTF-8; convert the file first, for instance with `iconv -f WINDOWS-1252 -t UTF-8`"
        ],
    );
    check(
        b"\xef\xbb\xbfAm\xe9nager",
        expect![
            "line 1 (byte 5) is not UTF-8; convert the file first, for instance with `iconv -f WINDOWS-1252 -t UTF-8`"
        ],
    );
    check(
        "Bloc 1\n\nAm\u{fffd}nager".as_bytes(),
        expect![
            "line 3 (byte 10) is not UTF-8; convert the file first, for instance with `iconv -f WINDOWS-1252 -t UTF-8`"
        ],
    );
}

#[test]
fn text_about_something_else() {
    check(
        "Il était une fois un four. Il cuisait le pain.".as_bytes(),
        expect![[
            r#"no table of competencies and criteria was found; expected a heading row that names them ("Référentiel de compétences", "Critères d'évaluation")"#
        ]],
    );
    check(
        "Ville\tHabitants\nLyon\t500 000\nLille\t200 000\n".as_bytes(),
        expect![[
            r#"no table of competencies and criteria was found; expected a heading row that names them ("Référentiel de compétences", "Critères d'évaluation")"#
        ]],
    );
    check(
        "Compétences\tCritères d'évaluation\n".as_bytes(),
        expect![[
            r#"the table that starts at line 1 has no competency; expected one a cell or a paragraph in the column "Compétences""#
        ]],
    );
    check(
        "Compétences\tCritères d'évaluation\n\tLe four est réglé.\n".as_bytes(),
        expect![[
            r#"the table that starts at line 1 has no competency; expected one a cell or a paragraph in the column "Compétences""#
        ]],
    );
}

#[test]
fn a_file_that_is_too_large_is_refused_before_it_is_read() {
    let endless = std::io::repeat(b'a');
    let bytes = decode::read(endless).unwrap();
    assert_eq!(bytes.len() as u64, decode::MAX_BYTES + 1);
    check(
        &bytes,
        expect!["the file has 16777217 bytes or more, and a référentiel at most 16777216; is it the right file?"],
    );
}

#[test]
fn a_reader_that_fails_is_told() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    assert_eq!(decode::read(Broken).unwrap_err().to_string(), "the disk is gone");
}

#[track_caller]
fn check_hints(text: &str, expect: Expect) {
    let told = Hints::parse(text).map(|hints| format!("{hints:?}"));
    expect.assert_eq(&told.unwrap_or_else(|error: HintsError| error.to_string()));
}

#[test]
fn hints_say_what_is_wrong_with_them() {
    check_hints("", expect!["Hints { slug: None, titre: None }"]);
    check_hints(
        "slug = \"jardin\"\ntitre = \"Jardinier\"",
        expect![[r#"Hints { slug: Some("jardin"), titre: Some("Jardinier") }"#]],
    );
    check_hints(
        "slug = \"Jardin d'hiver\"",
        expect![
            "`Jardin d'hiver` can't be a slug; expected lower-case letters, digits and dashes, such as data-engineer"
        ],
    );
    check_hints("titre = \" \"", expect!["`titre` is empty; leave it out instead"]);
    check_hints(
        "couleur = \"vert\"",
        expect![[r#"
        the hints file is not valid (keys: slug, titre): TOML parse error at line 1, column 1
          |
        1 | couleur = "vert"
          | ^^^^^^^
        unknown field `couleur`, expected `slug` or `titre`
    "#]],
    );
    check_hints(
        "titre = 3",
        expect![[r#"
        the hints file is not valid (keys: slug, titre): TOML parse error at line 1, column 9
          |
        1 | titre = 3
          |         ^
        invalid type: integer `3`, expected a string
    "#]],
    );
}
