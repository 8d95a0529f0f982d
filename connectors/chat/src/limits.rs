//! What fits every network.
//!
//! Discord is the strictest, so its limits hold for all: views cut what they show by these numbers, and
//! [`crate::CommandSet::check`] and [`crate::Message::check`] tell what doesn't fit. All lengths are in characters.
//!
//! Sources: Discord's "Application Command Object", "Component Reference", "Modal" and "Channel" pages (API v10).

/// Longest name of a command or a parameter.
pub const NAME: usize = 32;

/// Longest summary, and longest label, description or value of an option.
pub const WORDS: usize = 100;

/// Most options of a choice, and most parameters, subcommands or alternatives.
pub const MOST_OPTIONS: usize = 25;

/// Most commands.
pub const MOST_COMMANDS: usize = 100;

/// Longest command in all: names, summaries and values.
pub const WHOLE_COMMAND: usize = 8_000;

/// Longest words on a button or a link.
pub const BUTTON_LABEL: usize = 80;

/// Longest words that say what is chosen.
pub const PLACEHOLDER: usize = 150;

/// Longest name of a room that the bot opens.
pub const ROOM_NAME: usize = 100;

/// Most fields of a form.
pub const MOST_FIELDS: usize = 5;

/// Longest title of a form, and longest label of one of its fields.
pub const FIELD_LABEL: usize = 45;

/// Longest value that a field holds at first.
pub const FIELD_VALUE: usize = 4_000;
