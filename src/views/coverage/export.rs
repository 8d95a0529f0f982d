//! The grid as files: a Markdown document that goes into a dossier as it is, and a table for a spreadsheet.
//!
//! What people and documents wrote is escaped: no sentence of a proof becomes a heading, a link or a cell of its own, and no
//! bare address or name in it one on the forges where such documents end up.

use super::{Source, progress, state};
use crate::domain::coverage::{AccessibleRule, Proof};
use crate::domain::csv::{self, Cell};
use crate::domain::grid::{Grid, Line, Row};
use crate::views::whose::Whose;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use vigie_chat::Draft;

/// What comes with the files.
#[must_use]
pub fn exported(whose: &Whose<'_>, grid: &Grid, source: Source<'_>) -> Draft {
    Draft::answer()
        .title(format!("Grille de l’{}", whose.named()))
        .paragraph(format!("{}.", progress(grid.whole, source.noun())))
        .paragraph(
            "Le premier fichier est un texte Markdown à mettre dans le dossier, le second un tableau pour un tableur.",
        )
}

/// The grid as a Markdown document. `titles` are those of the team's deliverables, by number.
#[must_use]
pub fn document(
    whose: &Whose<'_>,
    grid: &Grid,
    source: Source<'_>,
    rule: Option<&(AccessibleRule<'_>, Vec<String>)>,
    titles: &BTreeMap<u32, String>,
) -> String {
    let mut out = String::new();
    // Writing to a string never fails.
    let _ = writeln!(out, "# Grille de couverture des critères\n");
    let _ = writeln!(out, "- Sujet\u{a0}: {}", escaped(&whose.brief.title));
    let _ = writeln!(out, "- Équipe\u{a0}: {} ({})", escaped(&whose.team.name), whose.team.number);
    let _ = writeln!(out, "- Date\u{a0}: {}", whose.at(whose.now).words());
    if let Some(referentiel) = source.referentiel {
        let document = escaped(&referentiel.source.fichier);
        let _ =
            writeln!(out, "- Référentiel\u{a0}: {} (document «\u{a0}{document}\u{a0}»)", escaped(&referentiel.titre));
    } else {
        let _ = writeln!(out, "- Référentiel\u{a0}: {}", escaped(source.free.unwrap_or("non précisé par le sujet")));
    }
    let _ = writeln!(out, "- Avancement\u{a0}: {}\n", progress(grid.whole, source.noun()));
    let _ = writeln!(out, "{}\n", escaped(&source.sentence()));
    let _ = writeln!(
        out,
        "L’équipe déclare elle-même ce que son travail couvre\u{a0}; seul le jury valide une compétence.\n"
    );
    if let Some((rule, codes)) = rule {
        let _ = writeln!(out, "{}\n", escaped(&super::accessible(codes)));
        for sentence in &rule.sentences {
            let _ = writeln!(out, "> {}\n", escaped(sentence));
        }
    }
    for row in &grid.rows {
        match row.lines.as_slice() {
            [itself] if itself.id == row.code => competency(&mut out, itself, titles),
            _ => criteria(&mut out, row, source, titles),
        }
    }
    out
}

/// A competency with its criteria, one a line of a table.
fn criteria(out: &mut String, row: &Row, source: Source<'_>, titles: &BTreeMap<u32, String>) {
    let _ = writeln!(out, "## {}\n", escaped(&row.code));
    let _ = writeln!(out, "{}\n", escaped(&row.statement));
    let _ = writeln!(out, "{}.\n", progress(row.progress, source.noun()));
    out.push_str("| Critère | Texte | État | Preuves |\n| --- | --- | --- | --- |\n");
    for line in &row.lines {
        let proofs: Vec<String> = line.proofs.iter().map(|proof| written(proof, titles)).collect();
        let (id, text, state) = (escaped(&line.id), escaped(&line.text), state(line.coverage));
        let _ = writeln!(out, "| {id} | {text} | {state} | {} |", proofs.join("\u{a0}; "));
    }
    out.push('\n');
}

/// A competency of which only the statement is known.
fn competency(out: &mut String, line: &Line, titles: &BTreeMap<u32, String>) {
    let _ = writeln!(out, "## {}\n", escaped(&line.text));
    let _ = writeln!(out, "État\u{a0}: {}.\n", state(line.coverage));
    for proof in &line.proofs {
        let _ = writeln!(out, "- Preuve\u{a0}: {}", written(proof, titles));
    }
    if !line.proofs.is_empty() {
        out.push('\n');
    }
}

/// The grid as a table for a spreadsheet: a line for each criterion of each competency.
#[must_use]
pub fn table(grid: &Grid, titles: &BTreeMap<u32, String>) -> Vec<u8> {
    let columns = ["Compétence", "Intitulé", "Critère", "Texte", "État", "Preuves"];
    let rows = grid.rows.iter().flat_map(|row| row.lines.iter().map(move |line| (row, line)));
    let cells = rows.map(|(row, line)| {
        let texts =
            [row.code.as_str(), row.statement.as_str(), line.id.as_str(), line.text.as_str(), state(line.coverage)];
        let mut cells: Vec<Cell> = texts.into_iter().map(Cell::from).collect();
        cells.push(Cell::from(all_told(line, titles)));
        cells
    });
    csv::file(&columns, cells)
}

fn all_told(line: &Line, titles: &BTreeMap<u32, String>) -> String {
    line.proofs.iter().map(|proof| told(proof, titles)).collect::<Vec<_>>().join(" ; ")
}

/// A proof as plain words.
fn told(proof: &Proof, titles: &BTreeMap<u32, String>) -> String {
    match proof {
        Proof::Deliverable(number) => match titles.get(number) {
            Some(title) => format!("Livrable L{number}\u{a0}: {title}"),
            None => format!("Livrable L{number}"),
        },
        Proof::Link(link) => link.as_str().to_owned(),
        Proof::Sentence(words) => words.clone(),
    }
}

/// A proof in the document: a page is a link that works.
fn written(proof: &Proof, titles: &BTreeMap<u32, String>) -> String {
    match proof {
        // A bar would end the cell. An address holds none of the other signs that would end a link.
        Proof::Link(link) => format!("<{}>", link.as_str().replace('|', "%7C")),
        _ => escaped(&told(proof, titles)),
    }
}

/// What parts the signs of an address: a space without width. A reference to the sign itself would not do everywhere: forges
/// look for addresses and names of people in the text as it is shown too.
const PARTED: &str = "&#8203;";

/// Words as Markdown shows them, in one line, of which nobody makes a link: what GitHub and GitLab take for one by itself is
/// parted, an address (`https://…`, `www.…`), a name (`@org/team`), the address of a mailbox.
pub(in crate::views) fn escaped(words: &str) -> String {
    let literal = literal(words);
    let mut out = String::with_capacity(literal.len());
    for (at, c) in literal.char_indices() {
        match c {
            '@' => out.extend(["@", PARTED]),
            ':' if literal[at..].starts_with("://") => out.extend([":", PARTED]),
            '.' if ends_in_www(&literal[..at]) => out.extend([PARTED, "."]),
            c => out.push(c),
        }
    }
    out
}

fn ends_in_www(words: &str) -> bool {
    let mut last = words.chars().rev();
    (0..3).all(|_| last.next().is_some_and(|c| c.eq_ignore_ascii_case(&'w')))
}

/// Words as Markdown shows them, in one line: each sign that could mark something up is preceded by a backslash, which
/// `CommonMark` allows before any sign of ASCII (§ 2.4).
pub(in crate::views) fn literal(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + words.len() / 8);
    // `1.` and `1)` begin a list.
    let digits = words.trim_start().bytes().take_while(u8::is_ascii_digit).count();
    let first = words.len() - words.trim_start().len();
    let numbers = first + digits;
    for (at, c) in words.char_indices() {
        match c {
            '.' | ')' if digits > 0 && at == numbers => out.extend(['\\', c]),
            '#' | '-' | '+' | '=' if at == first => out.extend(['\\', c]),
            '\n' | '\r' | '\t' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::brief as content;
    use crate::domain::coverage::Mark;
    use crate::domain::handin::Link;
    use crate::domain::key::{BriefKey, TeamKey};
    use crate::domain::person::PersonKey;
    use crate::store::{Brief, BriefState, Entry, Team, TeamState};
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser};

    /// The cells of a table of one row, as a reader of Markdown sees them; none if anything is marked up.
    fn read(cell: &str) -> Option<String> {
        let document = format!("| a | b |\n| --- | --- |\n| {cell} | x |\n");
        let mut texts = Vec::new();
        for event in Parser::new_ext(&document, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Text(text) => texts.push(text.into_string()),
                Event::Start(pulldown_cmark::Tag::TableCell) => texts.push("\u{1f}".to_owned()),
                Event::Start(
                    pulldown_cmark::Tag::Table(_) | pulldown_cmark::Tag::TableHead | pulldown_cmark::Tag::TableRow,
                )
                | Event::End(_) => {}
                _ => return None,
            }
        }
        // What parts an address has no width.
        let joined = texts.concat().replace('\u{200b}', "");
        joined.split('\u{1f}').nth(3).map(str::to_owned)
    }

    #[test]
    fn the_document_is_fit_for_a_dossier() {
        let competency = |wording: &str| content::Assessed {
            code: None,
            wording: wording.to_owned(),
            confidence: 0,
            how: content::How::Free,
        };
        let asked = content::Brief {
            competencies: vec![competency("Recenser le parc"), competency("1. Négocier | un contrat")],
            ..content::Brief::default()
        };
        let id = Grid::of(&asked, None, &BTreeMap::new()).rows[0].code.clone();
        let proofs = [
            Proof::Deliverable(2),
            Proof::Link(Link::read("https://forge.example/a|b").expect("a link")),
            Proof::Sentence("# Page 3 | **voir** l’annexe".to_owned()),
        ];
        let mark = proofs.into_iter().try_fold(Mark::default(), Mark::with).expect("few proofs");
        let grid = Grid::of(&asked, None, &BTreeMap::from([(id, mark)]));
        let at: jiff::Timestamp = "2026-11-23T08:00:00Z".parse().expect("an instant");
        let zone = jiff::tz::TimeZone::get("Europe/Paris").expect("the database of zones is in the program");
        let (team, brief) = (team(), brief(at));
        let whose = Whose { team: &team, brief: &brief, zone: &zone, now: at };
        let source = Source { referentiel: None, free: Some("Manager de <parc>") };
        let titles = BTreeMap::from([(2, "Dossier *final*".to_owned())]);
        let document = document(&whose, &grid, source, None, &titles).replace('\u{a0}', " ");
        expect_test::expect![[r"
            # Grille de couverture des critères

            - Sujet : Parc informatique
            - Équipe : Les \_Quatre\_ (2)
            - Date : lundi 23 novembre 2026 à 9 h 00
            - Référentiel : Manager de \<parc\>
            - Avancement : 1 compétence couverte sur 2 (50 %), 1 à faire

            Le référentiel du sujet, « Manager de \<parc\> », n’est pas l’un des miens : les lignes sont les compétences que le sujet nomme, sans leurs critères.

            L’équipe déclare elle-même ce que son travail couvre ; seul le jury valide une compétence.

            ## 1\. Négocier \| un contrat

            État : à faire.

            ## Recenser le parc

            État : couvert.

            - Preuve : Livrable L2 : Dossier \*final\*
            - Preuve : <https://forge.example/a%7Cb>
            - Preuve : \# Page 3 \| \*\*voir\*\* l’annexe

        "]].assert_eq(&document);
        let table = String::from_utf8(table(&grid, &titles)).expect("UTF-8");
        assert!(table.starts_with("\u{feff}Compétence;Intitulé;Critère;Texte;État;Preuves\r\n"), "{table}");
        assert!(table.contains("couvert;\"Livrable L2"), "{table}");
    }

    fn team() -> Team {
        Team {
            key: TeamKey(1),
            brief: BriefKey(1),
            number: 2,
            name: "Les _Quatre_".to_owned(),
            entry: Entry::Open,
            room: None,
            state: TeamState::Active,
            members: Vec::new(),
        }
    }

    fn brief(at: jiff::Timestamp) -> Brief {
        Brief {
            key: BriefKey(1),
            number: Some(1),
            state: BriefState::Published,
            version: 1,
            title: "Parc informatique".to_owned(),
            deadline_at: Some(at),
            cohort: None,
            author: PersonKey(1),
            room: None,
            message: None,
            published_at: Some(at),
        }
    }

    #[test]
    fn hostile_words_are_words() {
        for words in [
            "a | b",
            "# titre",
            "**gras** [lien](https://x.example) `code` <script>",
            "![i](x)",
            "1. un",
            "@everyone ~~x~~",
        ] {
            assert_eq!(read(&escaped(words)).as_deref(), Some(words), "{}", escaped(words));
        }
        assert_eq!(escaped("deux\nlignes"), "deux lignes");
    }

    /// What a forge makes a link of by itself, in a text as it is written or as it is shown: `scheme://`, `www.`, and `@`
    /// followed by anything of a name, as in the rules of GitHub (§ 6.9 of its Markdown) and the filters of GitLab.
    fn is_linked(text: &str) -> bool {
        let lower = text.to_lowercase();
        let named = |after: &str| after.starts_with(|c: char| c.is_alphanumeric() || "._-".contains(c));
        lower.contains("://") || lower.contains("www.") || lower.split('@').skip(1).any(named)
    }

    #[test]
    fn no_bare_address_becomes_a_link_on_a_forge() {
        for words in [
            "voir https://evil.example/a",
            "HTTP://evil.example",
            "ftp://evil.example",
            "www.evil.example, WWW.evil.example (wwww.evil.example)",
            "demander à @org/team ou à bob@evil.example",
            "mailto:bob@evil.example xmpp:bob@evil.example/a",
            "https://www.evil.example/@org",
        ] {
            let written = escaped(words);
            let shown = written.replace("&#8203;", "\u{200b}").replace('\\', "");
            assert!(is_linked(words) && !is_linked(&written) && !is_linked(&shown), "{written}");
            assert_eq!(shown.replace('\u{200b}', ""), words, "nothing else changes");
        }
        assert_eq!(escaped("à 18 h 30 : le w. et le ww."), "à 18 h 30 : le w. et le ww.");
    }

    proptest! {
        #[test]
        fn every_sentence_reads_back(words in "[ -~éàç«»’\u{a0}]{1,40}") {
            let wanted = words.trim();
            prop_assume!(!wanted.is_empty() && !wanted.contains('\u{a0}'));
            let seen = read(&escaped(wanted));
            prop_assert_eq!(seen.as_deref(), Some(wanted));
        }
    }
}
