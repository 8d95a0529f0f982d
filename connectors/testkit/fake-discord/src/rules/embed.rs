//! Embeds.

use serde_json::Value;

use super::file::UploadedFile;
use super::finding::Findings;
use super::link::{self, LinkKind};
use super::place::Place;

const KEYS: &[&str] = &[
    "title",
    "type",
    "description",
    "url",
    "timestamp",
    "color",
    "footer",
    "image",
    "thumbnail",
    "video",
    "provider",
    "author",
    "fields",
];
/// Keys that make an embed visible; the others only adorn it.
const VISIBLE: &[&str] = &["title", "description", "author", "footer", "image", "thumbnail", "video", "fields"];
const MOST_EMBEDS: usize = 10;
/// All texts of all embeds of a message together.
const MOST_TEXT: usize = 6000;

/// Each embed is within its limits, and all together.
pub(super) fn check(body: &Place<'_>, files: &[UploadedFile], edits: bool, findings: &mut Findings) {
    body.count_within("embeds", 0..=MOST_EMBEDS, findings);
    let embeds = body.items("embeds");
    for embed in &embeds {
        one(embed, findings);
        if !edits {
            let shown: Vec<Place<'_>> = ["image", "thumbnail"].iter().filter_map(|key| embed.get(key)).collect();
            link::attachments_exist(body, &shown, files, findings);
        }
    }
    if embeds.iter().map(text_length).sum::<usize>() > MOST_TEXT {
        let message = format!("All embeds together must have {MOST_TEXT} characters at most.");
        findings.add(body.under("embeds"), "MAX_EMBED_SIZE_EXCEEDED", message);
    }
}

fn one(embed: &Place<'_>, findings: &mut Findings) {
    embed.only(KEYS, findings);
    if !VISIBLE.iter().any(|key| embed.fills(key)) {
        findings.add(embed.under("description"), "BASE_TYPE_REQUIRED", "An embed must show something.");
    }
    if embed.text("type").is_some_and(|kind| kind != "rich") {
        findings.add(embed.under("type"), "BASE_TYPE_CHOICES", "What a bot sends is always `rich`.");
    }
    embed.text_within("title", 0..=256, findings);
    embed.text_within("description", 0..=4096, findings);
    embed.link("url", LinkKind::Page, findings);
    embed.integer_within("color", 0..=0x00FF_FFFF, findings);
    if let Some(time) = embed.get("timestamp")
        && time.value.as_str().is_none_or(|text| text.parse::<jiff::Timestamp>().is_err())
    {
        findings.add(time.path, "DATE_TIME_TYPE_PARSE", "This is not an instant of ISO 8601.");
    }
    if let Some(footer) = embed.get("footer") {
        footer.only(&["text", "icon_url"], findings);
        footer.needs_text("text", 1..=2048, findings);
        footer.link("icon_url", LinkKind::Media, findings);
    }
    if let Some(author) = embed.get("author") {
        author.only(&["name", "url", "icon_url"], findings);
        author.needs_text("name", 1..=256, findings);
        author.link("url", LinkKind::Page, findings);
        author.link("icon_url", LinkKind::Media, findings);
    }
    for picture in ["image", "thumbnail"].iter().filter_map(|key| embed.get(key)) {
        picture.only(&["url", "width", "height"], findings);
        picture.needs("url", findings);
        picture.link("url", LinkKind::Media, findings);
    }
    embed.count_within("fields", 0..=25, findings);
    for field in embed.items("fields") {
        field.only(&["name", "value", "inline"], findings);
        field.needs_text("name", 1..=256, findings);
        field.needs_text("value", 1..=1024, findings);
        field.boolean("inline", findings);
        for key in ["name", "value"] {
            if field.text(key).is_some_and(|text| !text.is_empty() && text.trim().is_empty()) {
                findings.add(field.under(key), "BASE_TYPE_REQUIRED", "This must not be blank.");
            }
        }
    }
}

/// What counts towards the limit over all embeds: title, description, names and values of fields, footer, author.
fn text_length(embed: &Place<'_>) -> usize {
    let length = |value: Option<&Value>| value.and_then(Value::as_str).map_or(0, |text| text.chars().count());
    let within = |outer: &str, key: &str| length(embed.value.get(outer).and_then(|place| place.get(key)));
    let fields: usize = embed
        .items("fields")
        .iter()
        .map(|field| length(field.value.get("name")) + length(field.value.get("value")))
        .sum();
    length(embed.value.get("title"))
        + length(embed.value.get("description"))
        + within("footer", "text")
        + within("author", "name")
        + fields
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::rules::testing::{Attempt, file, long};

    fn one(embed: &serde_json::Value) -> Attempt {
        Attempt::message(json!({ "embeds": [embed] }))
    }

    #[test]
    fn texts_are_bounded() {
        one(&json!({ "title": long(256), "description": long(4096), "type": "rich", "color": 255 })).accepted();
        one(&json!({ "title": long(257) })).refused(&["embeds/0/title: BASE_TYPE_MAX_LENGTH"]);
        one(&json!({ "description": long(4097) })).refused(&["embeds/0/description: BASE_TYPE_MAX_LENGTH"]);
        one(&json!({ "footer": { "text": long(2048) } })).accepted();
        one(&json!({ "footer": { "text": long(2049) } })).refused(&["embeds/0/footer/text: BASE_TYPE_BAD_LENGTH"]);
        one(&json!({ "author": { "name": long(256) } })).accepted();
        one(&json!({ "author": { "name": long(257) } })).refused(&["embeds/0/author/name: BASE_TYPE_BAD_LENGTH"]);
    }

    #[test]
    fn fields_have_a_name_and_a_value() {
        let field = json!({ "name": long(256), "value": "v", "inline": true });
        one(&json!({ "fields": vec![field; 20] })).accepted();
        one(&json!({ "fields": vec![json!({ "name": "n", "value": "v" }); 26] }))
            .refused(&["embeds/0/fields: BASE_TYPE_BAD_LENGTH"]);
        one(&json!({ "fields": [{ "name": "", "value": "v" }] }))
            .refused(&["embeds/0/fields/0/name: BASE_TYPE_BAD_LENGTH"]);
        one(&json!({ "fields": [{ "name": "n", "value": " " }] }))
            .refused(&["embeds/0/fields/0/value: BASE_TYPE_REQUIRED"]);
        one(&json!({ "fields": [{ "name": "n", "value": long(1025) }] }))
            .refused(&["embeds/0/fields/0/value: BASE_TYPE_BAD_LENGTH"]);
    }

    #[test]
    fn all_embeds_together_are_bounded() {
        let embed = json!({ "description": long(3000) });
        Attempt::message(json!({ "embeds": [embed, embed] })).accepted();
        Attempt::message(json!({ "embeds": [embed, embed, { "title": "x" }] }))
            .refused(&["embeds: MAX_EMBED_SIZE_EXCEEDED"]);
        let small = json!({ "title": "x" });
        Attempt::message(json!({ "embeds": vec![small.clone(); 10] })).accepted();
        Attempt::message(json!({ "embeds": vec![small; 11] })).refused(&["embeds: BASE_TYPE_BAD_LENGTH"]);
    }

    #[test]
    fn an_embed_shows_something_known() {
        one(&json!({})).refused(&["embeds/0/description: BASE_TYPE_REQUIRED"]);
        one(&json!({ "color": 1 })).refused(&["embeds/0/description: BASE_TYPE_REQUIRED"]);
        one(&json!({ "title": "x", "colour": 1 })).refused(&["embeds/0/colour: UNKNOWN_FIELD"]);
        one(&json!({ "title": "x", "type": "article" })).refused(&["embeds/0/type: BASE_TYPE_CHOICES"]);
        one(&json!({ "title": "x", "timestamp": "2026-11-22T03:00:00.000Z" })).accepted();
        one(&json!({ "title": "x", "timestamp": "demain" })).refused(&["embeds/0/timestamp: DATE_TIME_TYPE_PARSE"]);
    }

    #[test]
    fn pictures_are_on_the_web_or_beside() {
        one(&json!({ "image": { "url": "https://example.org/a.png", "width": null } })).accepted();
        let beside = one(&json!({ "image": { "url": "attachment://a.png" } }));
        beside.clone().with_files(&[file(0, "a.png")]).accepted();
        beside.refused(&["embeds/0/image/url: ATTACHMENT_NOT_FOUND"]);
        one(&json!({ "image": { "url": "a.png" } })).refused(&["embeds/0/image/url: URL_TYPE_INVALID_URL"]);
        one(&json!({ "title": "x", "url": "ftp://a" })).refused(&["embeds/0/url: URL_TYPE_INVALID_SCHEME"]);
    }
}
