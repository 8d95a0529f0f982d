//! The JSON bodies of one message.

use super::{
    WITHOUT_TEXT,
    actions::token,
    component::{Component, Row},
    file::{NamedFile, Upload},
    measure::{ALT_TEXT, ROWS, shortened},
    mention,
    page::Page,
    title::Title,
};
use serde::Serialize;
use vigie_chat::{Kind, clean};

/// The body of one message with its files.
///
/// It serializes to what "Create Message" and "Edit Message" take; `body` adds `flags`, `nonce` or
/// `message_reference`. Embeds, components and attachments are said even where there
/// are none, so that an edit takes away those of before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Payload {
    /// The mentions of those who are notified, and nothing else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) content: Option<String>,
    /// One embed at most.
    pub(crate) embeds: Vec<Embed>,
    /// What can be pressed.
    pub(crate) components: Vec<Row>,
    /// Who is notified, always explicit.
    pub(crate) allowed_mentions: AllowedMentions,
    /// What the files are, in their order.
    pub(crate) attachments: Vec<AttachmentBody>,
    /// The files themselves.
    #[serde(skip)]
    pub(crate) files: Vec<Upload>,
}

impl Payload {
    /// What can be pressed or chosen under it.
    pub(crate) fn tokens(&self) -> Vec<String> {
        let held = |component: &Component| match component {
            Component::Button(button) => button.custom_id.iter().cloned().collect(),
            Component::Select(select) => select.options.iter().map(|option| option.value.clone()).collect::<Vec<_>>(),
            Component::Text(_) => Vec::new(),
        };
        let ids = self.components.iter().flat_map(|row| &row.components).flat_map(held);
        ids.filter_map(|id| token(&id)).map(|token| token.to_string()).collect()
    }
}

/// A box of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Embed {
    /// Title, with the rank of the payload among several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
    /// Text in Discord's Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    /// Colour of the kind of message; never its only sign.
    pub(crate) color: u32,
}

/// Whom a payload may notify.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct AllowedMentions {
    /// Kinds of mentions that notify: none.
    pub(crate) parse: [&'static str; 0],
    /// Ids of those who are notified.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) users: Vec<String>,
    /// Whether the author of the message that is answered is notified: never.
    pub(crate) replied_user: bool,
}

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AttachmentBody {
    /// Rank of the file: the `n` of `files[n]`.
    pub(crate) id: usize,
    /// Name under which it is sent.
    pub(crate) filename: String,
    /// Alternative text.
    pub(crate) description: String,
}

/// What payloads are made of.
pub(super) struct Parts {
    pub(super) title: Title,
    pub(super) pages: Vec<Page>,
    pub(super) rows: Vec<Row>,
    pub(super) mentions: Vec<Vec<u64>>,
    pub(super) files: Vec<NamedFile>,
}

impl Parts {
    /// The payloads: rows under the last page and, where there are many, under further ones.
    pub(super) fn payloads(self, kind: Kind) -> Vec<Payload> {
        let rows: Vec<&[Row]> = self.rows.chunks(ROWS).collect();
        let last_page = self.pages.len().saturating_sub(1);
        let all = self.pages.len().max(last_page + rows.len()).max(self.mentions.len()).max(1);
        let payload = |rank: usize| {
            let page = self.pages.get(rank);
            let rows = rank.checked_sub(last_page).and_then(|group| rows.get(group));
            let notified = self.mentions.get(rank).map(Vec::as_slice).unwrap_or_default();
            let files = page.map(|page| page.files.as_slice()).unwrap_or_default();
            let title = self.title.ranked(rank + 1, all);
            let text = page.map(|page| page.text.clone()).filter(|text| !text.is_empty());
            let description = match (&title, text) {
                (None, text) if all > 1 => {
                    let rank = format!("-# ({}/{all})", rank + 1);
                    Some(text.map_or(rank.clone(), |text| format!("{rank}\n{text}")))
                }
                (None, None) if notified.is_empty() || rows.is_some() => Some(WITHOUT_TEXT.to_owned()),
                (_, text) => text,
            };
            let embed = Embed { title, description, color: color(kind) };
            Payload {
                content: (!notified.is_empty()).then(|| mention::words(notified)),
                embeds: Some(embed)
                    .filter(|embed| embed.title.is_some() || embed.description.is_some())
                    .into_iter()
                    .collect(),
                components: rows.map(|rows| rows.to_vec()).unwrap_or_default(),
                allowed_mentions: AllowedMentions {
                    users: notified.iter().map(u64::to_string).collect(),
                    ..AllowedMentions::default()
                },
                attachments: files.iter().zip(0..).map(|(file, id)| self.attachment(*file, id)).collect(),
                files: files.iter().map(|file| self.upload(*file)).collect(),
            }
        };
        (0..all).map(payload).collect()
    }

    fn attachment(&self, rank: usize, id: usize) -> AttachmentBody {
        let NamedFile { name, file } = &self.files[rank];
        let description = shortened(&clean(file.description.as_str()), ALT_TEXT);
        AttachmentBody { id, filename: name.clone(), description }
    }

    fn upload(&self, rank: usize) -> Upload {
        let NamedFile { name, file } = &self.files[rank];
        Upload { filename: name.clone(), media_type: file.media_type.clone(), bytes: file.bytes.clone() }
    }
}

fn color(kind: Kind) -> u32 {
    match kind {
        Kind::Answer => 0x0058_65f2,
        Kind::Notice => 0x003b_a55d,
        Kind::Reminder => 0x00f0_b232,
        Kind::Error => 0x00da_373c,
    }
}
