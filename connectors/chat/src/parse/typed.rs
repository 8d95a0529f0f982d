//! Writing an invocation as a person would type it.

use super::{Directory, Reading, read};
use crate::{
    command::{CommandSet, CommandSpec, Need, ParamKind},
    event::{Attachment, Room},
    id::Person,
    invocation::{Invocation, Value},
};

impl Invocation {
    /// The line that a person would type, without its mark.
    ///
    /// Required values come by place and without quotes where that reads back as the same invocation, the others by
    /// name. Files can't be typed and are left out.
    ///
    /// ```
    /// use vigie_chat::{CommandSet, CommandSpec, Invocation, ParamKind, ParamSpec};
    /// let texte = ParamSpec::new("texte", "Ce que vous cherchez", ParamKind::Text).required();
    /// let page = ParamSpec::new("page", "Page", ParamKind::Integer { min: 1, max: 9 });
    /// let commands = CommandSet::new(vec![CommandSpec::new("chercher", "Cherche").param(texte).param(page)]);
    /// let next = Invocation::new("chercher").with("texte", "droit à l’oubli").with("page", 2);
    /// assert_eq!(next.to_typed(&commands), "chercher droit à l’oubli page:2");
    /// ```
    #[must_use]
    pub fn to_typed(&self, commands: &CommandSet) -> String {
        let Some(spec) = commands.find(&self.path) else {
            return self.written(&[], Quoting::WhereNeeded);
        };
        let required: Vec<&str> =
            spec.params.iter().filter(|p| p.need == Need::Required).map(|p| p.name.as_str()).collect();
        [Quoting::Never, Quoting::WhereNeeded]
            .into_iter()
            .map(|quoting| self.written(&required, quoting))
            .find(|line| self.reads_back(commands, spec, line))
            .unwrap_or_else(|| self.written(&[], Quoting::WhereNeeded))
    }

    /// The line with these parameters by place and the others by name.
    fn written(&self, by_place: &[&str], quoting: Quoting) -> String {
        let mut line = self.path.to_string();
        for name in by_place {
            if let Some(value) = self.args.get(*name).and_then(spelt) {
                line.push(' ');
                line.push_str(&quoting.apply(&value));
            }
        }
        for (name, value) in self.args.iter().filter(|(name, _)| !by_place.contains(&name.as_str())) {
            if let Some(value) = spelt(value) {
                line.extend([" ", name, ":", &Quoting::WhereNeeded.apply(&value)]);
            }
        }
        line
    }

    fn reads_back(&self, commands: &CommandSet, spec: &CommandSpec, line: &str) -> bool {
        let in_order = spec.params.iter().filter(|p| p.kind == ParamKind::Attachment);
        let files: Vec<Attachment> = in_order.filter_map(|p| self.attachment(&p.name).cloned()).collect();
        matches!(read(commands, &format!("/{line}"), self, &files), Reading::Command(read) if read == *self)
    }
}

/// The people and rooms that an invocation names.
impl Directory for Invocation {
    fn person(&self, typed: &str) -> Option<Person> {
        self.args.values().find_map(|value| match value {
            Value::Person(person) if typed.strip_prefix('@') == Some(person.id.as_str()) => Some(person.clone()),
            _ => None,
        })
    }

    fn room(&self, typed: &str) -> Option<Room> {
        self.args.values().find_map(|value| match value {
            Value::Room(room) if typed.strip_prefix('#') == Some(room.id.as_str()) => Some(room.clone()),
            _ => None,
        })
    }
}

fn spelt(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Person(person) => Some(format!("@{}", person.id)),
        Value::Room(room) => Some(format!("#{}", room.id)),
        Value::Attachment(_) => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoting {
    Never,
    WhereNeeded,
}

impl Quoting {
    fn apply(self, value: &str) -> String {
        let special = |c: char| c.is_whitespace() || matches!(c, '"' | '«' | '“' | ':' | '=' | '\\');
        if self == Self::Never || !(value.is_empty() || value.contains(special)) {
            return value.to_owned();
        }
        format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
