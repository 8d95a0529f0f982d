//! What the bot says when it comes into a space.

use vigie_chat::{Draft, Item, List, Text};

/// Who it is, what to do first, and what it doesn't read. Nothing can be pressed: it is made for nobody in particular.
#[must_use]
pub fn welcome() -> Draft {
    let first = [
        Text::new().command("chercher rgpd").plain("\u{a0}: trouver une compétence, un critère ou une épreuve"),
        Text::new().command("aide").plain("\u{a0}: voir tout ce que je sais faire"),
        Text::from(
            "Mentionnez-moi avec votre question, ou écrivez-moi en message privé\u{a0}: une phrase suffit, sans commande",
        ),
    ];
    Draft::notice()
        .title("Bonjour, je suis Vigie")
        .paragraph(
            "J’aide les candidats et les formateurs à s’y retrouver dans les référentiels de certification\u{a0}: je réponds avec les mots des documents \
             officiels et je dis d’où ils viennent.",
        )
        .heading("Pour commencer")
        .list(List::numbered(1, first.map(Item::from)))
        .note(
            "Je ne lis que les commandes et les messages qui me sont adressés, rien d’autre de vos conversations.",
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;
    use vigie_chat::plain;

    #[test]
    fn it_says_what_to_do_first() {
        assert_eq!(welcome().check(), Vec::new());
        let said = plain(&welcome()).replace('\u{a0}', "~");
        expect![[r"
            Bonjour, je suis Vigie

            J’aide les candidats et les formateurs à s’y retrouver dans les référentiels de certification~: je réponds avec les mots des documents officiels et je dis d’où ils viennent.

            Pour commencer

            1. /chercher rgpd~: trouver une compétence, un critère ou une épreuve
            2. /aide~: voir tout ce que je sais faire
            3. Mentionnez-moi avec votre question, ou écrivez-moi en message privé~: une phrase suffit, sans commande

            Je ne lis que les commandes et les messages qui me sont adressés, rien d’autre de vos conversations."]].assert_eq(&said);
    }
}
