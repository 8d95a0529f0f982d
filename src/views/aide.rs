//! Help, from the definitions of the commands.

use vigie_chat::limits::MOST_OPTIONS;
use vigie_chat::{
    Audience, Button, CommandPath, CommandSet, CommandSpec, Draft, Field, Invocation, List, Need, Press, Select, Text,
    Visibility,
};

/// All commands.
#[must_use]
pub fn all(commands: &CommandSet) -> Draft {
    let mut select = Select::new("En savoir plus sur une commande");
    let mut items = Vec::new();
    // A group is one line: what is in it comes with one more step.
    for spec in commands.all() {
        let named = if spec.subcommands.is_empty() {
            Text::new().command(spec.name.as_str()).plain(format!("\u{a0}: {}", spec.summary))
        } else {
            let within: Vec<&str> = spec.subcommands.iter().map(|sub| sub.name.as_str()).collect();
            Text::new().code(spec.name.as_str()).plain(format!("\u{a0}: {} ({})", spec.summary, within.join(", ")))
        };
        items.push(named);
        if select.options.len() < MOST_OPTIONS {
            let help = Invocation::new("aide").with("commande", spec.name.as_str());
            select = select.option(spec.name.as_str(), Press::run(help));
        }
    }
    Draft::answer()
        .title("Ce que je sais faire")
        .paragraph(
            "Bonjour, je suis Vigie. Je réponds sur les référentiels\u{a0}: compétences, critères du jury, épreuves, droits\u{a0}; et je suis les \
             équipes de MSPR, du sujet à la soutenance. Écrivez simplement ce que vous cherchez, ou utilisez une commande\u{a0}:",
        )
        .list(List::bulleted(items))
        .select(select)
}

/// One command, or the commands of a group.
#[must_use]
pub fn one(path: &CommandPath, spec: &CommandSpec, commands: &CommandSet) -> Draft {
    let mut draft = Draft::answer().title(Text::new().command(path.as_str())).paragraph(format!("{}.", spec.summary));
    if let Some(details) = &spec.details {
        draft = draft.paragraph(details.as_str());
    }
    if !spec.subcommands.is_empty() {
        let listed = spec
            .subcommands
            .iter()
            .map(|sub| Text::new().command(path.sub(&sub.name).as_str()).plain(format!("\u{a0}: {}", sub.summary)));
        return draft
            .list(List::bulleted(listed))
            .button(Button::new("Toutes les commandes", Press::run(Invocation::new("aide"))));
    }
    draft = draft.paragraph(Text::from("S’écrit\u{a0}: ").command(spec.usage(path)));
    if !spec.params.is_empty() {
        draft = draft.fields(spec.params.iter().map(|param| {
            let optional = if param.need == Need::Optional { " (facultatif)" } else { "" };
            Field::new(param.name.as_str(), format!("{}{optional}", param.summary))
        }));
    }
    match spec.who {
        Audience::Everyone => {}
        Audience::Staff => draft = draft.paragraph("Elle est réservée à l’équipe de formation."),
        Audience::Administrators => draft = draft.paragraph("Elle est réservée à l’administration de l’espace."),
    }
    if spec.visibility == Visibility::Private {
        draft = draft.paragraph("La réponse n’est visible que de vous.");
    }
    if !spec.examples.is_empty() {
        draft = draft.heading("Exemples");
        draft = draft
            .list(List::bulleted(spec.examples.iter().map(|example| Text::new().command(example.to_typed(commands)))));
    }
    draft.button(Button::new("Toutes les commandes", Press::run(Invocation::new("aide"))))
}
