//! What the bot did wrong, and how a test deals with it.

use super::FakeDiscord;

impl FakeDiscord {
    /// Fails the test when the bot did anything unknown or against the rules. Dropping the fake does so too.
    ///
    /// # Panics
    ///
    /// When there are complaints.
    #[track_caller]
    pub fn assert_no_complaints(&self) {
        let complaints = self.take_complaints();
        assert!(complaints.is_empty(), "Discord complains:\n- {}", complaints.join("\n- "));
    }

    /// The complaints so far, which are thereby dealt with.
    #[must_use]
    pub fn take_complaints(&self) -> Vec<String> {
        self.hub.change(|state| std::mem::take(&mut state.complaints))
    }

    /// Deals with the complaints that contain this text.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[track_caller]
    pub fn expect_complaint(&self, text: &str) {
        let (expected, others) = self.hub.change(|state| {
            let all = std::mem::take(&mut state.complaints);
            let (expected, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|what| what.contains(text));
            state.complaints.clone_from(&others);
            (expected, others)
        });
        assert!(!expected.is_empty(), "no complaint about {text:?}, but {others:?}");
    }
}
