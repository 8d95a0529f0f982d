//! `docs/commands.md`, from the definitions.

use crate::domain::permission::{HATS, TABLE, may};
use std::fmt::Write as _;
use vigie_chat::{Audience, Need, Visibility};

/// The page that documents every chat command, in French, as Markdown.
#[must_use]
pub fn documentation() -> String {
    let set = super::set();
    let mut page = String::from(
        "<!-- Written by `vigie commands`; a test checks that it is up to date. -->\n\n# Commandes de Vigie\n\n\
         Sur Discord, une commande commence par `/`\u{a0}; sur Matrix et en texte libre, par `!` (`!chercher rgpd`). Sans \
         commande, un texte est une recherche. Les accents et les majuscules ne comptent pas.\n",
    );
    // Writing to a string never fails.
    for (path, spec) in set.runnable() {
        let _ = write!(page, "\n## /{path}\n\n{}.\n", spec.summary);
        if let Some(details) = &spec.details {
            let _ = write!(page, "\n{details}\n");
        }
        match spec.who {
            Audience::Everyone => {}
            Audience::Staff => page.push_str("\nRéservée à l’équipe de formation.\n"),
            Audience::Administrators => page.push_str("\nRéservée à l’administration de l’espace.\n"),
        }
        if spec.visibility == Visibility::Private {
            page.push_str("\nLa réponse n’est visible que de la personne qui demande.\n");
        }
        if !spec.params.is_empty() {
            page.push_str("\n| paramètre | | sens |\n| --- | --- | --- |\n");
            for param in &spec.params {
                let need = if param.need == Need::Required { "obligatoire" } else { "facultatif" };
                let _ = writeln!(page, "| `{}` | {need} | {} |", param.name, param.summary);
            }
        }
        page.push_str("\nExemples\u{a0}:\n\n");
        for example in &spec.examples {
            let _ = writeln!(page, "- `/{}`", example.to_typed(&set));
        }
    }
    page.push_str(&permissions());
    page
}

/// The table of permissions, as it is in force.
fn permissions() -> String {
    let mut page = String::from(
        "\n# Qui peut faire quoi\n\n\
         Une personne peut être à la fois formateur, membre d’une équipe et administrer l’espace\u{a0}: il suffit que l’une de \
         ces qualités lui permette l’action. «\u{a0}Équipe\u{a0}» veut dire membre de l’équipe concernée.\n\n\
         | action | administration | formateur | équipe | autre membre | inconnu |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for (deed, _, words) in TABLE {
        let cells = HATS.map(|hat| if may(hat, deed) { "oui" } else { "non" }).join(" | ");
        let _ = writeln!(page, "| {words} | {cells} |");
    }
    page
}
