//! Payloads as Discord's application shows them.

use super::markdown;
use crate::render::{
    Payload,
    component::{Component, Row},
};

/// Everything that payloads say, in reading order.
pub(super) fn read(payloads: &[Payload]) -> String {
    let mut said = String::new();
    for (rank, payload) in payloads.iter().enumerate() {
        for embed in &payload.embeds {
            if rank == 0 {
                said.push_str(&markdown::read_title(embed.title.as_deref().unwrap_or_default()));
                said.push('\n');
            }
            description(embed.description.as_deref().unwrap_or_default(), payload, &mut said);
        }
    }
    for payload in payloads {
        payload.components.iter().for_each(|row| components(row, &mut said));
    }
    said
}

fn description(text: &str, payload: &Payload, said: &mut String) {
    for (rank, line) in text.lines().enumerate() {
        if rank == 0 && line.starts_with("-# (") && line.ends_with(')') {
            continue;
        }
        let line = markdown::read(line);
        said.push_str(&line);
        let told = payload.attachments.iter().find(|file| line == format!("Image\u{a0}: {}", file.filename));
        if let Some(file) = told {
            said.push_str(&file.description);
        }
        said.push('\n');
    }
}

fn components(row: &Row, said: &mut String) {
    for component in &row.components {
        match component {
            Component::Button(button) => {
                said.push_str(&button.label);
                said.extend(button.url.as_deref());
            }
            Component::Select(select) => {
                said.push_str(&select.placeholder);
                for option in &select.options {
                    said.push_str(&option.label);
                    said.extend(option.description.as_deref());
                }
            }
            Component::Text(_) => panic!("a field under a message"),
        }
        said.push('\n');
    }
}
