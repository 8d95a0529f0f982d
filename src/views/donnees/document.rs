//! Everything that is kept of a person, as a text that is read: Markdown with real headings and lists. What people wrote is
//! escaped.

use super::{Whole, labels, space};
use crate::store::{HeldOf, Section};
use crate::views::coverage::literal;
use crate::views::words::network;
use crate::views::{whose, words};
use jiff::tz::TimeZone;
use std::fmt::Write as _;

/// The document.
#[must_use]
pub fn document(whole: &Whole) -> String {
    let mut out = String::new();
    let zone = whole.now.time_zone();
    // Writing to a string never fails.
    let _ = writeln!(out, "# Ce que Vigie garde sur vous\n");
    let _ = writeln!(
        out,
        "Établi le {} pour le compte {} `{}`.\n",
        whose::full(whole.now.timestamp(), zone).words(),
        network(&whole.account.connector),
        whole.account.id.as_str().replace('`', "'")
    );
    let _ = writeln!(
        out,
        "Les messages que vous écrivez ne sont pas gardés, ni ce que vous demandez en privé. Ce qui suit est tout ce qui porte \
         votre nom, votre compte ou votre numéro. Ce que d’autres ont écrit dans un titre, un commentaire ou un fichier n’est \
         pas relu\u{a0}; un bouton fait pour quelqu’un d’autre peut vous nommer, et part si vous faites effacer vos données.\n"
    );
    for dossier in &whole.dossiers {
        let _ = writeln!(out, "## Espace {}\n", literal(&space(&dossier.presence)));
        sections(&mut out, &dossier.sections, &dossier.zone);
    }
    let _ = writeln!(out, "## Votre compte, quel que soit l’espace\n");
    sections(&mut out, &whole.of_account, zone);
    let _ = writeln!(out, "## Vos droits\n");
    let _ = writeln!(
        out,
        "`/donnees effacer` efface votre nom et vos comptes tout de suite. Pour corriger une donnée, changez-la par la commande \
         qui l’a écrite, ou demandez à votre centre. Vous pouvez aussi vous adresser à la CNIL."
    );
    out
}

fn sections(out: &mut String, all: &[Section], zone: &TimeZone) {
    let name = |section: &Section| labels::section(section.key).unwrap_or(section.key);
    for section in all.iter().filter(|section| !section.rows.is_empty()) {
        let _ = writeln!(out, "### {}\n", name(section));
        for row in &section.rows {
            let _ = writeln!(out, "- {}", line(row, zone));
        }
        if section.is_cut {
            let _ = writeln!(
                out,
                "\nIl y en a d’autres\u{a0}: seuls les {} premiers sont ici. Demandez le reste à votre centre.",
                section.rows.len()
            );
        }
        out.push('\n');
    }
    let empty: Vec<String> = all
        .iter()
        .filter(|section| section.rows.is_empty())
        .map(|section| format!("«\u{a0}{}\u{a0}»", name(section)))
        .collect();
    if !empty.is_empty() {
        let _ = writeln!(out, "Rien n’est gardé sous {}.\n", words::and(&empty));
    }
}

fn line(row: &HeldOf, zone: &TimeZone) -> String {
    let told = row.iter().map(|(column, datum)| {
        let name = labels::column(column).unwrap_or(column);
        format!("{name}\u{a0}: {}", literal(&labels::value(column, datum, zone)))
    });
    told.collect::<Vec<_>>().join("\u{a0}; ")
}
