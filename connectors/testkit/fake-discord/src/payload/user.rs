//! Users and the application, as JSON.

use serde_json::{Value, json};

use crate::{id::Id, world::UserData};

/// A user object.
pub(crate) fn user(user: &UserData) -> Value {
    json!({
        "id": user.id,
        "username": user.name,
        "discriminator": if user.is_a_bot { "0001" } else { "0" },
        "global_name": if user.is_a_bot { None } else { Some(&user.name) },
        "avatar": null,
        "avatar_decoration_data": null,
        "bot": user.is_a_bot,
        "public_flags": 0,
        "flags": 0,
    })
}

/// The application object of the bot.
pub(crate) fn application(id: Id, name: &str, guilds: usize) -> Value {
    json!({
        "id": id,
        "name": name,
        "icon": null,
        "description": "",
        "summary": "",
        "type": null,
        "bot_public": true,
        "bot_require_code_grant": false,
        "verify_key": "0".repeat(64),
        "flags": 1 << 23,
        "hook": true,
        "owner": {
            "id": "1000000000000000009", "username": "owner", "discriminator": "0", "global_name": "owner",
            "avatar": null, "public_flags": 0, "flags": 0,
        },
        "team": null,
        "approximate_guild_count": guilds,
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "integration_types_config": { "0": { "oauth2_install_params": { "scopes": ["applications.commands", "bot"], "permissions": "0" } } },
    })
}
