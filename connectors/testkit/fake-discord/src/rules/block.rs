//! The blocks of a layout: containers, and what stands in them or alone.

use super::component::{kind, wrong_kind};
use super::finding::Findings;
use super::layout::{MOST_COMPONENTS, MOST_TEXT};
use super::link::LinkKind;
use super::place::Place;
use super::{button, row};

const IN_CONTAINER: &[i64] = &[kind::ROW, kind::SECTION, kind::TEXT, kind::GALLERY, kind::FILE, kind::SEPARATOR];

/// A block at the top of a layout.
pub(super) fn check(component: &Place<'_>, findings: &mut Findings) {
    if component.integer("type") == Some(kind::CONTAINER) {
        container(component, findings);
    } else {
        block(component, findings);
    }
}

fn container(container: &Place<'_>, findings: &mut Findings) {
    container.only(&["type", "id", "accent_color", "components", "spoiler"], findings);
    container.integer_within("accent_color", 0..=0x00FF_FFFF, findings);
    container.needs("components", findings);
    container.count_within("components", 1..=MOST_COMPONENTS, findings);
    for child in container.items("components") {
        block(&child, findings);
    }
}

/// What can stand alone and in a container.
fn block(component: &Place<'_>, findings: &mut Findings) {
    match component.integer("type") {
        Some(kind::ROW) => row::check(component, findings),
        Some(kind::TEXT) => text(component, findings),
        Some(kind::SECTION) => section(component, findings),
        Some(kind::GALLERY) => {
            component.only(&["type", "id", "items"], findings);
            component.needs("items", findings);
            component.count_within("items", 1..=10, findings);
            for item in component.items("items") {
                item.only(&["media", "description", "spoiler"], findings);
                picture(&item, findings);
            }
        }
        Some(kind::FILE) => {
            component.only(&["type", "id", "file", "spoiler"], findings);
            component.needs("file", findings);
            if component.get("file").is_some_and(|file| !is_attachment(&file)) {
                let message = "A file must be `attachment://name`.";
                findings.add(component.under("file"), "URL_TYPE_INVALID_SCHEME", message);
            }
        }
        Some(kind::SEPARATOR) => {
            component.only(&["type", "id", "divider", "spacing"], findings);
            component.integer_within("spacing", 1..=2, findings);
        }
        _ => wrong_kind(component, &format!("One of the types {IN_CONTAINER:?} can be here."), findings),
    }
}

fn is_attachment(media: &Place<'_>) -> bool {
    media.text("url").is_some_and(|url| url.starts_with("attachment://"))
}

fn text(component: &Place<'_>, findings: &mut Findings) {
    component.only(&["type", "id", "content"], findings);
    component.needs_text("content", 1..=MOST_TEXT, findings);
}

/// One to three texts beside a button or a picture.
fn section(component: &Place<'_>, findings: &mut Findings) {
    component.only(&["type", "id", "components", "accessory"], findings);
    component.needs("components", findings);
    component.count_within("components", 1..=3, findings);
    for child in component.items("components") {
        match child.integer("type") {
            Some(kind::TEXT) => text(&child, findings),
            _ => wrong_kind(&child, "A section holds texts.", findings),
        }
    }
    component.needs("accessory", findings);
    let Some(accessory) = component.get("accessory") else { return };
    match accessory.integer("type") {
        Some(kind::BUTTON) => button::check(&accessory, findings),
        Some(kind::THUMBNAIL) => {
            accessory.only(&["type", "id", "media", "description", "spoiler"], findings);
            picture(&accessory, findings);
        }
        _ => wrong_kind(&accessory, "Beside a section is a button or a picture.", findings),
    }
}

fn picture(owner: &Place<'_>, findings: &mut Findings) {
    owner.needs("media", findings);
    owner.text_within("description", 1..=1024, findings);
    if let Some(media) = owner.get("media") {
        media.only(&["url"], findings);
        media.needs("url", findings);
        media.link("url", LinkKind::Media, findings);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::{Attempt, file, long};

    fn text(length: usize) -> Value {
        json!({ "type": 10, "content": long(length) })
    }

    #[test]
    fn parts_are_where_they_may_be() {
        let button = json!({ "type": 2, "style": 1, "custom_id": "a", "label": "x" });
        Attempt::layout(&json!([
            { "type": 9, "components": [text(1)], "accessory": button },
            { "type": 14, "divider": true, "spacing": 2 },
            { "type": 1, "components": [{ "type": 5, "custom_id": "b" }] }
        ]))
        .accepted();
        Attempt::layout(&json!([{ "type": 9, "components": [text(1)] }]))
            .refused(&["components/0/accessory: BASE_TYPE_REQUIRED"]);
        Attempt::layout(&json!([{ "type": 17, "components": [{ "type": 17, "components": [text(1)] }] }]))
            .refused(&["components/0/components/0/type: UNION_TYPE_CHOICES"]);
        Attempt::layout(&json!([{ "type": 10, "text": "x" }]))
            .refused(&["components/0/content: BASE_TYPE_REQUIRED", "components/0/text: UNKNOWN_FIELD"]);
    }

    #[test]
    fn pictures_have_an_address_and_may_be_described() {
        let gallery = |description: &str| {
            let item = json!({ "media": { "url": "attachment://a.png" }, "description": description });
            Attempt::layout(&json!([{ "type": 12, "items": [item] }])).with_files(&[file(0, "a.png")])
        };
        gallery("Plan").accepted();
        gallery(&long(1025)).refused(&["components/0/items/0/description: BASE_TYPE_BAD_LENGTH"]);
        gallery("Plan").with_files(&[]).refused(&["components/0/items/0/media/url: ATTACHMENT_NOT_FOUND"]);
        Attempt::layout(&json!([{ "type": 13, "file": { "url": "https://example.org/a.pdf" } }]))
            .refused(&["components/0/file: URL_TYPE_INVALID_SCHEME"]);
    }
}
