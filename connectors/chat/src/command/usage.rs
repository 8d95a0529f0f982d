//! How a command is written, for help and hints.

use super::{CommandSpec, Need};
use crate::invocation::CommandPath;

impl CommandSpec {
    /// How the command is written, without its mark: `chercher texte [referentiel] [type]`, `equipe creer | rejoindre`.
    #[must_use]
    pub fn usage(&self, path: &CommandPath) -> String {
        let mut usage = path.to_string();
        for param in &self.params {
            usage.push(' ');
            match param.need {
                Need::Required => usage.push_str(&param.name),
                Need::Optional => usage.extend(["[", &param.name, "]"]),
            }
        }
        let names: Vec<&str> = self.subcommands.iter().map(|sub| sub.name.as_str()).collect();
        if !names.is_empty() {
            usage.push(' ');
            usage.push_str(&names.join(" | "));
        }
        usage
    }
}
