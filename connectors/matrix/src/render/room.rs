//! The room that is left, event by event.

/// Rank of an event among those of a message.
pub(super) type Page = usize;

/// Where the next block goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Room {
    page: Page,
    left: usize,
    whole: usize,
}

impl Room {
    /// Empty events of `whole` bytes each.
    pub(super) fn new(whole: usize) -> Self {
        Self { page: 0, left: whole, whole }
    }

    /// Bytes that are left in the present event.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// Bytes that an event has for blocks.
    pub(super) fn whole(&self) -> usize {
        self.whole
    }

    /// Goes on in another event unless so much fits into this one, or nothing is in it yet.
    pub(super) fn want(&mut self, bytes: usize) {
        if bytes > self.left && self.left < self.whole {
            self.page += 1;
            self.left = self.whole;
        }
    }

    /// Takes so much, and tells of which event.
    pub(super) fn take(&mut self, bytes: usize) -> Page {
        self.want(bytes);
        self.left = self.left.saturating_sub(bytes);
        self.page
    }

    /// Takes the room within something that takes `frame` bytes by itself on each event.
    pub(super) fn within<T>(&mut self, frame: usize, take: impl FnOnce(&mut Self) -> T) -> T {
        self.want(frame);
        let whole = self.whole.saturating_sub(frame);
        let mut inner = Self { page: self.page, left: self.left.saturating_sub(frame), whole };
        let taken = take(&mut inner);
        (self.page, self.left) = (inner.page, inner.left);
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_goes_on_in_another_event() {
        let mut room = Room::new(10);
        assert_eq!([room.take(6), room.take(4), room.take(1), room.take(10)], [0, 0, 1, 2]);
    }

    #[test]
    fn a_frame_is_paid_on_each_event() {
        let mut room = Room::new(10);
        let pages = room.within(4, |room| [room.take(5), room.take(2), room.take(4), room.take(4)]);
        assert_eq!(pages, [0, 1, 1, 2]);
        assert_eq!(room.left(), 2);
    }
}
