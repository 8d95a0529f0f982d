//! What a search looks things up in while it ranks: the effects of forms, and the passages read so far.

use crate::{
    understand::{Effect, Wish},
    vocabulary::FormId,
};
use std::collections::HashMap;

/// The effects of a form, found by its number.
pub(super) struct Table<'a> {
    known: HashMap<FormId, &'a [Effect]>,
    /// One bit for each form number modulo the size: most forms of a passage are none of the query's.
    filter: [u64; 64],
}

impl<'a> Table<'a> {
    pub(super) fn new(wish: &'a Wish) -> Self {
        let mut filter = [0; 64];
        for form in wish.effects.keys() {
            filter[(form / 64 % 64) as usize] |= 1_u64 << (form % 64);
        }
        Self { known: wish.effects.iter().map(|(form, effects)| (*form, effects.as_slice())).collect(), filter }
    }

    pub(super) fn effects(&self, form: FormId) -> &'a [Effect] {
        if self.filter[(form / 64 % 64) as usize] & (1 << (form % 64)) == 0 {
            return &[];
        }
        self.known.get(&form).copied().unwrap_or_default()
    }
}

/// Which passages were read by the query in progress, and where their match is kept. Reused from query to query.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    round: u32,
    slots: Vec<(u32, u32)>,
}

impl Seen {
    pub(super) fn begin(&mut self, passages: usize) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 || self.slots.len() != passages {
            self.slots = vec![(0, 0); passages];
            self.round = 1;
        }
    }

    pub(super) fn slot(&mut self, passage: u32, read: impl FnOnce() -> u32) -> &u32 {
        let slot = &mut self.slots[passage as usize];
        if slot.0 != self.round {
            *slot = (self.round, read());
        }
        &slot.1
    }
}
