//! What is said to the bot in words: in a direct message, or where it is mentioned.
//!
//! Without the message-content intent Discord shows the bot exactly these.

use serenity::all::{Message, MessageType, UserId};
use vigie_chat::{Directory, Person, Room, RoomId, RoomKind};

/// What a message says to the bot; `None` when it isn't meant for it.
///
/// Bots, the bot itself and webhooks are never answered, so that two bots can't talk to each other for ever.
pub(crate) fn said_to(bot: UserId, message: &Message) -> Option<String> {
    let by_person = !message.author.bot && !message.author.system && message.webhook_id.is_none();
    let ordinary = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    if !by_person || !ordinary {
        return None;
    }
    let mentions = [format!("<@{bot}>"), format!("<@!{bot}>")];
    let mentioned = mentions.iter().any(|mention| message.content.contains(mention.as_str()));
    if message.guild_id.is_some() && !mentioned {
        return None;
    }
    let words = mentions.iter().fold(message.content.clone(), |text, mention| text.replace(mention.as_str(), " "));
    let words = words.trim().trim_start_matches([',', ':']).trim().to_owned();
    // A picture or a sticker alone says nothing; a mention alone calls the bot.
    (!words.is_empty() || mentioned).then_some(words)
}

/// The people and rooms that a message names.
pub(crate) struct Named<'a>(pub(crate) &'a Message);

impl Directory for Named<'_> {
    fn person(&self, typed: &str) -> Option<Person> {
        let id = typed.strip_prefix("<@")?.strip_suffix('>')?.trim_start_matches('!');
        let user = self.0.mentions.iter().find(|user| user.id.to_string() == id)?;
        let nick = user.member.as_deref().and_then(|member| member.nick.as_deref());
        Some(Person::new(id, nick.unwrap_or_else(|| user.display_name())))
    }

    fn room(&self, typed: &str) -> Option<Room> {
        let id = typed.strip_prefix("<#")?.strip_suffix('>')?;
        let digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| Room { id: RoomId::new(id), kind: RoomKind::Shared })
    }
}
