//! A network that takes no file: what was handed in can't be given back there, and its receipt can.

use crate::conversation::within;
use crate::teams::{founded, meet, now, published, writing};
use async_trait::async_trait;
use std::sync::{Arc, Mutex};
use vigie::app::{Vigie, shelf::Shelf};
use vigie::config::Settings;
use vigie::store::{DeliverableDraft, Store};
use vigie_chat::{
    App, Attachment, ConnectorName, Event, EventId, Handled, Invocation, MessageId, MessageRef, Origin, Person,
    Privacy, Reply, Room, RoomId, RoomKind, Sealed, SealedForm, SendError, SpaceId, Standing, plain,
};

const PLACE: (&str, &str) = ("test", "ecole");
const CONTENT: &[u8] = b"%PDF-1.7 le dossier";
/// Of the content above.
const SHA256: &str = "SHA-256";

/// Somebody on a network that refuses every file, and what they were told.
#[derive(Default)]
struct Narrow(Mutex<Vec<String>>);

#[async_trait]
impl Reply for Narrow {
    async fn progress(&self, _privacy: Privacy) -> Result<(), SendError> {
        Ok(())
    }

    async fn send(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        if !message.all_files().is_empty() {
            return Err(SendError::TooLarge("more than 0 bytes".to_owned()));
        }
        self.0.lock().expect("no panic").push(plain(message));
        Ok(MessageRef { room: RoomId::new("r"), id: MessageId::new("m") })
    }

    async fn update(&self, message: &Sealed) -> Result<MessageRef, SendError> {
        self.send(message).await
    }

    async fn form(&self, _form: &SealedForm) -> Result<(), SendError> {
        Err(SendError::Expired)
    }

    async fn fetch(&self, _attachment: &Attachment, _max_bytes: u64) -> Result<Vec<u8>, SendError> {
        Ok(CONTENT.to_vec())
    }
}

/// What dina is told when she asks for this.
async fn told(app: &Vigie, invocation: Invocation) -> String {
    let origin = Origin {
        connector: ConnectorName::new(PLACE.0),
        space: Some(SpaceId::new(PLACE.1)),
        room: Room { id: RoomId::new("cours"), kind: RoomKind::Shared },
        person: Person::new("dina", "dina"),
        standing: Standing::Member,
        roles: Vec::new(),
        locale: None,
        attachments: Vec::new(),
        at: now(),
        event: EventId::new(invocation.path.to_string()),
        message: None,
    };
    let heard = Arc::new(Narrow::default());
    let handled = app.handle(Event::Command { invocation, origin }, Arc::clone(&heard) as Arc<dyn Reply>).await;
    let words = heard.0.lock().expect("no panic").join("\n\n");
    assert_eq!(handled, Handled::Done, "{words}");
    words
}

#[test]
fn a_file_that_the_network_refuses_is_named_with_its_receipt() {
    within(async {
        let store = Store::open("sqlite::memory:").await.expect("a store in memory");
        let brief = published(&store, PLACE).await;
        let dina = meet(&store, PLACE, "dina").await;
        let team = founded(&store, dina, brief, "Les Éclaireurs").await;
        let mut write = writing(&store, dina).await;
        let deliverable = DeliverableDraft { title: "Dossier".to_owned(), ..DeliverableDraft::default() };
        write.add_deliverables(team, &[deliverable]).await.expect("added");
        write.commit().await.expect("committed");
        let shelf = Shelf::open(None, None).expect("the embedded référentiels");
        let app = Vigie::new(shelf, Settings::default(), store).with_clock(Arc::new(now));
        let file = Attachment {
            source: "f".to_owned(),
            name: "dossier.pdf".to_owned(),
            media_type: Some("application/pdf".to_owned()),
            size: 19,
        };
        let deposit = Invocation::new("livrable deposer").with("livrable", "L1").with("fichier", file);
        told(&app, deposit).await;
        let said = told(&app, Invocation::new("livrable fichier").with("livrable", "L1")).await;
        for part in ["dossier.pdf, 19\u{a0}octets", "pas de fichier aussi gros", SHA256, "Dossier"] {
            assert!(said.contains(part), "{part} isn't in {said}");
        }
    });
}
