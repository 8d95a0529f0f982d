//! What the log may tell of a command that fails: of one that is answered in private, not even which it was.
//!
//! That somebody used `/amenagement` is itself health data, and the reference of a fault leads from a person to a line of the
//! log. So a private command has no name there, and a panic no place: what a panic says may quote what was typed, and the
//! standard library would print it.

tokio::task_local! {
    /// Set while a private command runs.
    static PRIVATE: ();
}

/// What a private command is called in the log.
pub(super) const A_PRIVATE_COMMAND: &str = "a private command";

/// How much the log may tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Which command it was.
    ByName,
    /// That there was one.
    Unnamed,
}

/// Does some work; if it panics, the log tells as much of it.
pub(super) async fn telling<T>(told: Told, work: impl Future<Output = T>) -> T {
    match told {
        Told::ByName => work.await,
        Told::Unnamed => PRIVATE.scope((), work).await,
    }
}

/// Has panics told in the log, by their place alone, rather than printed with what they say. For the program, at its start.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|panicked| {
        let place = panicked.location().map(ToString::to_string).unwrap_or_default();
        let place = place_of(place);
        tracing::error!(place, "a panic");
    }));
}

fn place_of(place: String) -> String {
    if PRIVATE.try_with(|()| ()).is_ok() { A_PRIVATE_COMMAND.to_owned() } else { place }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_private_command_has_no_place() {
        let place = || place_of("src/commands/amenagement.rs:1:1".to_owned());
        assert_eq!(telling(Told::Unnamed, async { place() }).await, A_PRIVATE_COMMAND);
        assert!(telling(Told::ByName, async { place() }).await.contains("amenagement"));
        let nested = telling(Told::Unnamed, async { tokio::task::spawn_blocking(place).await });
        assert!(nested.await.expect("it ends").contains("amenagement"), "another task isn't the command's");
    }
}
