//! A file that was uploaded, by the bot or by a person.

use std::sync::Arc;

use crate::id::Id;

/// The bytes behind a download address.
#[derive(Clone, Debug)]
pub(crate) struct StoredFile {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) bytes: Arc<[u8]>,
}

impl StoredFile {
    /// The media type that Discord would guess from the name.
    pub(crate) fn media_type(&self) -> &'static str {
        match self.name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "png" => "image/png",
            "jpg" | "jpeg" => "image/jpeg",
            "gif" => "image/gif",
            "svg" => "image/svg+xml",
            "pdf" => "application/pdf",
            "json" => "application/json",
            "txt" | "md" => "text/plain; charset=utf-8",
            "csv" => "text/csv; charset=utf-8",
            "ics" => "text/calendar; charset=utf-8",
            _ => "application/octet-stream",
        }
    }

    /// Whether Discord would show it as a picture.
    pub(crate) fn is_a_picture(&self) -> bool {
        self.media_type().starts_with("image/")
    }
}
