//! One list of scenarios that every connector runs.
//!
//! A connector conforms when the same application is heard the same way through it as through any other. The application
//! is the [`Understudy`], which stands in for the real one; a network with its connector is a [`Stage`]; a scenario is a
//! function that has people act there and checks what each of them sees. Nothing here knows any network.
//!
//! # Writing a stage
//!
//! 1. Implement [`Stage`] in the connector's tests: its `open(app)` starts the network, or a fake one, with [`Actor`]s as
//!    its people, all in one shared room, and runs the connector against `app`.
//! 2. Keep a [`Bell`] and ring it whenever somebody may see something new. Everything waits for it; nothing sleeps.
//! 3. Turn what the network shows into [`Shown`]: the *words as read*, without the network's own markup. A stage that
//!    forgives a renderer's faults makes the suite worthless, so take markup off as the network's clients do.
//! 4. Say in [`Stage::cannot`] what the network can't do, and why. The methods for it may then be left out; each scenario
//!    that needs it prints one line and isn't played. Whatever isn't named there must work.
//! 5. Write `vigie_testkit::conformance!(async |app| MyStage::open(app).await);`, which becomes one test a scenario. A new
//!    scenario reaches every connector by itself. What is only for one network is played by [`rehearse`].
//!
//! `tests/village/` is a whole example: a network that can do everything, with its connector and its stage.
//!
//! After each scenario the connector is stopped, and must have had each event handled exactly once, to its end.

mod bell;
mod ending;
mod memory;
mod perform;
mod scenarios;
mod scene;
mod shown;
mod skill;
mod stage;
mod understudy;

pub use bell::Bell;
pub use ending::{Ending, Trouble};
pub use memory::Memory;
pub use perform::{outcome, perform, perform_where_possible, rehearse};
pub use scenarios::{SCENARIOS, Scenario};
pub use scene::Scene;
pub use shown::{Notified, Shown, ShownFile, heard};
pub use skill::Skill;
pub use stage::{Actor, HandedFile, Place, Stage};
pub use understudy::{Entry, Understudy};
