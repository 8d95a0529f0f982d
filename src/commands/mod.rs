//! The chat commands: one file each, with its definition, how it is read, and what it does.
//!
//! [`ALL`] is the one list; the parser, the networks' registrations, help and `docs/commands.md` all come from it.

mod aide;
mod amenagement;
mod among;
mod bloc;
mod brief;
mod cabinet;
mod calendars;
mod chercher;
mod competence;
mod completing;
mod compte;
mod config;
mod context;
mod criteres;
mod documentation;
mod donnees;
mod drawn;
mod elsewhere;
mod equip;
mod equipe;
mod files;
mod grille;
mod here;
mod heures;
mod jalon;
mod lexique;
mod livrable;
mod meant;
mod moment;
mod params;
mod plan;
mod planning;
mod rappel;
mod referentiel;
mod resolve;
mod soutenance;
mod suivi;
mod which;

use crate::domain::accommodation::may_tell_of_health;
use crate::domain::date::looks_like_a_date;
use crate::domain::duration::read_several;
use crate::domain::permission::{Deed, Hat, may};
use crate::domain::reminder::recurrence::looks_like_a_rule;
use crate::library::Library;
use crate::store::Store;
pub use cabinet::{Cabinet, handin_files, quotas};
pub use calendars::calendar_of;
pub use context::{Chance, Context, Lasts, Problem, Seal, Tried};
pub use documentation::documentation;
pub use files::Files;
pub use here::{Here, ZONE};
pub use meant::meant;

use futures::future::BoxFuture;
use vigie_chat::{Audience, CommandPath, CommandSet, CommandSpec, CompletionQuery, Draft, Invocation, Suggestion};

/// A command: its definition and what it does. Its fields are its values.
pub trait Command: Sized + Send {
    /// Words of the command, such as `amenagement temps`.
    const PATH: &'static str;

    /// What it is, among the deeds that are allowed or not. Where it is about a team, whether somebody belongs to it is asked
    /// when the team is known.
    const DEED: Deed;

    /// Its definition, but for who may use it: that follows from the deed.
    fn spec() -> CommandSpec;

    /// Takes the values out of an invocation.
    ///
    /// # Errors
    ///
    /// [`Problem::Misread`] when a value can't be what the command needs.
    fn read(invocation: &Invocation) -> Result<Self, Problem>;

    /// Does it, and says what came of it.
    ///
    /// # Errors
    ///
    /// [`Problem`], which says what the person can do next.
    fn run(self, context: &Context) -> impl Future<Output = Result<Draft, Problem>> + Send;
}

/// One line of the list of commands.
#[derive(Clone, Copy)]
pub struct Entry {
    path: &'static str,
    deed: Deed,
    spec: fn() -> CommandSpec,
    run: for<'a> fn(&'a Invocation, &'a Context) -> BoxFuture<'a, Result<Draft, Problem>>,
}

const fn entry<C: Command>() -> Entry {
    Entry {
        path: C::PATH,
        deed: C::DEED,
        spec: C::spec,
        run: |invocation, context| Box::pin(async move { C::read(invocation)?.run(context).await }),
    }
}

/// Every command, in the order in which help shows them.
pub const ALL: [Entry; 79] = [
    entry::<chercher::Chercher>(),
    entry::<competence::Competence>(),
    entry::<criteres::Criteres>(),
    entry::<bloc::BlocCommand>(),
    entry::<referentiel::ReferentielCommand>(),
    entry::<lexique::Lexique>(),
    entry::<amenagement::Procedure>(),
    entry::<amenagement::Temps>(),
    entry::<amenagement::Contact>(),
    entry::<amenagement::Rappel>(),
    entry::<amenagement::Oublier>(),
    entry::<brief::Publier>(),
    entry::<brief::Voir>(),
    entry::<brief::Liste>(),
    entry::<brief::Modifier>(),
    entry::<brief::Appliquer>(),
    entry::<brief::Abandonner>(),
    entry::<brief::Cloturer>(),
    entry::<equipe::Creer>(),
    entry::<equipe::Rejoindre>(),
    entry::<equipe::Accepter>(),
    entry::<equipe::Quitter>(),
    entry::<equipe::Voir>(),
    entry::<equipe::Membre>(),
    entry::<equipe::Salon>(),
    entry::<equipe::Renommer>(),
    entry::<equipe::Dissoudre>(),
    entry::<jalon::Ajouter>(),
    entry::<jalon::Liste>(),
    entry::<jalon::Modifier>(),
    entry::<jalon::Fait>(),
    entry::<jalon::Rouvrir>(),
    entry::<jalon::Bloque>(),
    entry::<jalon::Supprimer>(),
    entry::<jalon::Retablir>(),
    entry::<planning::Planning>(),
    entry::<livrable::Liste>(),
    entry::<livrable::Deposer>(),
    entry::<livrable::Retirer>(),
    entry::<livrable::Retablir>(),
    entry::<livrable::Valider>(),
    entry::<livrable::Reprendre>(),
    entry::<livrable::Fichier>(),
    entry::<heures::Ajouter>(),
    entry::<heures::Voir>(),
    entry::<heures::Retirer>(),
    entry::<grille::Voir>(),
    entry::<grille::Manque>(),
    entry::<grille::Couvrir>(),
    entry::<grille::Exporter>(),
    entry::<suivi::Suivi>(),
    entry::<soutenance::Planifier>(),
    entry::<soutenance::Voir>(),
    entry::<soutenance::Repetition>(),
    entry::<rappel::Ajouter>(),
    entry::<rappel::Liste>(),
    entry::<rappel::Reporter>(),
    entry::<rappel::Fait>(),
    entry::<rappel::Ouvrir>(),
    entry::<rappel::Supprimer>(),
    entry::<rappel::Retablir>(),
    entry::<rappel::Reglages>(),
    entry::<rappel::Simuler>(),
    entry::<rappel::Calendrier>(),
    entry::<compte::Code>(),
    entry::<compte::Relier>(),
    entry::<compte::Delier>(),
    entry::<compte::Voir>(),
    entry::<compte::Fuseau>(),
    entry::<compte::Affichage>(),
    entry::<donnees::Exporter>(),
    entry::<donnees::Effacer>(),
    entry::<config::Voir>(),
    entry::<config::Code>(),
    entry::<config::Rattacher>(),
    entry::<config::Detacher>(),
    entry::<config::Formateur>(),
    entry::<config::Fuseau>(),
    entry::<aide::Aide>(),
];

/// Groups of commands, and what each is about.
const GROUPS: [(&str, &str); 12] = [
    ("amenagement", "Aménagements pour les candidats en situation de handicap, toujours en privé"),
    ("brief", "Les sujets de MSPR\u{a0}: les lire, et pour les formateurs les publier et les tenir"),
    ("equipe", "Les équipes d’un sujet\u{a0}: en créer une, y entrer, la quitter, voir où elle en est"),
    ("jalon", "Jalons de l’équipe\u{a0}: ce qui est prévu, par qui et pour quand"),
    ("livrable", "Livrables d’une équipe\u{a0}: dépôts, reçus, avis du formateur"),
    ("heures", "Heures de préparation passées par l’équipe"),
    ("grille", "Grille d’une équipe\u{a0}: critères couverts, preuves, ce qui manque"),
    ("soutenance", "Les soutenances\u{a0}: créneaux, et répétition devant les critères du jury"),
    ("rappel", "Vos rappels\u{a0}: en demander, les voir, les reporter, choisir quand ils arrivent"),
    ("compte", "Vos comptes sur plusieurs réseaux, votre fuseau horaire, votre affichage"),
    ("donnees", "Ce que je garde sur vous\u{a0}: le recevoir, l’effacer"),
    ("config", "Réglages de cet espace, pour son administration"),
];

/// The definitions of all commands.
#[must_use]
pub fn set() -> CommandSet {
    let mut specs: Vec<CommandSpec> = Vec::new();
    for entry in ALL {
        let spec = (entry.spec)().who(audience(entry.deed));
        let Some((group, _)) = entry.path.split_once(' ') else {
            specs.push(spec);
            continue;
        };
        if let Some(known) = specs.iter_mut().find(|known| known.name == group) {
            // A network hides a whole group or nothing of it: from those who may use none of it.
            known.who = known.who.min(spec.who);
            known.subcommands.push(spec);
        } else {
            let summary = GROUPS.iter().find(|(name, _)| *name == group).map_or(group, |(_, summary)| summary);
            specs.push(CommandSpec::new(group, summary).who(spec.who).subcommand(spec));
        }
    }
    CommandSet::new(specs)
        // A rule may begin as a date does: « le 1er du mois ».
        .reading_dates(|text| looks_like_a_rule(text) || looks_like_a_date(text))
        .keeping_personal(may_tell_of_health)
        .reading_durations(|text| read_several(text).is_ok())
}

/// For whom a network shows a command that is such a deed.
fn audience(deed: Deed) -> Audience {
    if may(Hat::Member, deed) || may(Hat::Teammate, deed) {
        Audience::Everyone
    } else if may(Hat::Trainer, deed) {
        Audience::Staff
    } else {
        Audience::Administrators
    }
}

/// The deed that running this command is, if there is such a command.
#[must_use]
pub fn deed(path: &CommandPath) -> Option<Deed> {
    ALL.iter().find(|entry| entry.path == path.as_str()).map(|entry| entry.deed)
}

/// Does what an invocation asks for.
///
/// # Errors
///
/// [`Problem`]; a command that no longer exists is refused.
pub async fn run(invocation: &Invocation, context: &Context) -> Result<Draft, Problem> {
    match ALL.iter().find(|entry| entry.path == invocation.path.as_str()) {
        Some(entry) => (entry.run)(invocation, context).await,
        None => {
            Err(Problem::refused("Cette action n’existe plus dans cette version. Tapez /aide pour voir les commandes."))
        }
    }
}

/// What could be meant by what is typed so far in a parameter.
///
/// `from` is who types, and where what the space keeps is read.
pub async fn complete(query: &CompletionQuery, library: &Library, from: Option<(Here, Store)>) -> Vec<Suggestion> {
    let param = query.param.as_str();
    if param == config::ZONE_PARAM {
        return config::zones_like(&query.typed);
    }
    let ours = [which::SUJET, which::EQUIPE, jalon::JALON, jalon::QUI, livrable::LIVRABLE, grille::CRITERE];
    if !ours.contains(&param) {
        return params::complete(query, library);
    }
    let (Some(deed), Some((here, store))) = (deed(&query.invocation.path), from) else { return Vec::new() };
    let found = match param {
        which::SUJET | which::EQUIPE => which::complete(param, &query.typed, deed, (&here, &store)).await,
        jalon::JALON | jalon::QUI => jalon::complete(query, (&here, &store)).await,
        _ => completing::complete(query, deed, library, (&here, &store)).await,
    };
    found.unwrap_or_else(|error| {
        tracing::error!(%error, "a completion could not be read");
        Vec::new()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_keep_the_rules_of_every_network() {
        assert_eq!(set().check(), Vec::new());
    }

    #[test]
    fn every_definition_leads_to_its_command() {
        let set = set();
        let runnable: Vec<String> = set.runnable().into_iter().map(|(path, _)| path.to_string()).collect();
        let listed: Vec<&str> = ALL.iter().map(|entry| entry.path).collect();
        assert_eq!(runnable, listed);
    }

    #[test]
    fn a_group_is_for_those_who_may_use_some_of_it() {
        let set = set();
        let who = |group: &str| set.find(&vigie_chat::CommandPath::new(group)).map(|spec| spec.who);
        assert_eq!(who("config"), Some(vigie_chat::Audience::Administrators));
        assert_eq!(who("amenagement"), Some(vigie_chat::Audience::Everyone));
    }

    #[test]
    fn every_example_reads_back() {
        let set = set();
        for (path, spec) in set.runnable() {
            assert!(!spec.examples.is_empty(), "{path} has no example");
            for example in &spec.examples {
                let typed = format!("/{}", example.to_typed(&set));
                let read = vigie_chat::read(&set, &typed, example, &[]);
                assert_eq!(read, vigie_chat::Reading::Command(example.clone()), "{typed}");
            }
        }
    }
}
