//! `/rappel supprimer` and `/rappel retablir`.

use super::{NUMERO, number_of, numero};
use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::domain::permission::Deed;
use crate::store::Undoing;
use crate::views;
use vigie_chat::{CommandSpec, Draft, Invocation, Text};

/// `/rappel supprimer`.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Supprimer {
    number: u32,
}

/// `/rappel retablir`.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Retablir {
    number: u32,
}

fn number(invocation: &Invocation) -> Result<u32, Problem> {
    number_of(invocation).ok_or_else(|| Problem::misread(Text::from("Il manque ").code(NUMERO).plain(".")))
}

impl Command for Supprimer {
    const PATH: &'static str = "rappel supprimer";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        CommandSpec::new("supprimer", "Supprime un rappel que vous avez demandé")
            .private()
            .param(numero().required())
            .example(Invocation::new(Self::PATH).with(NUMERO, 2))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { number: number(invocation)? })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let all = context.scope()?.reminders_of(context.here()?.person).await?;
        let Some(found) = all.iter().find(|one| one.number == self.number) else {
            return Err(Problem::Refused(views::reminder::no_such(self.number)));
        };
        let mut write = context.write().await?;
        if !write.forget_reminder(found.key).await? {
            return Err(Problem::Refused(views::reminder::no_such(self.number)));
        }
        write.journal("reminder.deleted", &format!("reminder:{}", found.key.0)).await?;
        write.commit().await?;
        Ok(views::reminder::deleted(found))
    }
}

impl Command for Retablir {
    const PATH: &'static str = "rappel retablir";
    const DEED: Deed = Deed::OwnThings;

    fn spec() -> CommandSpec {
        CommandSpec::new("retablir", "Rétablit un rappel que vous avez supprimé, pendant un jour")
            .private()
            .param(numero().required())
            .example(Invocation::new(Self::PATH).with(NUMERO, 2))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Ok(Self { number: number(invocation)? })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let mut write = context.write().await?;
        match write.restore_reminder(self.number).await? {
            Undoing::Undone => {}
            Undoing::TooLate => return Err(Problem::Refused(views::reminder::too_late(self.number))),
            Undoing::NotDeleted | Undoing::Full => {
                return Err(Problem::Refused(views::reminder::not_deleted(self.number)));
            }
        }
        write.commit().await?;
        Ok(views::reminder::restored(self.number))
    }
}
