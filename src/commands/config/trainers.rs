//! `/config formateur`: who is a trainer in a space, by a role of the network or by name.

use crate::commands::Command;
use crate::commands::context::{Context, Problem};
use crate::commands::equipe::{named, who};
use crate::domain::permission::Deed;
use crate::store::{Adding, Trainer};
use crate::views;
use vigie_chat::{Alternative, CommandSpec, Draft, Invocation, ParamKind, ParamSpec, Person, RoleId, folded};

const ROLE: &str = "role";
const PERSONNE: &str = "personne";
const ACTION: &str = "action";

/// Longest name of a role that is looked at, in characters. Networks allow at most as many.
const LONGEST: usize = 100;

/// `/config formateur`.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Formateur {
    role: Option<String>,
    person: Option<Person>,
    action: Action,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Add,
    Remove,
}

impl Command for Formateur {
    const PATH: &'static str = "config formateur";
    const DEED: Deed = Deed::Configure;

    fn spec() -> CommandSpec {
        let actions = vec![Alternative::new("ajouter", "Ajouter"), Alternative::new("retirer", "Retirer")];
        CommandSpec::new("formateur", "Dire qui est formateur ici, par un rôle ou par personne")
            .details(
                "Sans rien préciser, montre les formateurs. Un rôle se dit par son nom si vous le portez, ou par son \
                 identifiant. Tant qu’aucun rôle n’est choisi, celui qui s’appelle «\u{a0}formateur\u{a0}» en tient lieu. Par \
                 personne, le choix vaut aussi en message privé et sur l’autre réseau.",
            )
            .private()
            .param(ParamSpec::new(ROLE, "Nom ou identifiant du rôle", ParamKind::Text))
            .param(ParamSpec::new(PERSONNE, "Une personne", ParamKind::Person))
            .param(ParamSpec::new(ACTION, "Ajouter, à défaut", ParamKind::Choice(actions)))
            .example(Invocation::new(Self::PATH))
            .example(Invocation::new(Self::PATH).with(ROLE, "Intervenants"))
    }

    fn read(invocation: &Invocation) -> Result<Self, Problem> {
        let role = invocation.text(ROLE).map(str::trim).filter(|role| !role.is_empty());
        Ok(Self {
            role: role.map(str::to_owned),
            person: invocation.person(PERSONNE).cloned(),
            action: if invocation.text(ACTION) == Some("retirer") { Action::Remove } else { Action::Add },
        })
    }

    async fn run(self, context: &Context) -> Result<Draft, Problem> {
        let chosen = context.scope()?.trainers().await?;
        let meant = match (&self.role, &self.person) {
            (None, None) => return Ok(views::config::trainers(&chosen)),
            (Some(_), Some(_)) => return Err(Problem::Misread(views::config::role_or_person())),
            (Some(role), None) => find_role(context, role, &chosen)?,
            (None, Some(person)) => {
                let key = named(context, person).await?;
                let name = who(context, key).await?;
                Trainer::Person { person: key, name: Some(views::team::name_of(&name).to_owned()) }
            }
        };
        let mut write = context.write().await?;
        if self.action == Action::Remove {
            if !write.remove_trainer(&meant).await? {
                return Err(Problem::Refused(views::config::not_a_trainer(&meant)));
            }
        } else {
            match write.add_trainer(&meant).await? {
                Adding::Added => {}
                Adding::Known => return Err(Problem::Refused(views::config::trainer_already(&meant))),
                Adding::TooMany { most } => return Err(Problem::Refused(views::config::too_many_trainers(most))),
                Adding::NotThere => return Err(Problem::Fault("somebody who was just met isn't there".to_owned())),
            }
        }
        write.commit().await?;
        let now = context.scope()?.trainers().await?;
        Ok(match self.action {
            Action::Add => views::config::trainer_added(&meant, &now),
            Action::Remove => views::config::trainer_removed(&meant, &now),
        })
    }
}

/// The role that is meant: one that whoever asks wears, one that was chosen, or an identifier.
fn find_role(context: &Context, typed: &str, chosen: &[Trainer]) -> Result<Trainer, Problem> {
    let connector = &context.origin.connector;
    if typed.chars().count() > LONGEST {
        return Err(Problem::Misread(views::config::no_such_role(typed)));
    }
    // As Discord writes a role that is mentioned.
    let typed = typed.strip_prefix("<@&").and_then(|rest| rest.strip_suffix('>')).unwrap_or(typed);
    let bare = typed.trim_start_matches('@').trim();
    let role = |role: &RoleId, label: &str| Trainer::Role {
        connector: connector.clone(),
        role: role.clone(),
        label: label.to_owned(),
    };
    let is = |id: &RoleId, name: &str| id.as_str() == bare || folded(name) == folded(bare);
    let mut worn: Vec<Trainer> = context
        .origin
        .roles
        .iter()
        .filter(|worn| is(&worn.id, &worn.name))
        .map(|worn| role(&worn.id, &worn.name))
        .collect();
    for trainer in chosen {
        if let Trainer::Role { connector: of, role: id, label } = trainer
            && of == connector
            && is(id, label)
            && !worn.iter().any(|known| matches!(known, Trainer::Role { role, .. } if role == id))
        {
            worn.push(trainer.clone());
        }
    }
    match worn.as_slice() {
        [one] => Ok(one.clone()),
        [] if !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit()) => Ok(role(&RoleId::new(bare), bare)),
        [] => Err(Problem::Misread(views::config::no_such_role(typed))),
        _ => Err(Problem::Misread(views::config::several_roles(typed))),
    }
}
