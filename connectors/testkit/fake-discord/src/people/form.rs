//! Forms (modals): what they ask, and what is sent back.

use serde_json::{Value, json};

use super::{Pending, Person, Seen, client};
use crate::{
    id::Id,
    interaction::{First, InteractionData, Kind},
    payload::Invocation,
};

/// A form that the bot opened.
#[derive(Clone, Debug)]
pub struct Form {
    json: Value,
    channel: Id,
    user: Id,
    message: Option<Id>,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    /// The field's `custom_id`, as the bot made it.
    pub custom_id: String,
    /// What is written above it.
    pub label: String,
    /// What it holds already.
    pub value: String,
    /// Whether it must be filled.
    pub is_required: bool,
    /// At least and at most that many characters.
    pub length: (u64, u64),
}

/// The form that an interaction opened.
pub(super) fn opened(interaction: &InteractionData) -> Option<Form> {
    let Some(First::Modal(json)) = &interaction.first else { return None };
    let (channel, user, message) = (interaction.channel, interaction.user, interaction.kind.message());
    Some(Form { json: json.clone(), channel, user, message })
}

impl Form {
    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        self.json["title"].as_str().unwrap_or_default()
    }

    /// Its `custom_id`, as the bot made it.
    #[must_use]
    pub fn custom_id(&self) -> &str {
        self.json["custom_id"].as_str().unwrap_or_default()
    }

    /// Its fields, from top to bottom.
    #[must_use]
    pub fn fields(&self) -> Vec<FormField> {
        let rows = self.json["components"].as_array().into_iter().flatten();
        rows.flat_map(fields_of).collect()
    }

    /// The form as Discord's JSON.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.json
    }
}

/// The fields of a row, or the one under a label.
fn fields_of(row: &Value) -> Vec<FormField> {
    let field = |json: &Value, label: &Value| FormField {
        custom_id: json["custom_id"].as_str().unwrap_or_default().to_owned(),
        label: label.as_str().unwrap_or_default().to_owned(),
        value: json["value"].as_str().unwrap_or_default().to_owned(),
        is_required: json["required"] != false,
        length: (json["min_length"].as_u64().unwrap_or(0), json["max_length"].as_u64().unwrap_or(4000)),
    };
    if row["component"]["type"] == 4 {
        return vec![field(&row["component"], &row["label"])];
    }
    let inputs = row["components"].as_array().into_iter().flatten().filter(|input| input["type"] == 4);
    inputs.map(|input| field(input, &input["label"])).collect()
}

/// The field `data` of a form filled in, or why Discord's application doesn't send it.
pub(super) fn fill<'a>(form: &Form, values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Value, String> {
    let mut fields = form.fields();
    for (name, value) in values {
        let mut named = fields.iter_mut().filter(|field| field.label == name || field.custom_id == name);
        let field = named.next().ok_or_else(|| format!("there is no field {name:?}, but {:?}", form.fields()))?;
        value.clone_into(&mut field.value);
    }
    for field in &fields {
        let length = field.value.chars().count() as u64;
        let (least, most) = field.length;
        if field.is_required && length == 0 {
            return Err(format!("{:?} is required", field.label));
        }
        if length > most || (length > 0 && length < least) {
            return Err(format!("{:?} has {length} characters; {least} to {most} are asked", field.label));
        }
    }
    let value = |custom_id: &Value| fields.iter().find(|field| *custom_id == field.custom_id).map(|field| &field.value);
    let rows = form.json["components"].as_array().into_iter().flatten().map(|row| {
        let sent =
            |input: &Value| json!({ "type": 4, "custom_id": input["custom_id"], "value": value(&input["custom_id"]) });
        if row["component"].is_object() {
            json!({ "type": 18, "component": sent(&row["component"]) })
        } else {
            let inputs = row["components"].as_array().into_iter().flatten().map(sent);
            json!({ "type": 1, "components": inputs.collect::<Vec<_>>() })
        }
    });
    Ok(json!({ "custom_id": form.json["custom_id"], "components": rows.collect::<Vec<_>>() }))
}

/// Sends a form that was filled in.
pub(super) fn send(person: &Person, form: &Form, data: Value, label: String) -> Pending {
    assert_eq!(person.id(), form.user, "{} doesn't see this form", person.name());
    let seen = |id| person.hub.look(|state| Seen::of(&person.hub, state, id, Some(person.id())));
    let message = form.message.and_then(seen).map(|seen| seen.json().clone());
    let message = message.map(|mut json| {
        if let Some(json) = json.as_object_mut() {
            json.remove("ephemeral");
        }
        json
    });
    let kind = Kind::Modal { message: form.message };
    let invocation = Invocation { kind, user: form.user, channel: form.channel, label, data, message };
    client::send(&person.hub, invocation)
}
