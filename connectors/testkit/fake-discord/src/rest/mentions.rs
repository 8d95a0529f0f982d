//! Whom a message mentions: what its text says, as far as `allowed_mentions` lets it.
//!
//! Without `allowed_mentions` Discord pings everybody whom the text names. Text between backquotes names nobody.

use serde_json::Value;

use super::channels::id_of;
use crate::{hub::State, id::Id, permissions::Permissions, world::MessageData};

/// Sets the mentions of a message from its content.
pub(crate) fn mention(state: &State, message: &mut MessageData, allowed: Option<&Value>) {
    let text = outside_code(&message.content);
    let allowed = Allowed::read(allowed);
    let is_user = |id: &Id| state.world.users.contains_key(id);
    message.mentions = named(&text, "<@").into_iter().filter(|id| is_user(id) && allowed.users.lets(*id)).collect();
    let roles = named(&text, "<@&").into_iter();
    message.mention_roles = roles.filter(|id| !is_user(id) && allowed.roles.lets(*id)).collect();
    let author = message.author;
    let may = message
        .guild
        .and(state.world.channels.get(&message.channel))
        .is_some_and(|channel| state.world.permissions(author, channel).has(Permissions::MENTION_EVERYONE));
    message.mention_everyone = allowed.everyone && may && (text.contains("@everyone") || text.contains("@here"));
}

/// The ids in `<@1>`, `<@!1>` or `<@&1>`, once each.
fn named(text: &str, opening: &str) -> Vec<Id> {
    let mut found = Vec::new();
    for piece in text.split(opening).skip(1) {
        let id = piece.split_once('>').map(|(id, _)| id.trim_start_matches('!')).and_then(Id::parse);
        if let Some(id) = id.filter(|id| !found.contains(id)) {
            found.push(id);
        }
    }
    found
}

fn outside_code(text: &str) -> String {
    let without_blocks: String = text.split("```").step_by(2).collect::<Vec<_>>().join(" ");
    without_blocks.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

struct Allowed {
    users: Among,
    roles: Among,
    everyone: bool,
}

enum Among {
    All,
    These(Vec<Id>),
}

impl Among {
    fn lets(&self, id: Id) -> bool {
        match self {
            Self::All => true,
            Self::These(ids) => ids.contains(&id),
        }
    }
}

impl Allowed {
    fn read(allowed: Option<&Value>) -> Self {
        let Some(allowed) = allowed.filter(|allowed| allowed.is_object()) else {
            return Self { users: Among::All, roles: Among::All, everyone: true };
        };
        let parses = |kind: &str| {
            allowed["parse"].as_array().is_some_and(|kinds| kinds.iter().any(|other| other.as_str() == Some(kind)))
        };
        let among = |kind: &str| {
            if parses(kind) {
                return Among::All;
            }
            Among::These(allowed[kind].as_array().into_iter().flatten().filter_map(id_of).collect())
        };
        Self { users: among("users"), roles: among("roles"), everyone: parses("everyone") }
    }
}
