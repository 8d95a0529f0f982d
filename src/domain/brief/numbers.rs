//! Small whole numbers as French writes them, in digits or in words; always on folded text.

/// Pattern of a number, for use inside another pattern.
pub(super) const NUMBER: &str = concat!(
    r"(?:\d{1,3}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt(?:-quatre|-cinq)?",
    r"|trente(?:-cinq|-six)?|quarante(?:-cinq|-huit)?|cinquante|soixante)"
);

/// The value of what [`NUMBER`] matches.
pub(super) fn value(text: &str) -> Option<u32> {
    let known = [
        ("un", 1),
        ("une", 1),
        ("deux", 2),
        ("trois", 3),
        ("quatre", 4),
        ("cinq", 5),
        ("six", 6),
        ("sept", 7),
        ("huit", 8),
        ("neuf", 9),
        ("dix", 10),
        ("onze", 11),
        ("douze", 12),
        ("quinze", 15),
        ("vingt", 20),
        ("vingt-quatre", 24),
        ("vingt-cinq", 25),
        ("trente", 30),
        ("trente-cinq", 35),
        ("trente-six", 36),
        ("quarante", 40),
        ("quarante-cinq", 45),
        ("quarante-huit", 48),
        ("cinquante", 50),
        ("soixante", 60),
    ];
    text.parse().ok().or_else(|| known.iter().find(|(word, _)| *word == text).map(|(_, number)| *number))
}
