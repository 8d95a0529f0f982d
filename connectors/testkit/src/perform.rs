//! Playing a scenario on a stage.

use crate::{Ending, SCENARIOS, Scenario, Scene, Stage, Trouble, Understudy};
use std::sync::Arc;
use vigie_chat::App;

/// Plays the scenario of this name on a stage that `open` opens.
///
/// This is what each test of [`conformance!`](crate::conformance) calls.
///
/// # Panics
///
/// When the connector doesn't conform, with all that was seen and heard.
pub fn perform<S: Stage + 'static>(name: &str, open: impl AsyncFnOnce(Arc<dyn App>) -> S) {
    if let Err(words) = outcome(name, open) {
        panic!("{words}");
    }
}

/// Plays the scenario of this name on a stage that `open` opens, or nothing where it opens none.
///
/// # Panics
///
/// As [`perform`].
pub fn perform_where_possible<S: Stage + 'static>(name: &str, open: impl AsyncFnOnce(Arc<dyn App>) -> Option<S>) {
    let scenario = named(name);
    if let Err(words) = played(scenario.name, open, scenario.play) {
        panic!("{words}");
    }
}

/// Plays the scenario of this name on a stage that `open` opens.
///
/// # Errors
///
/// When the connector doesn't conform, what went wrong and all that was seen and heard.
///
/// # Panics
///
/// When there is no such scenario, or the stage itself panics.
pub fn outcome<S: Stage + 'static>(name: &str, open: impl AsyncFnOnce(Arc<dyn App>) -> S) -> Result<(), String> {
    let scenario = named(name);
    rehearse(scenario.name, open, scenario.play)
}

fn named(name: &str) -> &'static Scenario {
    let scenario = SCENARIOS.iter().find(|scenario| scenario.name == name);
    scenario.unwrap_or_else(|| panic!("there is no scenario {name:?}"))
}

/// Plays a scenario that is only for one network, such as what a connector does about that network's own faults.
///
/// It has a runtime of its own, and ends as every scenario does: the connector is stopped, and must have had each event
/// handled exactly once, to its end.
///
/// # Errors
///
/// As [`outcome`].
///
/// # Panics
///
/// When the system gives no thread, or the stage panics.
pub fn rehearse<S: Stage + 'static>(
    name: &'static str,
    open: impl AsyncFnOnce(Arc<dyn App>) -> S,
    play: impl AsyncFnOnce(&Scene) -> Ending,
) -> Result<(), String> {
    played(name, async |app| Some(open(app).await), play)
}

fn played<S: Stage + 'static>(
    name: &'static str,
    open: impl AsyncFnOnce(Arc<dyn App>) -> Option<S>,
    play: impl AsyncFnOnce(&Scene) -> Ending,
) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("the system gives threads");
    let outcome = runtime.block_on(async {
        let app = Arc::new(Understudy::default());
        let Some(stage) = open(Arc::clone(&app) as Arc<dyn App>).await else { return Ok(()) };
        let scene = Scene::new(name, Box::new(stage), app);
        let ending = match play(&scene).await {
            Ok(()) => scene.closes().await,
            trouble => trouble,
        };
        match ending {
            Err(Trouble::Failed(words)) => {
                let account = scene.account().await;
                Err(format!("{name} on {}: {words}{account}", scene.stage().network()))
            }
            Ok(()) | Err(Trouble::LeftOut(_)) => Ok(()),
        }
    });
    // What a stage leaves running isn't waited for.
    runtime.shutdown_background();
    outcome
}
