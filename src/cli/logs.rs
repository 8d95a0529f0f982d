//! The log: on standard error, filtered, as text or JSON lines.

use anyhow::Context as _;
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// What is logged unless somebody asks for more or less: what an operator must see.
const BY_DEFAULT: &str = "warn,vigie=info,vigie_discord=info";

/// What is never logged below an error, whatever is asked: these crates write what passes through them, which is what
/// people say and the tokens of requests.
const NEVER: [&str; 8] = ["serenity", "tungstenite", "reqwest", "hyper", "hyper_util", "h2", "rustls", "sqlx"];

/// Starts the log. Without a filter, a conversation on the terminal is only interrupted by warnings.
pub(super) fn start(filter: Option<&str>, json: bool, quiet: bool) -> anyhow::Result<()> {
    let asked = filter.unwrap_or(if quiet { "warn" } else { BY_DEFAULT });
    let filter = filter_of(asked).with_context(|| format!("the log filter `{asked}` can't be read"))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    // A second start in one process (tests) leaves the first in force.
    let _ = if json { builder.json().try_init() } else { builder.with_ansi(colour).try_init() };
    Ok(())
}

fn filter_of(asked: &str) -> anyhow::Result<EnvFilter> {
    let mut filter = EnvFilter::try_new(asked)?;
    for target in NEVER {
        filter = filter.add_directive(format!("{target}=error").parse()?);
    }
    Ok(filter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_say_is_never_logged() {
        for asked in ["trace", "serenity=trace", "debug,serenity=debug,reqwest=trace"] {
            let filter = filter_of(asked).expect("a filter").to_string();
            for target in NEVER {
                let levels: Vec<&str> = filter.split(',').filter(|part| part.starts_with(target)).collect();
                assert!(levels.contains(&format!("{target}=error").as_str()), "{filter}");
                assert!(!levels.contains(&format!("{target}=trace").as_str()), "{filter}");
            }
        }
        assert!(filter_of("vigie=loud").is_err());
    }
}
