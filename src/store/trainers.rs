//! Who is a trainer of a tenant: whoever has a role of a network, or a person by themselves.
//!
//! Administrators aren't here: their network says who they are.

use super::{Scope, StoreError, Write};
use crate::domain::person::PersonKey;
use vigie_chat::{ConnectorName, RoleId};

/// Roles and people that make trainers in one tenant.
pub const MOST_TRAINERS: u16 = 100;

/// Who is a trainer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trainer {
    /// Whoever has this role.
    Role {
        /// The network.
        connector: ConnectorName,
        /// The role.
        role: RoleId,
        /// Its name when it was chosen, to be shown.
        label: String,
    },
    /// A person.
    Person {
        /// Who.
        person: PersonKey,
        /// Their name now; none once they asked to be erased. What is given to [`Write::add_trainer`] is not kept.
        name: Option<String>,
    },
}

/// What comes of making somebody a trainer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adding {
    /// They are one now.
    Added,
    /// They were one already. The name of a role is the new one.
    Known,
    /// There are as many as there can be.
    TooMany {
        /// How many.
        most: u16,
    },
    /// This tenant has no such person.
    NotThere,
}

impl Trainer {
    /// Kind, network and value, as they are kept.
    fn parts(&self) -> (&'static str, &str, String) {
        match self {
            Self::Role { connector, role, .. } => ("role", connector.as_str(), role.as_str().to_owned()),
            Self::Person { person, .. } => ("person", "", person.0.to_string()),
        }
    }
}

impl Scope<'_> {
    /// The trainers: roles first, then people, each by name.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn trainers(&self) -> Result<Vec<Trainer>, StoreError> {
        let rows = sqlx::query_as::<_, (String, String, String, String, Option<String>)>(
            "select trainers.kind, trainers.connector, trainers.value, trainers.label, people.name from trainers
             left join people
                 on people.tenant_id = trainers.tenant_id
                 and cast(people.id as text) = trainers.value
                 and trainers.kind = 'person'
             where trainers.tenant_id = $1
             order by trainers.kind desc, people.folded, trainers.label, trainers.value",
        );
        let rows = rows.bind(self.tenant.0).fetch_all(&self.store.pool).await?;
        let read = |(kind, connector, value, label, name): (String, String, String, String, Option<String>)| {
            if kind == "role" {
                let (connector, role) = (ConnectorName::new(connector), RoleId::new(value));
                return Some(Trainer::Role { connector, role, label });
            }
            value.parse().ok().map(|person| Trainer::Person { person: PersonKey(person), name })
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Whether somebody is a trainer, by themselves or by a role that they have on the network where they speak.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn is_trainer<'r>(
        &self,
        person: PersonKey,
        connector: &ConnectorName,
        mut roles: impl Iterator<Item = &'r RoleId>,
    ) -> Result<bool, StoreError> {
        let rows = sqlx::query_as::<_, (String, String)>(
            "select kind, value from trainers
             where tenant_id = $1
               and (kind = 'role' and connector = $2 or kind = 'person' and value = $3)",
        );
        let rows = rows.bind(self.tenant.0).bind(connector.as_str()).bind(person.0.to_string());
        let rows = rows.fetch_all(&self.store.pool).await?;
        let by_role = |role: &RoleId| rows.iter().any(|(kind, value)| kind == "role" && value == role.as_str());
        Ok(rows.iter().any(|(kind, _)| kind == "person") || roles.any(by_role))
    }
}

impl Write<'_> {
    /// Makes whoever has a role, or a person, a trainer.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn add_trainer(&mut self, trainer: &Trainer) -> Result<Adding, StoreError> {
        let (kind, connector, value) = trainer.parts();
        let label = match trainer {
            Trainer::Role { label, .. } => label.as_str(),
            Trainer::Person { person, .. } => {
                if !self.knows(*person).await? {
                    return Ok(Adding::NotThere);
                }
                ""
            }
        };
        let known = sqlx::query(
            "update trainers set label = $5
             where tenant_id = $1 and kind = $2 and connector = $3 and value = $4",
        );
        let known = known.bind(self.tenant.0).bind(kind).bind(connector).bind(&value).bind(label);
        if known.execute(&mut *self.tx).await?.rows_affected() > 0 {
            return Ok(Adding::Known);
        }
        let count = sqlx::query_scalar::<_, i64>("select count(*) from trainers where tenant_id = $1");
        if count.bind(self.tenant.0).fetch_one(&mut *self.tx).await? >= i64::from(MOST_TRAINERS) {
            return Ok(Adding::TooMany { most: MOST_TRAINERS });
        }
        let new = sqlx::query(
            "insert into trainers (tenant_id, kind, connector, value, label)
             values ($1, $2, $3, $4, $5)",
        );
        let new = new.bind(self.tenant.0).bind(kind).bind(connector).bind(&value).bind(label);
        new.execute(&mut *self.tx).await?;
        self.journal("trainer.added", &about(kind, &value)).await?;
        Ok(Adding::Added)
    }

    /// Takes a role, or a person, from the trainers, and says whether it was among them.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn remove_trainer(&mut self, trainer: &Trainer) -> Result<bool, StoreError> {
        let (kind, connector, value) = trainer.parts();
        let gone = sqlx::query(
            "delete from trainers
             where tenant_id = $1 and kind = $2 and connector = $3 and value = $4",
        );
        let gone = gone.bind(self.tenant.0).bind(kind).bind(connector).bind(&value);
        let was = gone.execute(&mut *self.tx).await?.rows_affected() > 0;
        if was {
            self.journal("trainer.removed", &about(kind, &value)).await?;
        }
        Ok(was)
    }

    /// Whether the tenant has such a person.
    pub(super) async fn knows(&mut self, person: PersonKey) -> Result<bool, StoreError> {
        let known = sqlx::query_scalar::<_, i64>("select count(*) from people where tenant_id = $1 and id = $2");
        Ok(known.bind(self.tenant.0).bind(person.0).fetch_one(&mut *self.tx).await? > 0)
    }
}

fn about(kind: &str, value: &str) -> String {
    format!("{kind}:{value}")
}
