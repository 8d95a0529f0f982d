//! Being told that a person sees something new, whatever it is.

use super::Person;

impl Person {
    /// Calls this whenever something that the person sees has changed, for as long as they look on.
    pub fn on_change(&self, tell: impl Fn() + Send + 'static) {
        let mut views = self.watch();
        tokio::spawn(async move {
            while views.changed().await.is_ok() {
                tell();
            }
        });
    }

    /// The rooms that the person ever saw, and what they are to each.
    #[must_use]
    pub fn rooms(&self) -> Vec<(matrix_sdk::ruma::OwnedRoomId, super::Standing)> {
        self.watch().borrow().rooms.iter().map(|(id, room)| (id.clone(), room.standing)).collect()
    }
}
