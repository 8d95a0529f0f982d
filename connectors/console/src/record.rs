//! A message as one line of JSON.
//!
//! The keys and their order are a contract (formats, section 3).

use crate::stage::Seen;
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;
use std::path::PathBuf;
use vigie_chat::{Kind, Sealed, Text, clean, plain};

/// How a message reached its readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// For the first time.
    Sent,
    /// In the place of what it was.
    Edited,
}

#[derive(Serialize)]
struct Record<'a> {
    to: String,
    kind: &'static str,
    at: String,
    title: Option<String>,
    text: String,
    actions: Vec<String>,
    files: Vec<FileRecord<'a>>,
}

#[derive(Serialize)]
struct FileRecord<'a> {
    name: String,
    path: std::borrow::Cow<'a, str>,
    alt: String,
}

/// The line, without its end. `paths` are those of the message's files, in order.
pub(crate) fn record(
    message: &Sealed,
    manner: Manner,
    to: &Seen,
    at: (Timestamp, &TimeZone),
    paths: &[PathBuf],
) -> serde_json::Result<String> {
    let kind = match (manner, message.kind) {
        // That something failed matters more than where it is said.
        (_, Kind::Error) => "error",
        (Manner::Edited, _) => "edit",
        (Manner::Sent, Kind::Answer) => "answer",
        (Manner::Sent, Kind::Notice) => "notice",
        (Manner::Sent, Kind::Reminder) => "reminder",
    };
    let files = message.all_files().into_iter().zip(paths).map(|(file, path)| FileRecord {
        name: clean(&file.name).into_owned(),
        path: path.to_string_lossy(),
        alt: clean(file.description.as_str()).into_owned(),
    });
    serde_json::to_string(&Record {
        to: clean(&to.address()).into_owned(),
        kind,
        at: at.0.to_zoned(at.1.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        title: message.title.as_ref().map(Text::words),
        text: plain(message),
        actions: message.choices().iter().map(|choice| clean(choice.label).into_owned()).collect(),
        files: files.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;
    use vigie_chat::{AltText, Button, File, Token};

    #[test]
    fn the_contract_is_kept() {
        let alt = AltText::new("Trois jalons").expect("the description says something");
        let message = Sealed::answer()
            .title("Planning")
            .paragraph("Voici.")
            .picture(File::new("p.png", "image/png", [1], alt))
            .button(Button::new("Suite", Token::new("x")));
        let paris = TimeZone::get("Europe/Paris").expect("the zone is bundled");
        let at: Timestamp = "2026-11-23T08:00:00Z".parse().expect("a valid instant");
        let line = record(&message, Manner::Sent, &Seen::Room("general".into()), (at, &paris), &["/tmp/p.png".into()]);
        expect![[r#"{"to":"salon:general","kind":"answer","at":"2026-11-23T09:00:00+01:00","title":"Planning","text":"Planning\n\nVoici.\n\nImage : Trois jalons (p.png)\n\n(1) Suite","actions":["Suite"],"files":[{"name":"p.png","path":"/tmp/p.png","alt":"Trois jalons"}]}"#]].assert_eq(&line.expect("a record is always JSON"));
    }
}
