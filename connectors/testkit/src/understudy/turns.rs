//! What commands do, among them those that say something on the way.

use super::{Answer, Understudy, lines, refusals, tokens::Kept};
use vigie_chat::{Draft, Handled, Invocation, PersonId, Press, Privacy, Reply, SendError, Then, Visibility};

impl Understudy {
    /// What a command says in the end; some say something on the way.
    pub(super) async fn run(
        &self,
        invocation: &Invocation,
        owner: &PersonId,
        then: Then,
        reply: &dyn Reply,
    ) -> Result<Answer, SendError> {
        let Some(spec) = self.commands.find(&invocation.path) else {
            return Ok(Answer::refused(refusals::UNKNOWN));
        };
        let mut answer = Answer { draft: Draft::answer(), then, handled: Handled::Done };
        answer.draft = match invocation.path.as_str() {
            "lent" => {
                reply.progress(Privacy::Public).await?;
                self.waits().await;
                Draft::answer().paragraph("Voilà, c’était long.")
            }
            "avancement" => {
                reply.send(&self.seal(lines::halfway(invocation), owner)).await?;
                self.waits().await;
                answer.then = Then::Replace;
                lines::finished()
            }
            "suites" => {
                reply.send(&self.seal(Draft::answer().paragraph("D’abord ceci."), owner)).await?;
                reply.send(&self.seal(Draft::answer().paragraph("Puis cela."), owner)).await?;
                Draft::answer().private().paragraph("Enfin, pour vous seule.")
            }
            "maj" => {
                answer.then = Then::Replace;
                Draft::answer().paragraph("C’est à jour.")
            }
            "tard" => {
                reply.send(&self.seal(Draft::answer().paragraph("D’abord ceci."), owner)).await?;
                let form = lines::form().seal(|submit| self.tokens.keep(owner, Kept::Press(Press::run(submit))));
                match reply.form(&form).await {
                    Err(SendError::Expired) => Draft::answer().paragraph("Trop tard pour un formulaire."),
                    other => Draft::error().paragraph(format!("Le formulaire donne {other:?}.")),
                }
            }
            "bascule" => {
                let private = invocation.text("vers") == Some("privée");
                reply.progress(if private { Privacy::Public } else { Privacy::Private }).await?;
                let draft = Draft::answer().paragraph("La réponse a basculé.");
                if private { draft.private() } else { draft }
            }
            "lire" => match invocation.attachment("fichier") {
                Some(file) => lines::read(file, reply.fetch(file, 100).await),
                None => Draft::error().paragraph(refusals::UNKNOWN),
            },
            _ => lines::said(invocation),
        };
        if spec.visibility == Visibility::Private {
            answer.draft = answer.draft.private();
        }
        Ok(answer)
    }

    async fn waits(&self) {
        // The gate is never closed.
        if let Ok(permit) = self.gate.acquire().await {
            permit.forget();
        }
    }
}
