//! Pictures in answers: the only place where commands have one drawn.
//!
//! Whoever wants words only has none drawn ("texte seul"). Drawing takes tens of milliseconds of a core: it is done beside the
//! threads that answer, a few at a time. It never takes an answer away: what can't be drawn leaves the words, and a line in the
//! log. A test of the house sees that no command draws by itself.

use super::compte::THEME;
use super::context::{Context, Problem};
use crate::domain::display::{Pictures, Theme};
use crate::pictures::Picture;
use tokio::sync::Semaphore;
use vigie_chat::{AltText, File, Invocation};

/// Pictures that are drawn at once, at most: a core is left to answers.
static DRAWING: Semaphore = Semaphore::const_new(2);

/// A picture that is ready to be sent.
#[derive(Debug)]
pub(super) struct Drawn {
    /// As PNG, described by its words.
    pub(super) png: File,
    /// As SVG, described by its words.
    pub(super) svg: File,
}

impl Context {
    /// Whether whoever asks is shown pictures. Of whom nothing is known it isn't known either whether they can see one.
    pub(super) fn pictures(&self) -> Pictures {
        self.here.as_ref().map_or(Pictures::Without, |here| here.display.pictures())
    }

    /// The background that is asked for, else that of whoever asks.
    pub(super) fn theme(&self, asked: Option<Theme>) -> Theme {
        asked.unwrap_or_else(|| self.here.as_ref().map(|here| here.display.theme()).unwrap_or_default())
    }

    /// A picture under this name, without its ending; none for whoever wants words only, or where it can't be drawn.
    pub(super) async fn drawn(&self, name: &str, draw: impl FnOnce() -> Picture + Send + 'static) -> Option<Drawn> {
        if self.pictures() == Pictures::Without {
            return None;
        }
        // It is never closed.
        let _turn = DRAWING.acquire().await.ok()?;
        let drawing = tokio::task::spawn_blocking(move || {
            let picture = draw();
            let png = picture.png().map_err(|error| Problem::Fault(error.to_string()))?;
            let words = AltText::new(picture.words()).map_err(|error| Problem::Fault(error.to_string()))?;
            Ok((png, picture.svg().to_owned(), words))
        });
        let drawn = drawing.await.unwrap_or_else(|_| Err(Problem::Fault("drawing panicked".to_owned())));
        match drawn {
            Ok((png, svg, words)) => Some(Drawn {
                png: File::new(format!("{name}.png"), "image/png", png, words.clone()),
                svg: File::new(format!("{name}.svg"), "image/svg+xml", svg, words),
            }),
            Err(problem) => {
                tracing::warn!(?problem, name, "an answer goes without its picture");
                None
            }
        }
    }
}

/// The background that an invocation asks for, if it does.
pub(super) fn theme_of(invocation: &Invocation) -> Option<Theme> {
    invocation.text(THEME).and_then(Theme::from_name)
}
