//! The conversation: one line after the other, each answered completely before the next is read.

use crate::{
    NAME,
    console::{Desk, Manners},
    dial::Unmoved,
    input::Lines,
    line::{HELP, Line},
    options::Input,
    reply::ConsoleReply,
    stage::{NoAction, Place},
};
use jiff::{SignedDuration, Timestamp};
use std::{fs, path::Path, sync::Arc, time::Duration};
use vigie_chat::{
    App, Attachment, ConnectorError, ConnectorName, Event, Field, FormProgress, Handled, Kind, MessageId, Origin,
    Sealed, Shutdown, Text, Token, read,
};

/// How often it is looked whether something fell due while a person types.
const TICK: Duration = Duration::from_secs(1);

/// The least by which the clock moves on from one thing that is due to the next.
const LEAST: SignedDuration = SignedDuration::from_millis(1);

/// Plays all lines of `input`, until it ends, nobody reads what is written, or `shutdown` resolves.
pub(crate) async fn play(
    desk: Arc<Desk>,
    input: Input,
    app: Arc<dyn App>,
    mut shutdown: Shutdown,
) -> Result<(), ConnectorError> {
    let manners = desk.state().manners;
    let mut lines = Lines::new(input, &desk, &app)?;
    let mut player = Player { desk, app, manners, spoken: 0 };
    if player.manners == Manners::Person {
        player.desk.say(&welcome());
    }
    loop {
        let Some(line) = player.next(&mut lines, &mut shutdown).await else { break };
        player.desk.state().output.set_typing(false);
        player.take(&line).await;
        if player.desk.state().output.is_closed() {
            break;
        }
    }
    player.end().await;
    Ok(())
}

struct Player {
    desk: Arc<Desk>,
    app: Arc<dyn App>,
    manners: Manners,
    /// Lines said to the bot so far.
    spoken: u64,
}

impl Player {
    /// Who speaks and where, before what they type.
    fn prompt(&self) -> String {
        let state = self.desk.state();
        let place = match state.stage.place() {
            _ if state.form.is_some() => "formulaire".to_owned(),
            Place::Room(room) => format!("#{room}"),
            Place::Direct => "privé".to_owned(),
        };
        vigie_chat::clean(&format!("{} {place}", state.stage.person().name)).into_owned()
    }

    /// The next line; none once there is none, or once it is asked to stop. Time passes while a person types, and brings what
    /// falls due meanwhile.
    async fn next(&self, lines: &mut Lines, shutdown: &mut Shutdown) -> Option<String> {
        let mut line = std::pin::pin!(lines.next(self.prompt()));
        loop {
            let tick = async {
                match self.manners {
                    Manners::Person => tokio::time::sleep(TICK).await,
                    Manners::Script => std::future::pending().await,
                }
            };
            tokio::select! {
                line = &mut line => return line,
                () = &mut *shutdown => return None,
                () = tick => self.app.say_what_is_due().await,
            }
        }
    }

    async fn take(&mut self, line: &str) {
        let read = Line::read(line);
        let form_line = match &read {
            Line::Nothing => !line.trim_start().starts_with('#') || self.inside_paragraph(),
            Line::Said(_) => true,
            _ => false,
        };
        if self.desk.state().form.is_some() {
            if form_line {
                return self.fill(line).await;
            }
            if read != Line::Nothing && read != Line::Help {
                self.leave_form(&read);
            }
        } else if read == Line::Cancel {
            return self.fail("Aucun formulaire n’est ouvert.");
        }
        self.obey(read).await;
        self.app.say_what_is_due().await;
    }

    async fn obey(&mut self, line: Line) {
        if matches!(line, Line::Said(_) | Line::Press(_))
            && let Some(words) = self.shut_out()
        {
            return self.fail(&words);
        }
        match line {
            Line::Nothing | Line::Cancel => {}
            Line::Me { name, part } => self.desk.state().stage.speak_as(&name, part),
            Line::Room(room) => self.desk.state().stage.go(Place::Room(room)),
            Line::Private => self.desk.state().stage.go(Place::Direct),
            Line::File(path) => self.attach(&path),
            Line::Press(number) => self.press(number).await,
            Line::Help => self.desk.say(&help()),
            Line::Advance(by) => self.go(self.desk.settings.dial.after(&by, &self.desk.settings.zone)).await,
            Line::Now(at) => self.go(self.desk.settings.dial.at(&at, &self.desk.settings.zone)).await,
            Line::Wrong(words) => self.fail(&words),
            Line::Said(text) => {
                let origin = self.origin(None);
                let event = {
                    let state = self.desk.state();
                    read(self.app.commands(), &text, &state.stage, &origin.attachments).into_event(origin)
                };
                self.handle(event, None).await;
            }
        }
    }

    /// Who says the line, where and when; with the files that were waiting for it.
    fn origin(&mut self, message: Option<MessageId>) -> Origin {
        self.spoken += 1;
        let at = self.desk.settings.dial.now();
        let mut state = self.desk.state();
        state.stage.visit();
        let part = state.stage.part();
        let event = state.stage.happens();
        let room = state.stage.room();
        Origin {
            connector: ConnectorName::new(NAME),
            space: self.desk.settings.space(&state.stage.base()),
            room,
            person: state.stage.person(),
            standing: part.standing(),
            roles: vec![part.role()],
            locale: Some("fr".to_owned()),
            attachments: std::mem::take(&mut state.stage.files),
            at,
            event,
            message: Some(message.unwrap_or_else(|| MessageId::new(format!("l{}", self.spoken)))),
        }
    }

    async fn handle(&self, event: Event, pressed: Option<MessageId>) {
        let reply = Arc::new(ConsoleReply::new(Arc::clone(&self.desk), pressed));
        if self.app.handle(event, reply).await != Handled::Done {
            self.desk.state().fail();
        }
    }

    /// Why the speaker can't do anything here, if they can't.
    fn shut_out(&self) -> Option<String> {
        let state = self.desk.state();
        let (room, name) = (state.stage.closed()?, state.stage.person().name);
        Some(format!(
            "Le salon «\u{a0}{room}\u{a0}» est réservé à un groupe dont {name} ne fait pas partie\u{a0}: choisissez un autre \
             salon avec :salon."
        ))
    }

    async fn press(&mut self, number: usize) {
        let action = self.desk.state().stage.action(number);
        let (token, message) = match action {
            Ok(action) => action,
            Err(NoAction::NothingSeen) => return self.fail("Il n’y a pas encore de message dont choisir une action."),
            Err(NoAction::Only(0)) => return self.fail("Le dernier message n’a pas d’action."),
            Err(NoAction::Only(count)) => {
                return self
                    .fail(&format!("Le dernier message n’a pas d’action {number}\u{a0}: choisissez de 1 à {count}."));
            }
        };
        let origin = self.origin(Some(message.clone()));
        let files = origin.attachments.clone();
        self.handle(Event::Press { token, origin }, Some(message)).await;
        let mut state = self.desk.state();
        if state.form.is_some() {
            // The files are for what the form submits.
            state.stage.files = files;
        }
    }

    fn inside_paragraph(&self) -> bool {
        self.desk.state().form.as_ref().is_some_and(|filling| filling.form.inside_paragraph())
    }

    async fn fill(&mut self, line: &str) {
        let (progress, message) = {
            let mut state = self.desk.state();
            let Some(filling) = state.form.as_mut() else { return };
            (filling.form.take(line), filling.message.clone())
        };
        match progress {
            FormProgress::Open => {}
            FormProgress::NoField => {
                self.fail("Tous les champs sont remplis\u{a0}: une ligne vide ou un point envoie le formulaire.");
            }
            FormProgress::Missing(labels) => {
                if self.manners == Manners::Script {
                    self.desk.state().form = None;
                }
                self.fail(&format!("Le formulaire n’est pas parti, il manque\u{a0}: {}.", labels.join(", ")));
            }
            FormProgress::Complete { token, fields } => self.submit(token, fields, message).await,
        }
    }

    async fn submit(
        &mut self,
        token: Token,
        fields: std::collections::BTreeMap<String, String>,
        message: Option<MessageId>,
    ) {
        self.desk.state().form = None;
        let origin = self.origin(message.clone());
        self.handle(Event::Submit { token, fields, origin }, message).await;
    }

    /// Leaves the form for a line that isn't part of it; only `:annuler` does so on purpose.
    fn leave_form(&self, line: &Line) {
        self.desk.state().form = None;
        if *line != Line::Cancel {
            self.fail("Le formulaire ouvert est abandonné.");
        }
    }

    fn attach(&self, path: &str) {
        let found = fs::metadata(path).ok().filter(fs::Metadata::is_file);
        let Some(found) = found else {
            return self.fail(&format!("Je ne trouve pas le fichier «\u{a0}{path}\u{a0}»."));
        };
        let name =
            Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned());
        let media_type = media_type(&name).map(str::to_owned);
        let file = Attachment { source: path.to_owned(), name, media_type, size: found.len() };
        self.desk.state().stage.files.push(file);
    }

    /// Moves the clock, and has said, in order and at its hour, what falls due on the way.
    async fn go(&self, there: Result<Timestamp, Unmoved>) {
        let there = match there {
            Ok(there) => there,
            Err(unmoved) => return self.fail(&unmoved.to_string()),
        };
        let dial = &self.desk.settings.dial;
        while let Some(next) = self.app.next_due().await.filter(|next| *next <= there) {
            // What can't be said at its hour isn't asked for again at the same hour.
            dial.go(next.max(dial.now() + LEAST));
            self.app.say_what_is_due().await;
        }
        dial.go(there);
        self.app.say_what_is_due().await;
    }

    fn fail(&self, words: &str) {
        self.desk.say(&Sealed::error().paragraph(words));
    }

    /// Submits a form that the end of the lines finds complete: the end is an empty line too.
    async fn end(&mut self) {
        if self.desk.state().form.is_some() && self.manners == Manners::Script {
            self.fill("").await;
        }
    }
}

fn welcome() -> Sealed {
    let text = Text::from("Bienvenue dans Vigie. Tapez ").command("aide").plain(" pour les commandes, ").code(":aide");
    Sealed::new(Kind::Answer).paragraph(text.plain(" pour la console, Ctrl-D pour quitter."))
}

fn help() -> Sealed {
    Sealed::answer().title("La console").fields(HELP.map(|(line, meaning)| Field::new(line, meaning)))
}

/// The media type that a name promises, for the kinds that people hand in.
fn media_type(name: &str) -> Option<&'static str> {
    let extension = Path::new(name).extension()?.to_str()?.to_lowercase();
    Some(match extension.as_str() {
        "md" | "markdown" => "text/markdown",
        "txt" => "text/plain",
        "csv" => "text/csv",
        "ics" => "text/calendar",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}
