//! Who asks, in which space, and what they may do there: what every command about the life of a space begins with.

use super::context::{Context, Problem};
use crate::domain::display::Display;
use crate::domain::key::TenantKey;
use crate::domain::permission::{Deed, Hats};
use crate::domain::person::PersonKey;
use crate::store::{Acting, Begun, Scope, Write};
use crate::views;
use jiff::Zoned;
use jiff::tz::TimeZone;

/// The key under which a space keeps its time zone, as an IANA name.
pub const ZONE: &str = "zone";

/// A person in a space.
#[derive(Debug, Clone)]
pub struct Here {
    /// The space.
    pub tenant: TenantKey,
    /// The person.
    pub person: PersonKey,
    /// As whom they act in the space; whether they belong to some team isn't among them.
    pub hats: Hats,
    /// The zone of their dates.
    pub zone: TimeZone,
    /// How they want answers shown.
    pub display: Display,
}

impl Context {
    /// Who asks.
    ///
    /// # Errors
    ///
    /// [`Problem::Refused`] where no space is known, as in a direct room with somebody never met in one.
    pub fn here(&self) -> Result<&Here, Problem> {
        self.here.as_ref().ok_or_else(|| Problem::Refused(views::problem::no_space()))
    }

    /// What is kept of the space.
    ///
    /// # Errors
    ///
    /// Those of [`Self::here`].
    pub fn scope(&self) -> Result<Scope<'_>, Problem> {
        Ok(self.store.of(self.here()?.tenant))
    }

    /// Now, as the clocks of whoever asks show it.
    ///
    /// # Errors
    ///
    /// Those of [`Self::here`].
    pub fn wall(&self) -> Result<Zoned, Problem> {
        Ok(self.now.to_zoned(self.here()?.zone.clone()))
    }

    /// Begins to change something, once for each event.
    ///
    /// # Errors
    ///
    /// [`Problem::Refused`] when this very event did its work already: the network told it twice.
    pub async fn write(&self) -> Result<Write<'_>, Problem> {
        let here = self.here()?;
        let cause = Some((self.origin.connector.clone(), self.origin.event.clone()));
        let acting = Acting { tenant: here.tenant, person: here.person, now: self.now, cause };
        match self.store.write(&acting).await? {
            Begun::New(write) => Ok(write),
            Begun::Repeated => Err(Problem::Refused(views::problem::done_already())),
        }
    }

    /// Lets them go on if one of these hats may.
    ///
    /// # Errors
    ///
    /// [`Problem::Refused`], which says who may.
    pub fn allow(&self, hats: &Hats, deed: Deed) -> Result<(), Problem> {
        if hats.may(deed) { Ok(()) } else { Err(Problem::Refused(views::problem::may_not(deed))) }
    }
}
