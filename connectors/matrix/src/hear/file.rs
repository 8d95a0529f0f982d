//! A file that somebody sent, and the words under it.

use matrix_sdk::ruma::events::room::{MediaSource, message::MessageType};
use vigie_chat::{Attachment, clean};

/// What a file without a name is called.
const NAMELESS: &str = "fichier";

/// A file with its words.
pub(super) struct Sent<'a> {
    pub(super) attachment: Attachment,
    pub(super) caption: Option<&'a str>,
}

/// The file of a message, if it is one, without its words.
pub(crate) fn file(message: &MessageType) -> Option<Attachment> {
    sent(message).map(|sent| sent.attachment)
}

/// The file of a message, if it is one.
pub(super) fn sent(message: &MessageType) -> Option<Sent<'_>> {
    let (source, name, caption, media_type, size) = match message {
        MessageType::File(file) => {
            let info = file.info.as_deref();
            let about = (info.and_then(|info| info.mimetype.clone()), info.and_then(|info| info.size));
            (&file.source, file.filename(), file.caption(), about.0, about.1)
        }
        MessageType::Image(image) => {
            let info = image.info.as_deref();
            let about = (info.and_then(|info| info.mimetype.clone()), info.and_then(|info| info.size));
            (&image.source, image.filename(), image.caption(), about.0, about.1)
        }
        MessageType::Video(video) => {
            let info = video.info.as_deref();
            let about = (info.and_then(|info| info.mimetype.clone()), info.and_then(|info| info.size));
            (&video.source, video.filename(), video.caption(), about.0, about.1)
        }
        MessageType::Audio(audio) => {
            let info = audio.info.as_deref();
            let about = (info.and_then(|info| info.mimetype.clone()), info.and_then(|info| info.size));
            (&audio.source, audio.filename(), audio.caption(), about.0, about.1)
        }
        _ => return None,
    };
    let attachment =
        Attachment { source: written(source)?, name: plain_name(name), media_type, size: size.map_or(0, u64::from) };
    Some(Sent { attachment, caption: caption.filter(|words| !words.trim().is_empty()) })
}

/// Where the bytes are, and the key to them if they are encrypted, as [`source`] reads it back.
fn written(source: &MediaSource) -> Option<String> {
    serde_json::to_string(source).ok()
}

/// Where the bytes of an attachment are.
pub(crate) fn source(attachment: &Attachment) -> Option<MediaSource> {
    serde_json::from_str(&attachment.source).ok()
}

/// The name without folders, and without what can't be seen.
fn plain_name(name: &str) -> String {
    let name = clean(name).replace('\n', " ");
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    if matches!(last, "" | "." | "..") { NAMELESS.to_owned() } else { last.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use serde_json::{Value, json};

    #[track_caller]
    fn check(content: Value, expected: &Expect) {
        let message: MessageType = serde_json::from_value(content).expect("a message");
        let sent = sent(&message).expect("a file");
        assert!(source(&sent.attachment).is_some(), "it can't be fetched");
        expected.assert_eq(&format!("{:?} {:?}", sent.caption, sent.attachment));
    }

    #[test]
    fn a_file_has_a_name_a_type_and_a_size() {
        check(
            json!({ "msgtype": "m.file", "body": "notes.md", "url": "mxc://exemple.fr/a",
                    "info": { "mimetype": "text/markdown", "size": 12 } }),
            &expect![[
                r#"None Attachment { source: "{\"url\":\"mxc://exemple.fr/a\"}", name: "notes.md", media_type: Some("text/markdown"), size: 12 }"#
            ]],
        );
    }

    #[test]
    fn a_caption_is_what_differs_from_the_name() {
        check(
            json!({ "msgtype": "m.image", "body": "!brief publier", "filename": "C:\\école\\sujet.png", "url": "mxc://exemple.fr/a" }),
            &expect![[
                r#"Some("!brief publier") Attachment { source: "{\"url\":\"mxc://exemple.fr/a\"}", name: "sujet.png", media_type: None, size: 0 }"#
            ]],
        );
        check(
            json!({ "msgtype": "m.video", "body": "a.mp4", "filename": "a.mp4", "url": "mxc://exemple.fr/a" }),
            &expect![[
                r#"None Attachment { source: "{\"url\":\"mxc://exemple.fr/a\"}", name: "a.mp4", media_type: None, size: 0 }"#
            ]],
        );
    }

    #[test]
    fn the_key_of_an_encrypted_file_is_kept() {
        let file = json!({
            "url": "mxc://exemple.fr/a", "v": "v2", "iv": "w+sE15fzSc0AAAAAAAAAAA", "hashes": { "sha256": "fdSLu/YkRx3Wyh3KQabP3rd6+SFiKg5lsJZQHtkSAYA" },
            "key": { "kty": "oct", "alg": "A256CTR", "ext": true, "key_ops": ["decrypt", "encrypt"], "k": "aWF6-32KGYaC3A_FEUCk1Bt0JA37zP0wrStgmdCaW-0" },
        });
        let content = json!({ "msgtype": "m.audio", "body": "../..", "file": file });
        let message: MessageType = serde_json::from_value(content).expect("a message");
        let sent = sent(&message).expect("a file");
        assert_eq!(sent.attachment.name, NAMELESS);
        let Some(MediaSource::Encrypted(read)) = source(&sent.attachment) else { panic!("the key is lost") };
        assert_eq!(serde_json::to_value(&*read).expect("JSON"), file);
    }

    #[test]
    fn names_have_no_folders() {
        for (name, plain) in [
            ("/etc/passwd", "passwd"),
            ("..\\..\\a b.md", "a b.md"),
            ("a\u{202e}fdp.exe", "afdp.exe"),
            ("dossier/", NAMELESS),
            ("..", NAMELESS),
            ("", NAMELESS),
            ("a\nb", "a b"),
        ] {
            assert_eq!(plain_name(name), plain, "{name:?}");
        }
    }
}
