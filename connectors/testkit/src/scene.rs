//! What a scenario plays with: the stage, the understudy, and waiting for what must come.

mod account;
mod acts;
mod waits;

use crate::{Actor, Ending, Skill, Stage, Trouble, Understudy, ending::ensure};
use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};
use vigie_chat::ConnectorError;

/// One scenario being played. Each wait is bounded: a scenario fails rather than hangs.
pub struct Scene {
    scenario: &'static str,
    stage: Box<dyn Stage>,
    app: Arc<Understudy>,
    /// How the connector that runs now ended, once it was waited for.
    ended: Mutex<Option<Result<(), ConnectorError>>>,
}

impl Scene {
    pub(crate) fn new(scenario: &'static str, stage: Box<dyn Stage>, app: Arc<Understudy>) -> Self {
        Self { scenario, stage, app, ended: Mutex::default() }
    }

    /// The network, for what only some scenarios do.
    #[must_use]
    pub fn stage(&self) -> &dyn Stage {
        self.stage.as_ref()
    }

    /// The application.
    #[must_use]
    pub fn app(&self) -> &Understudy {
        &self.app
    }

    /// Whether the network has a skill. If not, one line says what isn't looked at.
    #[must_use]
    pub fn can(&self, skill: Skill) -> bool {
        let reason = self.stage.cannot().iter().find(|(lacking, _)| *lacking == skill);
        if let Some((_, reason)) = reason {
            let (network, scenario, lack) = (self.stage.network(), self.scenario, skill.lack());
            let line = format!("{network}: not played of {scenario}: {lack}, {reason}\n");
            // Standard error itself, because what tests print is hidden when they pass; in one piece, because they run
            // side by side. If it is closed, nobody reads it.
            let _ = io::stderr().write_all(line.as_bytes());
        }
        reason.is_none()
    }

    /// Leaves the scenario out unless the network has a skill.
    ///
    /// # Errors
    ///
    /// [`Trouble::LeftOut`].
    pub fn needs(&self, skill: Skill) -> Ending {
        if self.can(skill) { Ok(()) } else { Err(Trouble::LeftOut(skill)) }
    }

    /// Stops the connector, and waits until it has. What was going on is over then: what nobody sees now never comes.
    ///
    /// # Errors
    ///
    /// [`Trouble::Failed`] when it doesn't stop, or not well.
    pub async fn stops(&self) -> Ending {
        if self.ended.lock().unwrap_or_else(PoisonError::into_inner).is_none() {
            // What comes once too often comes late.
            self.lets_others_go_on().await;
            self.bounded("asking to stop", self.stage.asks_to_stop()).await?;
        }
        self.stopped().await
    }

    /// Waits until the connector, which was asked to stop, has.
    ///
    /// # Errors
    ///
    /// [`Trouble::Failed`] when it doesn't, or not well.
    pub async fn stopped(&self) -> Ending {
        let known = self.ended.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let ended = match known {
            Some(ended) => ended,
            None => self.bounded("stopping", self.stage.stopped()).await?,
        };
        *self.ended.lock().unwrap_or_else(PoisonError::into_inner) = Some(ended.clone());
        ensure!(ended == Ok(()), "the connector was asked to stop and ended as {ended:?}");
        Ok(())
    }

    /// Stops the connector, then has a new one run on the same network.
    ///
    /// # Errors
    ///
    /// [`Trouble::Failed`].
    pub async fn restarts(&self) -> Ending {
        self.stops().await?;
        self.starts_again().await
    }

    /// Has a new connector run, after the last one stopped.
    ///
    /// # Errors
    ///
    /// [`Trouble::Failed`].
    pub async fn starts_again(&self) -> Ending {
        self.bounded("starting again", self.stage.starts_again()).await?;
        *self.ended.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }

    /// What holds at the end of every scenario: each event was handled once, and to its end.
    pub(crate) async fn closes(&self) -> Ending {
        self.stops().await?;
        let entries = self.app.heard();
        for (rank, entry) in entries.iter().enumerate() {
            let again = entries[..rank].iter().any(|earlier| earlier.event == entry.event);
            ensure!(!again, "the event {} ({:?}) was heard twice", entry.event, entry.what);
            ensure!(entry.ended.is_some(), "{:?} was dropped before its answer was complete", entry.what);
            let name = Actor::ALL.iter().any(|who| self.stage.person(*who).id == entry.person);
            ensure!(name, "{:?} was done by {}, who is none of the people", entry.what, entry.person);
        }
        Ok(())
    }
}
