//! The commands of the understudy: one for each thing that networks do differently.

use super::lines::OPTIONS;
use vigie_chat::{Alternative, CommandSet, CommandSpec, Invocation, ParamKind, ParamSpec};

/// All commands.
pub(super) fn commands() -> CommandSet {
    let colours = [("rouge", "Rouge"), ("vert", "Vert"), ("bleu", "Bleu nuit")];
    let colours = colours.map(|(value, label)| Alternative::new(value, label)).to_vec();
    let privacies = ["publique", "privée"].map(|privacy| Alternative::new(privacy, privacy)).to_vec();
    let last_page = i64::try_from(OPTIONS.div_ceil(25)).unwrap_or(i64::MAX);
    CommandSet::new(vec![
        CommandSpec::new("repete", "Répète un texte")
            .param(text("texte", "Ce qu’il faut répéter").required())
            .example(Invocation::new("repete").with("texte", "bonjour")),
        CommandSpec::new("compte", "Dit un nombre").param(number("nombre", "Le nombre", 1, 99).required()),
        CommandSpec::new("couleur", "Dit une couleur")
            .param(ParamSpec::new("teinte", "La couleur", ParamKind::Choice(colours)).required()),
        CommandSpec::new("cherche", "Dit ce qui est cherché")
            .param(text("mot", "Ce que vous cherchez").required().completed()),
        CommandSpec::new("previens", "Prévient quelqu’un")
            .param(ParamSpec::new("personne", "Qui prévenir", ParamKind::Person).required()),
        CommandSpec::new("lire", "Lit un fichier")
            .param(ParamSpec::new("fichier", "Le fichier", ParamKind::Attachment).required()),
        CommandSpec::new("secret", "Dit un secret").private(),
        CommandSpec::new("boutons", "Montre des boutons").param(number(
            "fois",
            "Combien de fois le compteur a servi",
            0,
            99,
        )),
        CommandSpec::new("merci", "Remercie"),
        CommandSpec::new("choix", "Montre beaucoup de choix").param(number("page", "La page", 1, last_page)),
        CommandSpec::new("formulaire", "Montre un formulaire"),
        CommandSpec::new("sujet", "Crée un sujet")
            .param(text("titre", "Le titre du sujet").required())
            .param(number("heures", "Le nombre d’heures", 1, 99))
            .param(text("texte", "Le texte du sujet")),
        CommandSpec::new("planning", "Montre une image"),
        CommandSpec::new("article", "Montre 20 000 caractères en alinéas"),
        CommandSpec::new("confidence", "Montre 20 000 caractères à vous seul").private(),
        CommandSpec::new("pave", "Montre 20 000 caractères d’un seul tenant"),
        CommandSpec::new("lent", "Répond lentement"),
        CommandSpec::new("avancement", "Montre un avancement, puis un résultat")
            .param(text("taille", "« long » ou rien")),
        CommandSpec::new("maj", "Met à jour ce qui n’a pas été dit"),
        CommandSpec::new("tard", "Répond, puis montre un formulaire"),
        CommandSpec::new("bascule", "Annonce une réponse publique ou privée, et donne l’autre")
            .param(ParamSpec::new("vers", "Ce que la réponse est", ParamKind::Choice(privacies)).required()),
        CommandSpec::new("suites", "Répond en trois fois"),
        CommandSpec::new("hostile", "Montre un texte hostile").param(number("rang", "Lequel", 0, 99).required()),
    ])
}

fn text(name: &str, summary: &str) -> ParamSpec {
    ParamSpec::new(name, summary, ParamKind::Text)
}

fn number(name: &str, summary: &str, min: i64, max: i64) -> ParamSpec {
    ParamSpec::new(name, summary, ParamKind::Integer { min, max })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_network_takes_the_definitions() {
        assert_eq!(commands().check(), []);
    }
}
