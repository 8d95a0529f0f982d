//! Discord conforms to what every network does.

use crate::stage::DiscordStage;

vigie_testkit::conformance!(async |app| DiscordStage::open(app).await);
