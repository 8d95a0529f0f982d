//! `/livrable valider` and `/livrable reprendre`: a trainer's verdict on the newest version, which the team is told.

use super::{VERSION, named};
use crate::commands::context::{Context, Problem};
use crate::commands::which::Meant;
use crate::commands::{Command, params, which};
use crate::domain::limits;
use crate::domain::permission::Deed;
use crate::store::{Change, Deliverable, Handin, Judgement};
use crate::views;
use crate::views::deliverable::Told;
use vigie_chat::{CommandSpec, Draft, Invocation, ParamKind, ParamSpec, Person};

/// The parameter that holds a comment.
const COMMENTAIRE: &str = "commentaire";

/// `/livrable valider`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Valider(Verdict);

/// `/livrable reprendre`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Reprendre(Verdict);

/// What a trainer says, of what.
#[derive(Debug, Clone)]
struct Verdict {
    judgement: Judgement,
    deliverable: String,
    comment: Option<String>,
    team: Option<String>,
    /// The version that they saw, where they pressed something under it.
    version: Option<i64>,
}

impl Command for Valider {
    const PATH: &'static str = "livrable valider";
    const DEED: Deed = Deed::JudgeWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("valider", "Valide la dernière version d’un livrable, et le dit à l’équipe")
            .param(named::livrable())
            .param(which::equipe())
            .param(ParamSpec::new(COMMENTAIRE, "Commentaire pour l’équipe", ParamKind::Text))
            .param(super::version())
            .example(Invocation::new(Self::PATH).with(named::LIVRABLE, "L2").with(which::EQUIPE, "3"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        Verdict::read(invocation, Judgement::Accepted).map(Self)
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        self.0.give(context, Self::DEED).await
    }
}

impl Command for Reprendre {
    const PATH: &'static str = "livrable reprendre";
    const DEED: Deed = Deed::JudgeWork;

    fn spec() -> CommandSpec {
        CommandSpec::new("reprendre", "Renvoie la dernière version d’un livrable, avec un commentaire pour l’équipe")
            .param(named::livrable())
            .param(ParamSpec::new(COMMENTAIRE, "Ce qui est à reprendre", ParamKind::Text).required())
            .param(which::equipe())
            .param(super::version())
            .example(
                Invocation::new(Self::PATH)
                    .with(named::LIVRABLE, "L2")
                    .with(COMMENTAIRE, "Il manque le budget")
                    .with(which::EQUIPE, "3"),
            )
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        params::text(invocation, COMMENTAIRE)?;
        Verdict::read(invocation, Judgement::SentBack).map(Self)
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        self.0.give(context, Self::DEED).await
    }
}

impl Verdict {
    fn read(invocation: &Invocation, judgement: Judgement) -> Result<Self, Problem> {
        let comment = invocation.text(COMMENTAIRE).filter(|comment| !comment.trim().is_empty());
        let comment = comment.map(|comment| limits::COMMENT.read(comment)).transpose();
        Ok(Self {
            judgement,
            deliverable: params::text(invocation, named::LIVRABLE)?,
            comment: comment.map_err(|wrong| Problem::misread(wrong.to_string()))?,
            team: invocation.text(which::EQUIPE).map(str::to_owned),
            version: invocation.integer(VERSION),
        })
    }

    async fn give(self, context: &Context, deed: Deed) -> Result<Draft, Problem> {
        let meant = which::team(context, self.team.as_deref(), deed).await?;
        let deliverable = super::deliverable(context, &meant, &self.deliverable).await?;
        let Some(handin) = &deliverable.latest else {
            return Err(Problem::Refused(views::deliverable::nothing_handed_in(&deliverable)));
        };
        if self.version.is_some_and(|seen| seen != i64::from(handin.version)) {
            return Err(Problem::Refused(views::deliverable::newer(&deliverable, handin)));
        }
        if self.comment.is_none() && handin.verdict.as_ref().is_some_and(|said| said.judgement == self.judgement) {
            return Err(Problem::Refused(views::deliverable::already(&deliverable, handin, self.judgement)));
        }
        let mut write = meant.write(context).await?;
        match write.judge(handin.key, deliverable.revision, self.judgement, self.comment.as_deref()).await? {
            Change::Made => {}
            Change::Gone => return Err(Problem::Refused(views::deliverable::gone())),
            Change::Changed | Change::OfBrief | Change::Missing(_) => {
                // Only one transaction of a space is under way at a time: this one ends before what is now is read.
                drop(write);
                let now = super::again(context, &deliverable).await?;
                return Err(Problem::Refused(views::deliverable::changed(&meant.whose(context)?, &now)));
            }
        }
        let deed = match self.judgement {
            Judgement::Accepted => "deliverable.accepted",
            Judgement::SentBack => "deliverable.sent_back",
        };
        write.journal(deed, &super::about(&deliverable)).await?;
        write.commit().await?;
        self.tell(context, &meant, (&deliverable, handin)).await
    }

    /// Tells the team in its room; where it has none on this network, whoever handed it in is told in private. Where the
    /// team reads the answer itself, it is the answer.
    async fn tell(
        &self,
        context: &Context,
        meant: &Meant,
        (deliverable, handin): (&Deliverable, &Handin),
    ) -> Result<Draft, Problem> {
        let whose = meant.whose(context)?;
        let author = author(context, handin).await?;
        let verdict = (self.judgement, self.comment.as_deref());
        let notice = views::deliverable::notice(&whose, deliverable, handin, verdict, author.as_ref());
        if meant.is_here(context) {
            return Ok(notice);
        }
        let key = format!("verdict {} {}", handin.key.0, context.origin.event);
        let (sent, told) = match (&meant.team.room, &author) {
            (Some((network, room)), _) if *network == context.origin.connector => {
                (context.post(room, notice, &key).await, Told::InItsRoom)
            }
            (_, Some(author)) => (context.tell_person(&author.id, notice, &key).await, Told::ToItsAuthor),
            (_, None) => {
                return Ok(views::deliverable::answer(&whose, deliverable, handin, verdict.0, Told::NotReached));
            }
        };
        let told = match sent {
            Ok(_) => told,
            Err(error) => {
                tracing::warn!(%error, "a team could not be told of a verdict");
                Told::NotReached
            }
        };
        Ok(views::deliverable::answer(&whose, deliverable, handin, self.judgement, told))
    }
}

/// Who handed it in, on the network where it is judged.
async fn author(context: &Context, handin: &Handin) -> Result<Option<Person>, Problem> {
    let accounts = context.scope()?.accounts_of(handin.person).await?;
    let Some(account) = accounts.into_iter().find(|account| account.connector == context.origin.connector) else {
        return Ok(None);
    };
    Ok(Some(Person::new(account.id.as_str(), super::name_of(context, handin.person).await?)))
}
