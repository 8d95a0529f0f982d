//! Pressing buttons and choosing from selects.

use serde_json::json;

use super::{Action, Pending, Person, Seen, Shown, client};
use crate::{interaction::Kind, payload::Invocation};

impl Shown {
    /// Presses the `number`th action, counted from 1 in reading order, and waits for what comes of it.
    ///
    /// # Panics
    ///
    /// When the person doesn't see it, or the bot doesn't answer in time.
    pub async fn clicks(&self, person: &Person, number: usize) -> Shown {
        self.presses(person, number).answered().await
    }

    /// Presses the `number`th action without waiting.
    ///
    /// # Panics
    ///
    /// When the person doesn't see it.
    #[must_use]
    #[track_caller]
    pub fn presses(&self, person: &Person, number: usize) -> Pending {
        let actions = self.seen_by(person).actions();
        let action = number.checked_sub(1).and_then(|index| actions.get(index));
        let action = action.unwrap_or_else(|| self.no_such_action(person, &format!("number {number}")));
        self.act(person, std::slice::from_ref(action))
    }

    /// Presses the button, or chooses the option, with this label, and waits for what comes of it.
    ///
    /// # Panics
    ///
    /// When the person doesn't see it, or the bot doesn't answer in time.
    pub async fn clicks_label(&self, person: &Person, label: &str) -> Shown {
        self.presses_label(person, label).answered().await
    }

    /// Presses the action with this label without waiting.
    ///
    /// # Panics
    ///
    /// When the person doesn't see it.
    #[must_use]
    #[track_caller]
    pub fn presses_label(&self, person: &Person, label: &str) -> Pending {
        let action = self.action(person, label);
        self.act(person, &[action])
    }

    /// Chooses the option with this label from a select, and waits for what comes of it.
    ///
    /// # Panics
    ///
    /// When the person doesn't see it, or the bot doesn't answer in time.
    pub async fn chooses(&self, person: &Person, label: &str) -> Shown {
        self.chooses_all(person, &[label]).await
    }

    /// Chooses several options from one select, and waits for what comes of it.
    ///
    /// # Panics
    ///
    /// When the person doesn't see them, they are of several selects or too many or too few, or the bot doesn't answer
    /// in time.
    pub async fn chooses_all(&self, person: &Person, labels: &[&str]) -> Shown {
        let actions = labels.iter().map(|label| self.action(person, label)).collect::<Vec<_>>();
        let pending = self.act(person, &actions);
        pending.answered().await
    }

    #[track_caller]
    fn action(&self, person: &Person, label: &str) -> Action {
        let found = self.seen_by(person).actions().into_iter().find(|action| action.label == label);
        found.unwrap_or_else(|| self.no_such_action(person, &format!("{label:?}")))
    }

    #[track_caller]
    fn no_such_action(&self, person: &Person, which: &str) -> ! {
        let view = self.seen_by(person);
        panic!("{} sees no action {which}, but {:?} under:\n{}", person.name(), view.labels(), view.text())
    }

    #[track_caller]
    fn act(&self, person: &Person, actions: &[Action]) -> Pending {
        let first = actions.first().expect("somebody who chooses chooses something");
        let is_same = |action: &Action| (action.message, &action.custom_id) == (first.message, &first.custom_id);
        assert!(actions.iter().all(is_same), "these options are of several selects");
        let message = self.hub.look(|state| Seen::of(&self.hub, state, first.message, Some(person.id())));
        let message = message.expect("the message was seen a moment ago");
        let values = actions.iter().filter_map(|action| action.value.clone()).collect::<Vec<_>>();
        let mut data = json!({ "component_type": first.component, "custom_id": first.custom_id, "id": 1 });
        if first.component != 2 {
            let (least, most) = first.counts;
            let count = values.len() as u64;
            assert!((least..=most).contains(&count), "{count} options chosen, {least} to {most} are asked");
            data["values"] = json!(values);
        }
        let mut json = message.json().clone();
        if let Some(json) = json.as_object_mut() {
            json.remove("ephemeral");
        }
        let label = format!("{} presses {:?}", person.name(), first.label);
        let kind = Kind::Component { message: first.message };
        let (user, channel) = (person.id(), message.channel_id());
        client::send(&self.hub, Invocation { kind, user, channel, label, data, message: Some(json) })
    }
}
