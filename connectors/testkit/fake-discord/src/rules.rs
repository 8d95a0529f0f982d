//! Whether the body of a call is one that Discord takes: a stand-in that takes everything.

use serde_json::Value;

/// One REST call, as it came.
#[derive(Debug)]
pub struct Call<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The path, without `/api/v10`.
    pub path: &'a str,
    /// The JSON body, or the part `payload_json`.
    pub body: Option<&'a Value>,
    /// The files that came along.
    pub files: &'a [UploadedFile],
}

/// A file that came with a call.
#[derive(Clone, Debug)]
pub struct UploadedFile {
    /// The field of the form, such as `files[0]`.
    pub field: String,
    /// The file's name.
    pub name: String,
    /// How many bytes.
    pub size: usize,
}

/// Why Discord would refuse a call.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// Discord's own error code.
    pub code: u32,
    /// What is said about it.
    pub message: String,
    /// Where in the body it is.
    pub errors: Value,
}

/// The rules for bodies.
#[derive(Debug, Default)]
pub struct Rules;

impl Rules {
    /// Reads the rules.
    #[must_use]
    pub fn load() -> Self {
        Self
    }

    /// Whether each message must carry explicit `allowed_mentions`.
    #[must_use]
    pub fn demanding_allowed_mentions(self, _yes: bool) -> Self {
        self
    }

    /// Checks one call.
    ///
    /// # Errors
    ///
    /// When Discord would refuse it.
    pub fn check(&self, _call: &Call<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    /// Whether Discord's own description takes part in the checks.
    #[must_use]
    pub fn schema_in_use(&self) -> bool {
        false
    }
}
