//! `vigie doctor`: what is in order and what isn't, one line each.

use super::{Failure, output};
use crate::app::health::{self, Sign, State};
use crate::app::shelf::Shelf;
use crate::config::Settings;
use anyhow::Context as _;
use std::fmt::Write as _;
use std::path::Path;
use vigie_chat::clean;

/// Arguments of `vigie doctor`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Write JSON: {"state", "signs": [{"about", "state", "says", "advice"}]}, states being ok, warning and problem.
    #[arg(long)]
    json: bool,
}

/// Looks at everything and tells. The status is 1 when there is a problem; a warning is none.
pub(super) fn run(args: &Args, config: Option<&Path>) -> Result<(), Failure> {
    let mut signs = Vec::new();
    match Settings::read(config) {
        Ok(settings) => {
            signs.push(Sign::ok("settings", "they can be used"));
            signs.push(referentiels(&settings));
            signs.extend(health::look(&settings).context("this machine")?);
        }
        // Without settings there is nothing else to look at. The sentence says what to do.
        Err(error) => signs.push(Sign::problem("settings", error.to_string())),
    }
    let worst = signs.iter().map(|sign| sign.state).max().unwrap_or(State::Ok);
    output(&if args.json { json(worst, &signs) } else { lines(&signs) })?;
    if worst == State::Problem { Err(Failure::Status(1)) } else { Ok(()) }
}

/// The référentiels and their index, loaded as at a start.
fn referentiels(settings: &Settings) -> Sign {
    let about = "référentiels";
    match Shelf::open(settings.referentiels_dir.as_deref(), settings.index_dir.as_deref()) {
        Ok(shelf) => Sign::ok(about, format!("{} are loaded and indexed", shelf.library().referentiels.len())),
        Err(error) => Sign::problem(about, error.to_string())
            .advising("`vigie referentiel check` tells the defects of files; the folder of the index must be writable"),
    }
}

fn lines(signs: &[Sign]) -> String {
    let wide = signs.iter().map(|sign| sign.about.chars().count()).max().unwrap_or_default();
    signs.iter().fold(String::new(), |mut text, Sign { about, state, says, advice }| {
        let state = match state {
            State::Ok => "ok",
            State::Warning => "warning",
            State::Problem => "problem",
        };
        let advice = advice.as_ref().map(|advice| format!(". {advice}")).unwrap_or_default();
        let said = format!("{says}{advice}").replace('\n', " ");
        // Writing to a string never fails.
        let _ = writeln!(text, "{state:<8} {about:<wide$}  {}", clean(&said));
        text
    })
}

fn json(worst: State, signs: &[Sign]) -> String {
    format!("{}\n", serde_json::json!({ "state": worst, "signs": signs }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn each_thing_has_a_line_that_says_what_to_do() {
        let signs = [
            Sign::ok("settings", "they can be used"),
            Sign::warning("matrix: rooms", "the homeserver\nanswered 429"),
            Sign::problem("discord", "the token is refused").advising("Copy it anew"),
        ];
        expect![[r"
            ok       settings       they can be used
            warning  matrix: rooms  the homeserver answered 429
            problem  discord        the token is refused. Copy it anew
        "]]
        .assert_eq(&lines(&signs));
        let worst = signs.iter().map(|sign| sign.state).max();
        assert_eq!(worst, Some(State::Problem));
        assert!(json(State::Problem, &signs).contains(r#""state":"warning""#));
    }
}
