//! A real Synapse, as the connector's own tests stage it.

#[path = "../../../connectors/matrix/tests/it/bot.rs"]
#[allow(dead_code, reason = "those tests need more of it")]
mod bot;
#[path = "../../../connectors/matrix/tests/it/line.rs"]
#[allow(dead_code, reason = "those tests need more of it")]
mod line;
#[path = "../../../connectors/matrix/tests/it/reading.rs"]
mod reading;
#[path = "../../../connectors/matrix/tests/it/stage.rs"]
mod stage;
#[path = "../../../connectors/matrix/tests/it/town.rs"]
#[allow(dead_code, reason = "those tests need more of it")]
mod town;

pub(super) use stage::MatrixStage;
pub(super) use town::Privacy;
