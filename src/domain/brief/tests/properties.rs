//! What holds for any text and any bytes.

use super::*;
use proptest::prelude::*;

#[test]
fn cost_grows_with_the_length_and_no_faster() {
    let shapes = [
        "a: b\n",
        "- ",
        "> ",
        "| a ",
        "[[[[",
        "**",
        "C1.1 à ",
        "20 min ",
        "\n\n",
        "Livrables :\n- x\n",
        "4, ",
        "12/03/2027 ",
        "a",
        "\t",
        "1.\n",
        "é ; ",
    ];
    for shape in shapes {
        let least = |bytes: usize| {
            let text = shape.repeat(bytes / shape.len());
            let run = || {
                let started = tokio::time::Instant::now();
                let _ = read_here(&text);
                started.elapsed()
            };
            (0..2).map(|_| run()).min().unwrap_or_default()
        };
        // 16 times as long. A cost that grew with the square would be 256 times as much; a busy machine is forgiven.
        let (short, long) = (least(4 * 1024), least(64 * 1024));
        assert!(long < short * 160, "{shape:?}: {short:?}, then {long:?}");
    }
    let whole = read_here(&"Livrables :\n- x\n".repeat(limits::FILE_BYTES / 16));
    assert!(whole.remarks.contains(&Remark::Unread { lines: limits::LINES }));
    assert!(whole.remarks.contains(&Remark::TooMany { field: Field::Deliverables, most: limits::DELIVERABLES }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_is_read_and_stored(text in "(?s).{0,300}") {
        let understood = read_here(&text);
        let stored = serde_json::to_string(&understood.brief).expect("a brief is always JSON");
        prop_assert_eq!(serde_json::from_str::<Brief>(&stored).expect("what was written is read"), understood.brief);
    }

    #[test]
    fn any_mix_of_what_briefs_are_made_of_is_read(parts in proptest::collection::vec(prop_oneof![
        Just("# "), Just("\n"), Just("\n\n"), Just("- "), Just("  o\t"), Just("Livrables :"), Just("Compétences"), Just("**"), Just("|"), Just("---"),
        Just("A2C1 à A2C9"), Just("4, 5 si impair"), Just("20 min + "), Just("jury de "), Just("deux"), Just(" du 2 mars 2027 au 9 mars 2027"), Just("Équipe :"),
        Just("date limite"), Just("soutenance"), Just("```"), Just("bloc 2"), Just("É"), Just(" ; "), Just("(facultatif)"), Just(" et "), Just(","),
    ], 0..60)) {
        let text = parts.concat();
        let understood = read_here(&text);
        prop_assert!(understood.brief.deliverables.len() <= limits::DELIVERABLES);
        prop_assert!(understood.remarks.len() <= limits::REMARKS);
        let mut brief = understood.brief;
        for field in Field::ALL {
            let _ = set(&mut brief, field, &text, &world());
        }
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(&bytes).map(|text| read_here(&text));
    }
}
