//! What a connector can get wrong.

/// One thing that the messenger gets wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Parts of a long message say no number.
    LeavesPartsUnmarked,
    /// The last part of a long message comes first.
    TurnsPartsRound,
    /// A word is lost where a message is cut.
    ShortensParts,
    /// Private answers are for all.
    TellsAll,
    /// What bots say is heard, also what this one says.
    AnswersBots,
    /// Presses are heard twice.
    HearsTwice,
    /// Keys of deliveries aren't kept.
    ForgetsKeys,
    /// Asterisks are taken for markup.
    ReadsMarkup,
    /// `@everyone` in a text notifies everyone.
    NotifiesByText,
    /// Pictures come without a description.
    LosesAlternativeTexts,
    /// What should be edited is sent again.
    EditsBySending,
    /// Parts that an edit doesn't need any more stay.
    LeavesParts,
    /// Everything goes well, whatever the network says.
    HidesErrors,
    /// Whoever acts is told as Alice.
    TakesAllForAlice,
    /// A form that is closed is submitted.
    SubmitsCancelled,
    /// A stop doesn't wait for what is going on.
    DropsAtStop,
    /// Rooms that are opened for some are open to all.
    LetsAllIn,
}
