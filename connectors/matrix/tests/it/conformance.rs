//! Matrix conforms to what every network does, in a plain room and in an encrypted one.

use crate::{stage::MatrixStage, town::Privacy};

/// In a room that everybody in between can read.
mod plain {
    use super::{MatrixStage, Privacy};

    vigie_testkit::conformance!(where possible: async |app| MatrixStage::open(app, Privacy::Plain).await);
}

/// In a room that only its members can read.
mod encrypted {
    use super::{MatrixStage, Privacy};

    vigie_testkit::conformance!(where possible: async |app| MatrixStage::open(app, Privacy::Encrypted).await);
}
