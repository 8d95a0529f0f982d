//! `/compte affichage`: with pictures or in words only, on a light or a dark background. Each chooses for themselves.

use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::domain::display::{Display, Pictures, Theme};
use crate::domain::permission::Deed;
use crate::views;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec};

/// The parameter that says whether there are pictures.
const IMAGES: &str = "images";
/// The parameter that says what their background is.
pub(in crate::commands) const THEME: &str = "theme";

/// `/compte affichage`.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Affichage {
    chosen: Display,
}

/// The two backgrounds, to choose from.
pub(in crate::commands) fn themes() -> Vec<Alternative> {
    let label = |theme| match theme {
        Theme::Light => "Fond clair",
        Theme::Dark => "Fond sombre",
    };
    Theme::ALL.map(|theme| Alternative::new(theme.name(), label(theme))).to_vec()
}

impl Command for Affichage {
    const PATH: &'static str = "compte affichage";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        let label = |pictures| match pictures {
            Pictures::With => "Images, avec le même contenu en mots",
            Pictures::Without => "Texte seul, sans aucune image",
        };
        let images = Pictures::ALL.map(|pictures| Alternative::new(pictures.name(), label(pictures))).to_vec();
        CommandSpec::new("affichage", "Choisir des réponses avec images ou en texte seul, sur fond clair ou sombre")
            .details(
                "Tout ce que montre une image est toujours dit aussi en mots. En texte seul, plus aucune réponse à vos demandes \
                 ne contient d’image. Sans paramètre, je dis ce qui est en place.",
            )
            .private()
            .param(ParamSpec::new(IMAGES, "Des images, ou le texte seul", ParamKind::Choice(images)))
            .param(ParamSpec::new(THEME, "Le fond de vos images", ParamKind::Choice(themes())))
            .example(Invocation::new(Self::PATH).with(IMAGES, Pictures::Without.name()))
            .example(Invocation::new(Self::PATH).with(THEME, Theme::Dark.name()))
            .example(Invocation::new(Self::PATH))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let pictures = invocation.text(IMAGES).and_then(Pictures::from_name);
        let theme = invocation.text(THEME).and_then(Theme::from_name);
        Ok(Self { chosen: Display { pictures, theme } })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let before = context.here()?.display;
        if self.chosen == Display::default() {
            return Ok(views::account::display(before));
        }
        let mut write = context.write().await?;
        write.set_display(self.chosen).await?;
        write.commit().await?;
        let now =
            Display { pictures: self.chosen.pictures.or(before.pictures), theme: self.chosen.theme.or(before.theme) };
        Ok(views::account::display_chosen(now))
    }
}
