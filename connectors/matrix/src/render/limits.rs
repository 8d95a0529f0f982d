//! What Matrix and a homeserver take.
//!
//! Source: Matrix Client-Server API v1.18, "Size limits" (65,536 bytes an event, in canonical JSON). Encryption makes
//! three bytes four, and a relation to other events is added; hence less for what is said.

/// Most bytes of the content of one event in canonical JSON, before encryption and without its relation.
const EVENT_BYTES: usize = 40_000;

/// Sizes that hold for every part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Most bytes of the content of one event in canonical JSON; some thousands at least.
    pub(crate) event_bytes: usize,
    /// Most bytes of a file, as the homeserver tells.
    pub(crate) upload_bytes: usize,
}

impl Limits {
    /// The limits of a homeserver that takes files of so many bytes.
    #[must_use]
    pub(crate) fn with_uploads_of(upload_bytes: usize) -> Self {
        Self { event_bytes: EVENT_BYTES, upload_bytes }
    }

    /// Most bytes that a title takes.
    pub(super) fn title(&self) -> usize {
        self.event_bytes / 16
    }

    /// Most bytes that the ids of those notified by one event take.
    pub(super) fn mentions(&self) -> usize {
        self.event_bytes / 8
    }

    /// Most bytes that an offer takes.
    pub(super) fn offer(&self) -> usize {
        self.event_bytes / 2
    }
}

/// Bytes of a text within canonical JSON, without the quotes around it.
pub(super) fn json_bytes(text: &str) -> usize {
    let escaped = |byte: u8| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 8 | 12 => 2,
        0..0x20 => 6,
        _ => 1,
    };
    text.bytes().map(escaped).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_are_counted_as_json_writes_them(text in any::<String>()) {
            let written = serde_json::to_string(&text).expect("a text is always JSON");
            prop_assert_eq!(json_bytes(&text), written.len() - 2);
        }
    }
}
