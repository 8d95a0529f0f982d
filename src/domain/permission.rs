//! Who may do what: one table, which every command goes through however it is given: typed, pressed, filled in, completed.
//!
//! A person wears several hats at once: whoever administers a space may also have a seat in a team. They may do what one of
//! their hats may. Whether somebody is a teammate is asked of the team that the command is about, never in general.

/// As whom a person acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hat {
    /// Administers the space: on Discord may manage the server, on Matrix has the power level.
    Administrator,
    /// Runs the training: has a role, a level or a seat that the space chose for it.
    Trainer,
    /// Has a seat in the team that it is about.
    Teammate,
    /// Belongs to the space.
    Member,
    /// Isn't known in any space, as in a direct room with somebody never met.
    Stranger,
}

/// All hats, in the order of the table's columns.
pub const HATS: [Hat; 5] = [Hat::Administrator, Hat::Trainer, Hat::Teammate, Hat::Member, Hat::Stranger];

/// Something that people do, as far as permissions tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// Ask about the référentiels and the right to accommodation.
    Ask,
    /// Be given, or have erased, what is kept of oneself. It asks nothing of the space, and makes nobody known to it.
    OwnData,
    /// Handle what is one's own: accounts that are linked, or no longer; reminders.
    OwnThings,
    /// Read the briefs, their dates and which teams there are.
    ReadBriefs,
    /// Write, change, publish and close briefs.
    WriteBriefs,
    /// Found a team, ask to join one.
    FoundTeam,
    /// Rename a team, let people in, dissolve it.
    RunTeam,
    /// Read the work of a team: milestones, deliverables, hours, coverage.
    ReadWork,
    /// Change the work of a team.
    ChangeWork,
    /// Accept what was handed in, or send it back.
    JudgeWork,
    /// See all teams at once.
    FollowTeams,
    /// Plan the defences.
    PlanDefences,
    /// Place people in teams, and take them out.
    PlacePeople,
    /// Set how the space works.
    Configure,
}

/// A line of the table: a deed, whether each of [`HATS`] may do it, and what it is called in the documentation.
pub type Line = (Deed, [Leave; 5], &'static str);

/// Whether a hat may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Leave {
    /// They may.
    May,
    /// They may not.
    MayNot,
}

use Leave::{May as O, MayNot as X};

/// Who may do what. The order of the columns is that of [`HATS`].
#[rustfmt::skip]
pub const TABLE: [Line; 14] = [
    //                    administrator, trainer, teammate, member, stranger
    (Deed::Ask,          [O, O, O, O, O], "Consulter les référentiels et les aménagements"),
    (Deed::OwnData,      [O, O, O, O, O], "Recevoir ou faire effacer ce qui est gardé sur soi"),
    (Deed::OwnThings,    [O, O, O, O, X], "Relier ses comptes, les délier, tenir ses rappels"),
    (Deed::ReadBriefs,   [O, O, O, O, X], "Lire les sujets publiés et la liste des équipes"),
    (Deed::WriteBriefs,  [O, O, X, X, X], "Écrire, publier, modifier et clôturer un sujet"),
    (Deed::FoundTeam,    [O, O, O, O, X], "Créer une équipe, demander à en rejoindre une, quitter la sienne"),
    (Deed::RunTeam,      [O, O, O, X, X], "Renommer une équipe, accepter une demande, la dissoudre"),
    (Deed::ReadWork,     [O, O, O, X, X], "Lire le travail d’une équipe\u{a0}: jalons, livrables, heures, grille, soutenance"),
    (Deed::ChangeWork,   [X, X, O, X, X], "Tenir les jalons, les livrables, les heures et la grille d’une équipe"),
    (Deed::JudgeWork,    [O, O, X, X, X], "Valider un livrable ou le renvoyer"),
    (Deed::FollowTeams,  [O, O, X, X, X], "Suivre toutes les équipes"),
    (Deed::PlanDefences, [O, O, X, X, X], "Planifier les soutenances"),
    (Deed::PlacePeople,  [O, O, X, X, X], "Placer une personne dans une équipe ou l’en retirer"),
    (Deed::Configure,    [O, X, X, X, X], "Régler l’espace"),
];

/// Whether this hat may do this.
#[must_use]
pub fn may(hat: Hat, deed: Deed) -> bool {
    let column = HATS.iter().position(|known| *known == hat);
    let line = TABLE.iter().find(|(known, ..)| *known == deed);
    matches!((line, column), (Some((_, leave, _)), Some(column)) if leave[column] == Leave::May)
}

/// The hats that a person wears towards something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hats(Vec<Hat>);

impl Hats {
    /// These. Nobody wears none: without any, one is a stranger.
    #[must_use]
    pub fn new(hats: impl IntoIterator<Item = Hat>) -> Self {
        let hats: Vec<Hat> = hats.into_iter().collect();
        Self(if hats.is_empty() { vec![Hat::Stranger] } else { hats })
    }

    /// The same with one more.
    #[must_use]
    pub fn and(mut self, hat: Hat) -> Self {
        self.0.push(hat);
        self
    }

    /// Whether they wear this one.
    #[must_use]
    pub fn wears(&self, hat: Hat) -> bool {
        self.0.contains(&hat)
    }

    /// Whether one of them may do this.
    #[must_use]
    pub fn may(&self, deed: Deed) -> bool {
        self.0.iter().any(|hat| may(*hat, deed))
    }

    /// Whether they may do this, or might if they turned out to be a teammate.
    #[must_use]
    pub fn might(&self, deed: Deed) -> bool {
        self.may(deed) || (!self.wears(Hat::Stranger) && may(Hat::Teammate, deed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;
    use std::fmt::Write as _;

    /// The whole table as a newcomer would read it. A change here is a change of who may do what.
    #[test]
    fn every_cell() {
        let mut told = String::new();
        for (deed, ..) in TABLE {
            let letters: String = HATS.iter().map(|hat| if may(*hat, deed) { 'x' } else { '.' }).collect();
            // Writing to a string never fails.
            let _ = writeln!(told, "{letters} {deed:?}");
        }
        expect![[r"
            xxxxx Ask
            xxxxx OwnData
            xxxx. OwnThings
            xxxx. ReadBriefs
            xx... WriteBriefs
            xxxx. FoundTeam
            xxx.. RunTeam
            xxx.. ReadWork
            ..x.. ChangeWork
            xx... JudgeWork
            xx... FollowTeams
            xx... PlanDefences
            xx... PlacePeople
            x.... Configure
        "]]
        .assert_eq(&told);
    }

    #[test]
    fn a_hat_more_never_takes_anything_away() {
        for (deed, ..) in TABLE {
            for hat in HATS {
                let one = Hats::new([hat]);
                for more in HATS {
                    assert!(!one.may(deed) || one.clone().and(more).may(deed), "{hat:?} and {more:?}: {deed:?}");
                }
                assert!(!one.may(deed) || one.might(deed));
            }
        }
        assert_eq!(Hats::new([]), Hats::new([Hat::Stranger]));
        assert!(!Hats::new([]).might(Deed::ReadWork) && Hats::new([Hat::Member]).might(Deed::ReadWork));
        assert!(!Hats::new([Hat::Trainer]).may(Deed::ChangeWork) && Hats::new([Hat::Trainer]).might(Deed::ChangeWork));
    }
}
