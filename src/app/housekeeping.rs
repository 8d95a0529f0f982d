//! What is forgotten, every hour: actions that nobody will press, codes whose time is over, what belongs to spaces that were
//! left, which events were answered or did their work, what people deleted, who was in a cohort that ended long ago, and which
//! reminders were sent long ago.

use super::clock::Clock;
use crate::store::{Files, Retired, Store, StoreError, Swept, UNDO};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// Time between two rounds. Nothing depends on it but room: what expired is unknown whether or not it was forgotten.
const EVERY: Duration = Duration::from_hours(1);

/// How long it is remembered that an event was answered, or did its work: longer than a network could tell it again, short
/// enough that what was asked, of which nothing else is left, isn't counted for good.
const ANSWERED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long the ledger keeps what was sent, or reached nobody: long enough that whoever was away asks why they heard nothing.
const SENT: SignedDuration = SignedDuration::from_hours(60 * 24);

/// How long it is remembered which event stood for a defence that has begun: nothing depends on it.
const DEFENDED: SignedDuration = SignedDuration::from_hours(24);

/// Forgets what is due, once. `grace_days` is how long the things of a space are kept after the bot left it.
///
/// # Errors
///
/// [`StoreError`]; the next round does what this one didn't.
pub async fn once(store: &Store, grace_days: u16, now: Timestamp) -> Result<(), StoreError> {
    let grace = SignedDuration::from_hours(24 * i64::from(grace_days));
    // Before the first instant there is nothing to erase.
    let before = |age| now.checked_sub(age).unwrap_or(Timestamp::MIN);
    let spaces = store.erase_left_before(before(grace)).await?;
    let messages = store.prune(now).await?;
    store.forget_codes(now).await?;
    let events = store.erase_done_before(before(ANSWERED)).await?;
    store.erase_effects_before(before(ANSWERED)).await?;
    let deleted = store.erase_deleted_before(before(UNDO)).await?;
    store.erase_past_events(before(DEFENDED)).await?;
    let sent = store.erase_ended_before(before(SENT)).await? + store.erase_past_reminders(before(SENT)).await?;
    store.erase_gone_before(before(SENT)).await?;
    if spaces > 0 || messages > 0 || events > 0 || deleted > 0 || sent > 0 {
        tracing::info!(
            spaces,
            messages,
            events,
            deleted,
            sent,
            "forgotten: spaces left long ago, messages whose actions expired, events answered long ago, what people \
             deleted, reminders sent long ago"
        );
    }
    Ok(())
}

/// Erases who was in what is over since `retention_days`, and what they handed in (see `store::retention`), counts
/// anew what is left of the files, and has the database keep no byte of whoever was erased (see `store::scrubbing`).
///
/// # Errors
///
/// [`StoreError`]; the next round does what this one didn't.
pub async fn retire(store: &Store, retention_days: u16, now: Timestamp) -> Result<(), StoreError> {
    let kept = SignedDuration::from_hours(24 * i64::from(retention_days));
    let before = now.checked_sub(kept).unwrap_or(Timestamp::MIN);
    let Retired { people, handins } = store.retire(before, now).await?;
    if people > 0 || handins > 0 {
        tracing::info!(people, handins, "erased: people and hand-ins of cohorts that ended long ago");
    }
    store.recount_files().await?;
    store.rewrite_if_due().await
}

/// For how many days things are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// What belongs to a space, after the bot left it.
    pub grace_days: u16,
    /// Who was in a cohort, after it ended.
    pub retention_days: u16,
}

/// Forgets what is due, files that nobody hands in any more included, at the start and then every hour, until `stopped`
/// resolves. A round that fails is told in the log.
pub async fn run((store, files): (Store, Files), terms: Terms, clock: Clock, stopped: impl Future<Output = ()>) {
    let mut stopped = std::pin::pin!(stopped);
    loop {
        let round = async {
            if let Err(error) = once(&store, terms.grace_days, clock()).await {
                tracing::error!(%error, "what is due could not be forgotten; tried again in an hour");
            }
            if let Err(error) = retire(&store, terms.retention_days, clock()).await {
                tracing::error!(%error, "who is to be erased could not be; tried again in an hour");
            }
            match files.sweep(&store, clock()).await {
                Ok(swept) if swept == Swept::default() => {}
                Ok(Swept { files, bytes, unfinished }) => {
                    tracing::info!(files, bytes, unfinished, "files removed that nobody hands in any more");
                }
                Err(error) => tracing::error!(%error, "files could not be swept; tried again in an hour"),
            }
            tokio::time::sleep(EVERY).await;
        };
        tokio::select! {
            () = round => {}
            () = &mut stopped => return,
        }
    }
}
