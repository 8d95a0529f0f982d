//! The way back to whoever said a line.

use crate::{
    console::{Desk, Filling},
    stage::Seen,
};
use async_trait::async_trait;
use std::{
    fs::File,
    io::{self, Read},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use vigie_chat::{
    Attachment, MessageId, MessageRef, OpenForm, Person, Privacy, Reply, Sealed, SealedForm, SendError, Token,
};

/// How a form is filled in here.
const HOW: &str = "Tapez une ligne «\u{a0}champ\u{a0}: valeur\u{a0}» par champ, puis une ligne vide ou un point pour \
                   envoyer, ou «\u{a0}:annuler\u{a0}».";

/// The way back to whoever said a line, or pressed an action.
pub(crate) struct ConsoleReply {
    desk: Arc<Desk>,
    person: Person,
    here: Seen,
    /// The message whose action was pressed, if any.
    pressed: Option<MessageId>,
    /// The last message sent by this reply.
    last: Mutex<Option<MessageId>>,
}

impl ConsoleReply {
    /// The way back to the present speaker at the present place.
    pub(crate) fn new(desk: Arc<Desk>, pressed: Option<MessageId>) -> Self {
        let (person, here) = {
            let state = desk.state();
            (state.stage.person(), state.stage.here())
        };
        Self { desk, person, here, pressed, last: Mutex::new(None) }
    }

    fn last(&self) -> MutexGuard<'_, Option<MessageId>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn alone(&self) -> Seen {
        Seen::Person(self.person.id.as_str().to_owned())
    }
}

#[async_trait]
impl Reply for ConsoleReply {
    /// The console answers at once or shows nothing: a script must see messages only.
    async fn progress(&self, _privacy: Privacy) -> Result<(), SendError> {
        Ok(())
    }

    async fn send(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        let seen = match message.privacy {
            Privacy::Private => self.alone(),
            Privacy::Public => self.here.clone(),
        };
        let sent = self.desk.post(&seen, message)?;
        *self.last() = Some(sent.id.clone());
        Ok(sent)
    }

    async fn update(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        let target = self.pressed.clone().or_else(|| self.last().clone());
        match target.map(|id| self.desk.repost(&id, message)) {
            None | Some(Err(SendError::Forbidden(_) | SendError::Gone)) => self.send(message).await,
            Some(updated) => updated,
        }
    }

    async fn form(&self, form: &SealedForm) -> Result<(), SendError> {
        if self.last().is_some() {
            return Err(SendError::Expired);
        }
        // What shows the form has no action, so its draft seals without drawing a token. It isn't a message of the bot:
        // the actions of the last one can still be pressed after `:annuler`.
        self.desk.say(&form.template(HOW).seal(|_| Token::new("")));
        let filling = Filling { form: OpenForm::new(form.clone()), message: self.pressed.clone() };
        self.desk.state().form = Some(filling);
        Ok(())
    }

    async fn fetch(&self, attachment: &Attachment, max_bytes: u64) -> Result<Vec<u8>, SendError> {
        read_file(&attachment.source, max_bytes).map_err(|error| match error.kind() {
            io::ErrorKind::FileTooLarge => SendError::TooLarge(attachment.name.clone()),
            io::ErrorKind::NotFound => SendError::Gone,
            io::ErrorKind::PermissionDenied => SendError::Forbidden(error.to_string()),
            _ => SendError::Network(error.to_string()),
        })
    }
}

fn read_file(path: &str, max_bytes: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max_bytes { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}
