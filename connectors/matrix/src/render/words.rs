//! The words of a message as events.

use super::{
    WITHOUT_TEXT,
    lay::{Laid, by_page, lay},
    limits::Limits,
    mention::{self, Group},
    piece::{Piece, bytes},
    room::Room,
    title::Title,
};
use crate::offer::{self, Offer};
use serde_json::{Map, Value};
use vigie_chat::{Block, Kind, PersonId};

/// Bytes of the content of an event besides its words, its mentions and its offer.
const MEMBERS: usize = 200;

/// Words to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    /// The content of an `m.room.message`, without its relation to another event.
    pub(crate) content: Map<String, Value>,
    /// How many actions it offers, numbered from 1: each has a [`key`](super::key).
    pub(crate) choices: usize,
}

/// What the words of a message are made of.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) title: Title,
    pub(super) blocks: Vec<Block>,
    /// What stands at the end, in the event that carries the offer.
    pub(super) last: Vec<Block>,
    pub(super) offer: Option<Offer>,
}

impl Parts {
    /// The events, one at least.
    pub(super) fn events(self, kind: Kind, notifies: &[PersonId], limits: &Limits) -> Vec<Words> {
        let groups = mention::groups(notifies, limits);
        let offer = self.offer.as_ref().map(Offer::to_json);
        let offer_bytes = offer.as_ref().map_or(0, |offer| offer.to_string().len());
        let most = groups.iter().map(Group::bytes).max().unwrap_or_default();
        let taken = MEMBERS + self.title.bytes() + most;
        let mut room = Room::new(limits.event_bytes.saturating_sub(taken));
        let mut laid = lay(self.blocks, &mut room);
        lay_last(self.last, offer_bytes, &mut room, &mut laid);
        let mut pages: Vec<Piece> = by_page(laid).into_iter().map(|(_, blocks)| Piece::of(blocks)).collect();
        pages.retain(|page| !page.plain.trim().is_empty());
        if pages.is_empty() {
            pages.push(without_text(&self.title));
        }
        // More people than these events can notify; the last event stays the last, since it carries the offer.
        let groups_before = groups.iter().enumerate().take(groups.len().saturating_sub(1));
        for (rank, group) in groups_before.skip(pages.len() - 1) {
            let also = format!("Également pour\u{a0}: {}", group.words());
            pages.insert(rank, Piece::of(vec![Block::Note(also.into())]));
        }
        let all = pages.len();
        let mut groups = groups.into_iter();
        let mut events = Vec::new();
        for (rank, page) in (1..).zip(&pages) {
            let piece = self.title.ranked(rank, all).then(page);
            let is_last = rank == all;
            events.push(Words {
                content: content(kind, piece, &groups.next().unwrap_or_default(), offer.clone().filter(|_| is_last)),
                choices: self.offer.as_ref().filter(|_| is_last).map_or(0, choices),
            });
        }
        events
    }
}

/// Lays out the end, all of it in one event where it fits, together with the offer.
fn lay_last(last: Vec<Block>, offer: usize, room: &mut Room, laid: &mut Laid) {
    let whole = bytes(last.clone()) + offer;
    if whole <= room.whole() {
        room.want(whole);
    }
    let mut last = last;
    let end = last.pop();
    laid.extend(lay(last, room));
    room.within(offer, |room| laid.extend(lay(end.into_iter().collect(), room)));
}

fn without_text(title: &Title) -> Piece {
    match title.ranked(1, 1) {
        Piece { plain, .. } if plain.is_empty() => Piece::of(vec![Block::Paragraph(WITHOUT_TEXT.into())]),
        _ => Piece::default(),
    }
}

fn choices(offer: &Offer) -> usize {
    match offer {
        Offer::Actions(offered) => offered.len(),
        Offer::Form { .. } => 0,
    }
}

fn content(kind: Kind, piece: Piece, mentions: &Group<'_>, offer: Option<Value>) -> Map<String, Value> {
    let mut content = Map::new();
    content.insert("msgtype".to_owned(), msgtype(kind).into());
    content.insert("body".to_owned(), piece.plain.into());
    content.insert("format".to_owned(), "org.matrix.custom.html".into());
    content.insert("formatted_body".to_owned(), piece.html.into());
    content.insert("m.mentions".to_owned(), mentions.to_json());
    content.extend(offer.map(|offer| (offer::KEY.to_owned(), offer)));
    content
}

/// Clients are silent about notices; a reminder has to be heard.
fn msgtype(kind: Kind) -> &'static str {
    match kind {
        Kind::Answer | Kind::Notice | Kind::Error => "m.notice",
        Kind::Reminder => "m.text",
    }
}
