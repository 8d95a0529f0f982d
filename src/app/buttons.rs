//! What the actions under messages do, behind the tokens that networks hold.
//!
//! A token is the id of its message, `-`, and the rank of the action; a form's is the id alone. The store keeps what they
//! stand for, so that buttons outlive the process; those of private answers stay in memory (see [`super::discreet`]).

use super::chance;
use super::discreet::Discreet;
use crate::commands::Lasts;
use crate::domain::key::TenantKey;
use crate::domain::occasion::OccasionKind;
use crate::store::{Found, Kept, Sealing, Store, StoreError};
use crate::views::reminder::presses;
use std::time::Duration;
use vigie_chat::{Draft, Form, Invocation, PersonId, Press, PressedBy, Privacy, Sealed, SealedForm, Token};

/// How long the store may keep a person waiting for what can be pressed under their answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// What pressing a token means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Pressed {
    /// It does this. What comes of it is no more public than the message that it is under.
    Does(Press, Privacy),
    /// A form was submitted for this, likewise.
    Submits(Form<Invocation>, Privacy),
    /// It was made for somebody else.
    NotTheirs,
    /// It is no longer known.
    Expired,
}

/// What pressing a token means, and in which tenant; none where it is of no tenant.
pub(super) type Meaning = (Pressed, Option<TenantKey>);

/// Why tokens can't be made or read.
#[derive(Debug, thiserror::Error)]
pub(super) enum ButtonsError {
    /// The system has no randomness to give.
    #[error("no randomness: {0}")]
    Chance(#[from] getrandom::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store takes too long.
    #[error("the store keeps people waiting")]
    Slow,
}

/// A message whose actions lead nowhere, since what they do could not be kept.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub(super) struct Unkept {
    /// The message.
    pub(super) message: Box<Sealed>,
    /// Why.
    pub(super) why: ButtonsError,
}

/// The book of tokens.
#[derive(Debug)]
pub(super) struct Buttons {
    store: Store,
    discreet: Discreet,
}

impl Buttons {
    /// Over this store.
    pub(super) fn new(store: Store) -> Self {
        Self { store, discreet: Discreet::default() }
    }

    /// Puts tokens in the place of what the actions of a message do, for as long as usual.
    #[cfg(test)]
    pub(super) async fn seal(&self, draft: Draft, sealing: Sealing<'_>) -> Result<Sealed, Unkept> {
        self.seal_for(draft, Lasts::AsUsual, sealing).await
    }

    /// Puts tokens in the place of what the actions of a message do. A message without any costs nothing. Only what is for
    /// anyone lasts as a brief does: what is for one person is forgotten with the rest of theirs.
    pub(super) async fn seal_for(&self, draft: Draft, lasts: Lasts, sealing: Sealing<'_>) -> Result<Sealed, Unkept> {
        let unkept = |message, why| Unkept { message: Box::new(message), why };
        let id = match chance::draw::<26>() {
            Ok(id) => id,
            Err(error) => return Err(unkept(draft.seal(|_| Token::new("")), error.into())),
        };
        let privacy = draft.privacy;
        let mut presses = Vec::new();
        let sealed = draft.seal(|press| {
            presses.push(press);
            Token::new(format!("{id}-{}", presses.len() - 1))
        });
        if presses.is_empty() {
            return Ok(sealed);
        }
        let for_anyone = presses.iter().all(|press| press.by == PressedBy::Anyone);
        let kept = match lasts {
            Lasts::AsABrief if for_anyone => Kept::Lasting(presses),
            Lasts::AsABrief | Lasts::AsUsual => Kept::Message(presses),
        };
        let keeping = self.keep(&id, kept, privacy, sealing);
        match tokio::time::timeout(PATIENCE, keeping).await {
            Ok(Ok(())) => Ok(sealed),
            Ok(Err(why)) => Err(unkept(sealed, why)),
            Err(_) => Err(unkept(sealed, ButtonsError::Slow)),
        }
    }

    /// Puts a token in the place of what a form does. It is kept where the action that opened it is.
    pub(super) async fn seal_form(
        &self,
        form: Form<Invocation>,
        opened_by: &Token,
        sealing: Sealing<'_>,
    ) -> Result<SealedForm, ButtonsError> {
        let id = chance::draw::<26>()?;
        let discreet = self.discreet.find(parts(opened_by).0, sealing.connector).is_some();
        let privacy = if discreet { Privacy::Private } else { Privacy::Public };
        self.keep(&id, Kept::Form(form.clone()), privacy, sealing).await?;
        Ok(form.seal(|_| Token::new(id)))
    }

    async fn keep(&self, id: &str, kept: Kept, privacy: Privacy, sealing: Sealing<'_>) -> Result<(), ButtonsError> {
        match privacy {
            Privacy::Public => self.store.keep(id, &kept, sealing).await?,
            Privacy::Private => {
                let found = Found { owner: sealing.owner.clone(), made_in: sealing.tenant, kept };
                self.discreet.keep(id, sealing.connector, found);
            }
        }
        Ok(())
    }

    /// Forgets a form, which is submitted once, and says whether it was still there.
    pub(super) async fn spend(&self, token: &Token, by: Sealing<'_>) -> Result<bool, ButtonsError> {
        let (id, _) = parts(token);
        Ok(self.discreet.spend(id) || self.store.spend(id, by.connector).await?)
    }

    /// What a button under a reminder does. Whether who presses it may is for the command to say, as for whatever is typed.
    async fn under_a_reminder(&self, reminder: &str, name: &str) -> Result<Meaning, StoreError> {
        let found = self.store.delivery_by_token(reminder).await?;
        let press = found.and_then(|found| Some((presses::press(name, reminder)?, found.of)));
        let Some((press, of)) = press else { return Ok((Pressed::Expired, None)) };
        let pressed = match of.kind {
            OccasionKind::Milestone | OccasionKind::Deliverable | OccasionKind::Defence => {
                Pressed::Does(press, Privacy::Public)
            }
            OccasionKind::Rights | OccasionKind::Asked | OccasionKind::Digest => Pressed::Does(press, Privacy::Private),
        };
        Ok((pressed, Some(of.tenant)))
    }

    /// What a token means when `by` presses it. It is to be done in the tenant for which it was made, and in no other.
    pub(super) async fn pressed(&self, token: &Token, by: Sealing<'_>) -> Result<Meaning, ButtonsError> {
        if let Some((reminder, name)) = presses::parts(token.as_str()) {
            return Ok(self.under_a_reminder(reminder, name).await?);
        }
        let (id, rank) = parts(token);
        let (found, privacy) = match self.discreet.find(id, by.connector) {
            None => (self.store.find(id, by).await?, Privacy::Public),
            found => (found, Privacy::Private),
        };
        let Some(Found { owner, made_in, kept }) = found else { return Ok((Pressed::Expired, None)) };
        Ok((meaning(kept, rank, privacy, Hands { made_for: &owner, of: by.owner }), made_in))
    }
}

/// For whom a token was made, and who presses.
#[derive(Clone, Copy)]
struct Hands<'a> {
    made_for: &'a PersonId,
    of: &'a PersonId,
}

fn meaning(kept: Kept, rank: Option<usize>, privacy: Privacy, hands: Hands<'_>) -> Pressed {
    let strangers = hands.made_for != hands.of;
    match (kept, rank) {
        (Kept::Form(_), None) if strangers => Pressed::NotTheirs,
        (Kept::Form(form), None) => Pressed::Submits(form, privacy),
        (Kept::Message(presses) | Kept::Lasting(presses), Some(rank)) => match presses.into_iter().nth(rank) {
            Some(press) if press.by == PressedBy::Owner && strangers => Pressed::NotTheirs,
            Some(press) => Pressed::Does(press, privacy),
            None => Pressed::Expired,
        },
        _ => Pressed::Expired,
    }
}

/// The id in a token and, for an action of a message, its rank.
fn parts(token: &Token) -> (&str, Option<usize>) {
    match token.as_str().split_once('-') {
        // A rank that isn't one leads to no action.
        Some((id, rank)) => (id, Some(rank.parse().unwrap_or(usize::MAX))),
        None => (token.as_str(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MESSAGE_LIFE;
    use jiff::Timestamp;
    use vigie_chat::{Button, ConnectorName, SpaceId};

    /// Who presses, where and when.
    struct Hand(ConnectorName, Option<SpaceId>, PersonId, Timestamp);

    fn hand(who: &str) -> Hand {
        let at = "2026-11-23T08:00:00Z".parse().expect("an instant");
        Hand(ConnectorName::new("test"), Some(SpaceId::new("school")), PersonId::new(who), at)
    }

    impl Hand {
        fn sealing(&self) -> Sealing<'_> {
            Sealing { connector: &self.0, space: self.1.as_ref(), tenant: None, owner: &self.2, at: self.3 }
        }
    }

    async fn buttons() -> Buttons {
        Buttons::new(Store::open("sqlite::memory:").await.expect("a store in memory"))
    }

    fn help() -> Press {
        Press::run(Invocation::new("aide"))
    }

    /// The tokens of a message made for alice.
    async fn sealed(buttons: &Buttons, draft: Draft) -> Vec<Token> {
        let sealed = buttons.seal(draft, hand("alice").sealing()).await.expect("sealed");
        sealed.choices().iter().map(|choice| choice.press.clone()).collect()
    }

    async fn pressed(buttons: &Buttons, token: &Token, by: &Hand) -> Pressed {
        buttons.pressed(token, by.sealing()).await.expect("the store answers").0
    }

    #[tokio::test]
    async fn a_token_leads_back_to_what_it_does() {
        let buttons = buttons().await;
        let more = Press::run(Invocation::new("chercher").with("page", 2));
        let draft = Draft::answer().button(Button::new("Aide", help())).button(Button::new("Suite", more.clone()));
        let tokens = sealed(&buttons, draft).await;
        let bob = hand("bob");
        assert_eq!(pressed(&buttons, &tokens[0], &bob).await, Pressed::Does(help(), Privacy::Public));
        assert_eq!(pressed(&buttons, &tokens[1], &bob).await, Pressed::Does(more, Privacy::Public));
        let id = parts(&tokens[0]).0;
        for wrong in ["unknown", "", "-", "unknown-0", id, &format!("{id}-2"), &format!("{id}-x"), &format!("{id}-")] {
            assert_eq!(pressed(&buttons, &Token::new(wrong), &bob).await, Pressed::Expired, "{wrong}");
        }
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-';
        assert!(tokens[1].as_str().len() <= 64 && tokens[1].as_str().chars().all(allowed), "{}", tokens[1]);
    }

    #[tokio::test]
    async fn a_personal_action_refuses_strangers() {
        let buttons = buttons().await;
        let token = &sealed(&buttons, Draft::answer().button(Button::new("Aide", help().by_owner()))).await[0];
        assert_eq!(pressed(&buttons, token, &hand("bob")).await, Pressed::NotTheirs);
        assert_eq!(pressed(&buttons, token, &hand("alice")).await, Pressed::Does(help().by_owner(), Privacy::Public));
    }

    #[tokio::test]
    async fn another_space_and_a_later_time_know_nothing_of_it() {
        let buttons = buttons().await;
        let token = &sealed(&buttons, Draft::answer().button(Button::new("Aide", help()))).await[0];
        let Hand(network, school, alice, now) = hand("alice");
        let elsewhere = Hand(network.clone(), Some(SpaceId::new("other")), alice.clone(), now);
        let alone = Hand(network.clone(), None, alice.clone(), now);
        let other_network = Hand(ConnectorName::new("other"), school.clone(), alice.clone(), now);
        let later = Hand(network, school, alice, now + MESSAGE_LIFE);
        assert_eq!(pressed(&buttons, token, &elsewhere).await, Pressed::Expired);
        assert_eq!(pressed(&buttons, token, &other_network).await, Pressed::Expired);
        assert_eq!(pressed(&buttons, token, &later).await, Pressed::Expired);
        assert_eq!(pressed(&buttons, token, &alone).await, Pressed::Does(help(), Privacy::Public));
    }

    #[tokio::test]
    async fn a_form_is_submitted_once_by_whom_it_was_opened_for() {
        let buttons = buttons().await;
        let (alice, bob) = (hand("alice"), hand("bob"));
        let form = Form::new("Sujet", Invocation::new("aide"));
        for privacy in [Privacy::Public, Privacy::Private] {
            let draft = Draft { privacy, ..Draft::answer().button(Button::new("Remplir", Press::open(form.clone()))) };
            let opener = &sealed(&buttons, draft).await[0];
            let open = buttons.seal_form(form.clone(), opener, alice.sealing()).await.expect("sealed");
            assert_eq!(pressed(&buttons, &open.submit, &bob).await, Pressed::NotTheirs);
            assert_eq!(pressed(&buttons, &open.submit, &alice).await, Pressed::Submits(form.clone(), privacy));
            assert!(buttons.spend(&open.submit, alice.sealing()).await.expect("the store answers"));
            assert!(!buttons.spend(&open.submit, alice.sealing()).await.expect("the store answers"));
            assert_eq!(pressed(&buttons, &open.submit, &alice).await, Pressed::Expired);
        }
    }

    #[tokio::test]
    async fn what_a_brief_names_outlives_everything_else_of_a_person() {
        let buttons = buttons().await;
        let mut alice = hand("alice");
        let draft = || Draft::notice().button(Button::new("Aide", help()));
        let personal = draft().button(Button::new("Mien", help().by_owner()));
        let mut lasting = Vec::new();
        for draft in [draft(), personal] {
            let sealed = buttons.seal_for(draft, Lasts::AsABrief, alice.sealing()).await.expect("sealed");
            lasting.push(sealed.choices()[0].press.clone());
        }
        for _ in 0..crate::store::MOST_FOR_ONE {
            alice.3 += jiff::SignedDuration::from_secs(1);
            buttons.seal(draft(), alice.sealing()).await.expect("sealed");
        }
        assert_eq!(
            buttons.store.prune(alice.3).await.expect("pruned"),
            1,
            "the personal one counts, the other doesn't"
        );
        assert_eq!(pressed(&buttons, &lasting[1], &alice).await, Pressed::Expired);
        alice.3 += MESSAGE_LIFE + MESSAGE_LIFE;
        buttons.store.prune(alice.3).await.expect("pruned");
        assert_eq!(pressed(&buttons, &lasting[0], &alice).await, Pressed::Does(help(), Privacy::Public));
        alice.3 += crate::store::LASTING_LIFE;
        assert_eq!(pressed(&buttons, &lasting[0], &alice).await, Pressed::Expired);
    }

    #[tokio::test]
    async fn what_is_said_in_private_never_reaches_the_store() {
        let buttons = buttons().await;
        let token = &sealed(&buttons, Draft::answer().private().button(Button::new("Aide", help()))).await[0];
        let alice = hand("alice");
        assert_eq!(pressed(&buttons, token, &alice).await, Pressed::Does(help(), Privacy::Private));
        assert_eq!(buttons.store.find(parts(token).0, alice.sealing()).await.expect("the store answers"), None);
    }
}
