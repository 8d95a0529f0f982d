//! Names of commands and options, and their translations.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use regex::Regex;

use super::finding::Findings;
use super::place::Place;

/// The locales that Discord knows (its reference, "Locales").
const LOCALES: &[&str] = &[
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
];
/// From the reference of application commands.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$").expect("the expression of Discord's reference")
});
const MOST_NAME: usize = 32;

/// How a name may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameStyle {
    /// Typed after a slash: a word in lower case.
    Slash,
    /// Chosen in a menu: any text.
    Menu,
}

/// The name at a place, and its translations.
pub(super) fn check(owner: &Place<'_>, style: NameStyle, findings: &mut Findings) {
    owner.text_within("name", 1..=MOST_NAME, findings);
    localizations(owner, "name_localizations", 1..=MOST_NAME, findings);
    if style == NameStyle::Menu {
        return;
    }
    let translations = owner.get("name_localizations");
    let translated = translations.iter().flat_map(|place| {
        place
            .value
            .as_object()
            .into_iter()
            .flat_map(serde_json::Map::keys)
            .map(|locale| (place.clone(), locale.clone()))
    });
    for (place, key) in translated.chain([(owner.clone(), "name".to_owned())]) {
        let Some(name) = place.text(&key) else { continue };
        let has_other_length = !(1..=MOST_NAME).contains(&name.chars().count());
        if !has_other_length && (!NAME.is_match(name) || name.to_lowercase() != name) {
            let message = "Must be a word in lower case, of letters, digits, `-`, `_` and `'`.";
            findings.add(place.under(&key), "APPLICATION_COMMAND_INVALID_NAME", message);
        }
    }
}

/// Translations: a map from known locales to texts of this length.
pub(super) fn localizations(owner: &Place<'_>, key: &str, length: RangeInclusive<usize>, findings: &mut Findings) {
    let Some(map) = owner.get(key) else { return };
    let Some(texts) = map.value.as_object() else {
        findings.add(map.path, "DICT_TYPE_CONVERT", "This is not an object.");
        return;
    };
    for locale in texts.keys() {
        if LOCALES.contains(&locale.as_str()) {
            map.text_within(locale, length.clone(), findings);
        } else {
            findings.add(map.under(locale), "ENUM_TYPE_COERCE", "Discord has no such locale.");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::rules::testing::{Attempt, long};

    fn named(name: &str) -> Attempt {
        Attempt::command(json!({ "name": name, "description": "x" }))
    }

    #[test]
    fn a_name_is_a_word_in_lower_case() {
        for good in ["salle", "étape-2", "l'heure", "ทดสอบ", "नमस्ते", &long(32)] {
            named(good).accepted();
        }
        for bad in ["Salle", "deux mots", "é!", "a/b", "É"] {
            named(bad).refused(&["name: APPLICATION_COMMAND_INVALID_NAME"]);
        }
        named("").refused(&["name: BASE_TYPE_BAD_LENGTH"]);
        named(&long(33)).refused(&["name: BASE_TYPE_BAD_LENGTH"]);
    }

    #[test]
    fn translations_are_for_known_locales() {
        let translated =
            |names: Value| Attempt::command(json!({ "name": "room", "description": "x", "name_localizations": names }));
        translated(json!({ "fr": "salle", "es-419": "sala" })).accepted();
        translated(json!({ "fr-FR": "salle" })).refused(&["name_localizations/fr-FR: ENUM_TYPE_COERCE"]);
        translated(json!({ "fr": "Salle" })).refused(&["name_localizations/fr: APPLICATION_COMMAND_INVALID_NAME"]);
        Attempt::command(json!({ "name": "a", "description": "x", "description_localizations": { "fr": long(101) } }))
            .refused(&["description_localizations/fr: BASE_TYPE_BAD_LENGTH"]);
    }
}
