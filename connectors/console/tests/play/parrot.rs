//! An application that repeats what it hears, with buttons, forms, files and refusals.

use async_trait::async_trait;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};
use vigie_chat::{
    AltText, App, Button, CommandSet, CommandSpec, CompletionQuery, Connector, Destination, Draft, Effect, Event, File,
    Form, FormField, Handled, IdempotencyKey, Invocation, Kind, Misread, Nobody, Origin, ParamKind, ParamSpec,
    PersonId, Press, Reply, Sealed, Select, SpaceId, Suggestion, Text, Token,
};
use vigie_console::Console;

/// Repeats what it hears.
pub(crate) struct Parrot {
    commands: CommandSet,
    presses: Mutex<HashMap<Token, Press>>,
    console: Weak<Console>,
}

impl Parrot {
    pub(crate) fn new(console: Weak<Console>) -> Self {
        let text = || ParamSpec::new("texte", "Ce qu’il faut répéter", ParamKind::Text);
        let repeat = || {
            CommandSpec::new("echo", "Répète").param(text().required()).param(ParamSpec::new(
                "remarque",
                "Une remarque",
                ParamKind::Text,
            ))
        };
        let person = ParamSpec::new("personne", "À qui", ParamKind::Person).required();
        let commands = CommandSet::new(vec![
            repeat().example(Invocation::new("echo").with("texte", "bonjour")),
            CommandSpec::new("qui", "Dit qui parle"),
            CommandSpec::new("secret", "Répond en privé").private(),
            CommandSpec::new("planning", "Envoie des fichiers"),
            CommandSpec::new("lire", "Lit un fichier")
                .param(ParamSpec::new("fichier", "Le fichier", ParamKind::Attachment).required()),
            CommandSpec::new("annonce", "Annonce").param(person).param(text().required()),
            CommandSpec::new("equipe", "Ouvre un salon pour deux, puis en retire un").param(ParamSpec::new(
                "retrait",
                "Qui n’en est plus",
                ParamKind::Person,
            )),
            CommandSpec::new("panne", "Échoue"),
            CommandSpec::new("refus", "Refuse"),
        ]);
        Self { commands, presses: Mutex::default(), console }
    }

    fn presses(&self) -> MutexGuard<'_, HashMap<Token, Press>> {
        self.presses.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, press: Press) -> Token {
        let mut presses = self.presses();
        let token = Token::new(format!("t{}", presses.len()));
        presses.insert(token.clone(), press);
        token
    }

    fn seal(&self, draft: Draft) -> Sealed {
        draft.seal(|press| self.keep(press))
    }

    async fn run(&self, invocation: &Invocation, origin: &Origin, reply: &dyn Reply) -> Handled {
        let draft = match invocation.path.as_str() {
            "echo" => echo(invocation),
            "qui" => {
                let roles: Vec<&str> = origin.roles.iter().map(|role| role.name.as_str()).collect();
                Draft::answer().paragraph(Text::from("C’est ").mention(origin.person.clone()).plain(format!(
                    ", {}, {:?}, {:?} dans {} ({}).",
                    roles.join(", "),
                    origin.standing,
                    origin.room.kind,
                    origin.room.id,
                    origin.space.as_ref().map_or("sans espace", SpaceId::as_str)
                )))
            }
            "secret" => Draft::answer().private().paragraph("Personne d’autre ne lit ceci."),
            "planning" => planning(),
            "lire" => {
                let file = invocation.attachment("fichier").expect("the parameter is required");
                let bytes = reply.fetch(file, 100).await.expect("the file is small");
                Draft::answer().paragraph(format!("{} : {:?}", file.name, String::from_utf8_lossy(&bytes)))
            }
            "annonce" => return self.announce(invocation).await,
            "equipe" => self.team(invocation, origin).await,
            "refus" => return self.say(error("Vous ne pouvez pas faire cela."), reply, Handled::Refused).await,
            _ => return self.say(error("Panne, référence 42."), reply, Handled::Fault).await,
        };
        self.say(draft, reply, Handled::Done).await
    }

    async fn announce(&self, invocation: &Invocation) -> Handled {
        let person = invocation.person("personne").expect("the parameter is required");
        let text = invocation.text("texte").unwrap_or_default();
        let button = Button::new("Fait", Press::run(Invocation::new("qui")));
        let message =
            self.seal(Draft::reminder().title("Rappel").paragraph(text).button(button).notify(person.id.clone()));
        let console = self.console.upgrade().expect("the console is running");
        let key = IdempotencyKey::new("annonce");
        let first = console.send(&Destination::Direct(person.id.clone()), &message, &key).await;
        let again = console.send(&Destination::Direct(person.id.clone()), &message, &key).await;
        assert_eq!(first, again);
        Handled::Done
    }

    async fn team(&self, invocation: &Invocation, origin: &Origin) -> Draft {
        let console = self.console.upgrade().expect("the console is running");
        let (people, key) = (["alice", "bob"].map(PersonId::new), IdempotencyKey::new("lions"));
        let opened = console.open_room(&origin.room.id, "Équipe des lions", &people, &key).await;
        let room = opened.expect("the console opens rooms").room;
        if let Some(gone) = invocation.person("retrait") {
            console.take_out(&room, std::slice::from_ref(&gone.id)).await.expect("the room is open");
        }
        Draft::answer().paragraph(format!("Voici {room}."))
    }

    async fn say(&self, draft: Draft, reply: &dyn Reply, handled: Handled) -> Handled {
        reply.send(&self.seal(draft)).await.expect("the console takes every message");
        handled
    }
}

fn echo(invocation: &Invocation) -> Draft {
    let text = invocation.text("texte").unwrap_or_default();
    let again = |times: &str| Press::run(Invocation::new("echo").with("texte", format!("{text} {times}")));
    let form = Form::new("Répéter", Invocation::new("echo"))
        .field(FormField::line("texte", "Texte"))
        .field(FormField::paragraph("remarque", "Remarque").optional());
    let note = invocation.text("remarque");
    Draft::answer()
        .paragraph(Text::from("Vous dites ").strong(text).plain("."))
        .blocks(note.map(|note| vigie_chat::Block::Note(note.into())))
        .button(Button::new("Encore", again("bis")))
        .select(Select::new("Combien de fois").described("Trois", "pas plus", again("ter")))
        .button(Button::primary("Autre chose…", Press::open(form)))
}

fn planning() -> Draft {
    let alt = |words: &str| AltText::new(words).expect("the description says something");
    Draft::answer()
        .title("Planning")
        .picture(File::new("planning.png", "image/png", [1, 2], alt("Trois jalons")))
        .file(File::new("../equipe.ics", "text/calendar", [3], alt("Les dates")))
}

fn error(words: &str) -> Draft {
    Draft::error().paragraph(words)
}

fn misread(misread: &Misread) -> Draft {
    let example =
        misread.example.iter().map(|example| vigie_chat::Block::Paragraph(Text::from("Par exemple ").command(example)));
    Draft::error().paragraph(misread.explanation()).blocks(example)
}

#[async_trait]
impl App for Parrot {
    fn commands(&self) -> &CommandSet {
        &self.commands
    }

    async fn handle(&self, event: Event, reply: Arc<dyn Reply>) -> Handled {
        let reply = reply.as_ref();
        match event {
            Event::Command { invocation, origin } => self.run(&invocation, &origin, reply).await,
            Event::Text { text, .. } => {
                self.say(Draft::new(Kind::Answer).paragraph(format!("Texte : {text}")), reply, Handled::Done).await
            }
            Event::Misread { misread: found, .. } => self.say(misread(&found), reply, Handled::Misread).await,
            Event::Press { token, origin } => {
                let press = self.presses().get(&token).cloned().expect("the console presses known tokens");
                match press.effect {
                    Effect::Open(form) => {
                        let token = self.keep(Press::open(form.clone()));
                        reply.form(&form.seal(|_| token)).await.expect("the form is the first answer");
                        Handled::Done
                    }
                    Effect::Run(invocation) if invocation.path.as_str() == "echo" => {
                        let message = self.seal(echo(&invocation));
                        reply.update(&message).await.expect("the message is there");
                        Handled::Done
                    }
                    Effect::Run(invocation) => self.run(&invocation, &origin, reply).await,
                }
            }
            Event::Submit { token, fields, origin } => {
                let press = self.presses().get(&token).cloned().expect("the console submits known forms");
                let Effect::Open(form) = press.effect else { return Handled::Fault };
                match form.fill(fields, &self.commands, &Nobody, &origin.attachments) {
                    Ok(invocation) => self.run(&invocation, &origin, reply).await,
                    Err(found) => self.say(misread(&found), reply, Handled::Misread).await,
                }
            }
        }
    }

    async fn complete(&self, _query: CompletionQuery) -> Vec<Suggestion> {
        Vec::new()
    }
}
