//! What happened, for whoever must find out why a scenario failed.

use super::Scene;
use crate::{Actor, Entry, Shown};

impl Scene {
    /// Everything that was seen and heard, a line each.
    pub(crate) async fn account(&self) -> String {
        let mut lines = Vec::new();
        for who in Actor::ALL {
            for shown in self.stage().sees(who).await {
                let Shown { words, private, edited, actions, files, notified, .. } = shown;
                lines.push(format!(
                    "\n  {} sees {:?} private={private} edited={edited} {actions:?} {files:?} {notified:?}",
                    who.name(),
                    begun(&words)
                ));
            }
        }
        for Entry { person, what, ended, .. } in self.app().heard() {
            lines.push(format!("\n  the application heard {:?} from {person}: {ended:?}", begun(&what)));
        }
        lines.concat()
    }
}

/// As much of a text as tells which one it is.
fn begun(text: &str) -> String {
    text.chars().take(200).collect()
}
