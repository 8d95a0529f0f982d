//! Addresses.

use super::file::UploadedFile;
use super::finding::Findings;
use super::place::Place;

/// What an address leads to, which decides how it may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinkKind {
    /// Followed by people: the web.
    Page,
    /// Followed from a button: the web, and Discord's own application.
    Button,
    /// Shown: the web, or a file of the message as `attachment://name`.
    Media,
}

impl LinkKind {
    fn schemes(self) -> &'static [&'static str] {
        match self {
            Self::Page => &["http", "https"],
            Self::Button => &["http", "https", "discord"],
            Self::Media => &["http", "https", "attachment"],
        }
    }
}

impl Place<'_> {
    /// The text at `key`, when it is there, is an address of this kind.
    pub(super) fn link(&self, key: &str, kind: LinkKind, findings: &mut Findings) {
        let most = if kind == LinkKind::Button { 512 } else { 2048 };
        self.text_within(key, 1..=most, findings);
        let Some(address) = self.text(key).filter(|address| !address.is_empty()) else { return };
        let path = self.under(key);
        match address.split_once("://") {
            Some((scheme, _)) if !kind.schemes().contains(&scheme.to_ascii_lowercase().as_str()) => {
                let message = format!("The scheme must be one of {}.", kind.schemes().join(", "));
                findings.add(path, "URL_TYPE_INVALID_SCHEME", message);
            }
            Some((_, rest)) if !rest.is_empty() && !address.contains(char::is_whitespace) => {}
            _ => findings.add(path, "URL_TYPE_INVALID_URL", "This is not a full address."),
        }
    }
}

/// Every `attachment://name` names a file that came or is listed. An edit may show a file from before, so it isn't asked.
pub(super) fn attachments_exist(
    body: &Place<'_>,
    shown: &[Place<'_>],
    files: &[UploadedFile],
    findings: &mut Findings,
) {
    let listed = body.items("attachments");
    for place in shown {
        let Some(name) = place.text("url").and_then(|url| url.strip_prefix("attachment://")) else { continue };
        let came = files.iter().any(|file| file.name == name);
        if !came && !listed.iter().any(|attachment| attachment.text("filename") == Some(name)) {
            findings.add(place.under("url"), "ATTACHMENT_NOT_FOUND", "No file of this name comes with the message.");
        }
    }
}
