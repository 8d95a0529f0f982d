//! Who people are: the tenant of a space, the person of an account, their names.
//!
//! Whoever speaks is met first: the tenant of their space and their number in it are found, or made. That is the beginning
//! of every command, so it costs one question in the usual case, and a writing an hour for each person.

use super::changes::Changed;
use super::rows::damaged;
use super::{NetworkSpace, Scope, Store, StoreError, Write};
use crate::domain::display::{Display, Pictures, Theme};
use crate::domain::key::TenantKey;
use crate::domain::person::PersonKey;
use jiff::{SignedDuration, Timestamp};
use sqlx::{Any, Transaction};
use vigie_chat::{ConnectorName, Person, PersonId, SpaceId, folded};

/// How old what is known of a person may be before it is written anew.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

/// Letters of a name that are kept. Networks allow fewer.
const LONGEST_NAME: usize = 100;

/// People whom a completion shows at most.
pub const MOST_SHOWN: usize = 25;

/// Tenants that are told to somebody who writes in a direct room. A person can make as many rooms as they like.
const MOST_TENANTS: usize = 25;

/// How often a tenant that vanishes while somebody is met in it is looked for again.
const ATTEMPTS: usize = 8;

/// Somebody who speaks in a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// The tenant that the space belongs to.
    pub tenant: TenantKey,
    /// Who they are in it.
    pub person: PersonKey,
}

/// Somebody who speaks in a direct room, as one tenant knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetDirectly {
    /// The tenant.
    pub tenant: TenantKey,
    /// Who they are in it.
    pub person: PersonKey,
    /// Its space on the same network, if it has one there.
    pub space: Option<SpaceId>,
    /// The name of its space, on the same network if it has one there. None where the network told of none.
    pub name: Option<String>,
}

/// What is known of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub key: PersonKey,
    /// As their network shows them: their own text. None once they asked to be erased.
    pub name: Option<String>,
    /// Their time zone (IANA), where it isn't the space's.
    pub zone: Option<String>,
    /// How they want answers shown.
    pub display: Display,
}

/// A person on one network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The network.
    pub connector: ConnectorName,
    /// Who they are there.
    pub id: PersonId,
}

type PersonRow = (i64, Option<String>, Option<String>, Option<String>, Option<String>);

fn known((key, name, zone, pictures, theme): PersonRow) -> Result<Known, sqlx::Error> {
    let pictures = pictures.map(|stored| Pictures::from_stored(&stored).ok_or_else(|| damaged("pictures")));
    let theme = theme.map(|stored| Theme::from_stored(&stored).ok_or_else(|| damaged("theme")));
    let display = Display { pictures: pictures.transpose()?, theme: theme.transpose()? };
    Ok(Known { key: PersonKey(key), name, zone, display })
}

impl Store {
    /// The tenant of a space and the person of an account; both are made where they aren't there yet. The name is the one
    /// that the person has now, or had less than an hour ago.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn meet(&self, at: NetworkSpace<'_>, who: &Person, now: Timestamp) -> Result<Met, StoreError> {
        let read = sqlx::query_as::<_, (i64, Option<i64>, Option<i64>)>(
            "select tenant_spaces.tenant_id, accounts.person_id, people.seen_at from tenant_spaces
             left join accounts
                 on accounts.tenant_id = tenant_spaces.tenant_id
                 and accounts.connector = $1
                 and accounts.account = $3
             left join people on people.tenant_id = accounts.tenant_id and people.id = accounts.person_id
             where tenant_spaces.connector = $1 and tenant_spaces.space = $2",
        );
        let read = read.bind(at.connector.as_str()).bind(at.space.as_str()).bind(who.id.as_str());
        let Some((tenant, Some(person), seen_at)) = read.fetch_optional(&self.pool).await? else {
            return self.introduce(at, who, (now, now)).await;
        };
        if seen_at.is_none_or(|seen_at| seen_at <= before(now)) {
            let refreshed = sqlx::query(
                "update people set name = $3, folded = $4, seen_at = $5
                 where tenant_id = $1 and id = $2",
            );
            let name = short(&who.name);
            let refreshed = refreshed.bind(tenant).bind(person).bind(name).bind(folded(name));
            refreshed.bind(now.as_millisecond()).execute(&self.pool).await?;
        }
        Ok(Met { tenant: TenantKey(tenant), person: PersonKey(person) })
    }

    /// The same for an account that somebody else names. Being named isn't being seen: in a direct room a tenant is meant
    /// because its people spoke in it last, so that nobody draws others to theirs by speaking of them.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn meet_named(&self, at: NetworkSpace<'_>, who: &Person, now: Timestamp) -> Result<Met, StoreError> {
        let known = sqlx::query_as::<_, (i64, i64)>(
            "select accounts.tenant_id, accounts.person_id from tenant_spaces
             join accounts
                 on accounts.tenant_id = tenant_spaces.tenant_id
                 and accounts.connector = tenant_spaces.connector
                 and accounts.account = $3
             where tenant_spaces.connector = $1 and tenant_spaces.space = $2",
        );
        let known = known.bind(at.connector.as_str()).bind(at.space.as_str()).bind(who.id.as_str());
        match known.fetch_optional(&self.pool).await? {
            Some((tenant, person)) => Ok(Met { tenant: TenantKey(tenant), person: PersonKey(person) }),
            None => self.introduce(at, who, (now, Timestamp::UNIX_EPOCH)).await,
        }
    }

    /// The tenants that know an account, the one in which it was seen last first. Those whose spaces the bot has left, or
    /// are rooms that have joined another space, aren't among them: nobody could be answered about them elsewhere.
    ///
    /// That a network still counts the person among the people of the space isn't known here.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn meet_direct(&self, connector: &ConnectorName, who: &PersonId) -> Result<Vec<MetDirectly>, StoreError> {
        let rows = sqlx::query_as::<_, (i64, i64, Option<String>, String, String)>(
            "select accounts.tenant_id, accounts.person_id, spaces.name, tenant_spaces.connector, tenant_spaces.space
             from accounts
             join people on people.tenant_id = accounts.tenant_id and people.id = accounts.person_id
             join tenant_spaces on tenant_spaces.tenant_id = accounts.tenant_id
             left join spaces
                 on spaces.connector = tenant_spaces.connector
                 and spaces.id = tenant_spaces.space
             left join rooms
                 on rooms.connector = tenant_spaces.connector
                 and rooms.id = tenant_spaces.space
             where accounts.connector = $1
               and accounts.account = $2
               and spaces.left_at is null
               and (rooms.space is null or rooms.space = rooms.id)
             order by people.seen_at desc, accounts.tenant_id,
                 case when tenant_spaces.connector = $1 then 0 else 1 end, spaces.joined_at, tenant_spaces.space
             limit 500",
        );
        let rows = rows.bind(connector.as_str()).bind(who.as_str()).fetch_all(&self.pool).await?;
        let mut met: Vec<MetDirectly> = Vec::new();
        for (tenant, person, name, network, space) in rows {
            if let Some(last) = met.last_mut().filter(|last| last.tenant.0 == tenant) {
                last.name = last.name.take().or(name);
            } else if met.len() == MOST_TENANTS {
                break;
            } else {
                let space = (network == connector.as_str()).then(|| SpaceId::new(space));
                met.push(MetDirectly { tenant: TenantKey(tenant), person: PersonKey(person), space, name });
            }
        }
        Ok(met)
    }

    /// Makes what isn't there of a tenant and a person, who was met and seen at these instants.
    async fn introduce(
        &self,
        at: NetworkSpace<'_>,
        who: &Person,
        (now, seen): (Timestamp, Timestamp),
    ) -> Result<Met, StoreError> {
        for _ in 0..ATTEMPTS {
            let mut all = self.pool.begin().await?;
            let tenant = tenant_of(&mut all, at, now).await?;
            // Counted as a writer, so that of two that introduce the same person the second waits, and finds them.
            let counted = sqlx::query_scalar::<_, i64>(
                "update tenants set writes = writes + 1
                 where id = $1
                 returning last_id",
            );
            // It was erased, or joined another, in this very moment.
            let Some(last_id) = counted.bind(tenant).fetch_optional(&mut *all).await? else { continue };
            let still = sqlx::query_scalar::<_, i64>(
                "select tenant_id from tenant_spaces
                 where connector = $1 and space = $2",
            );
            let still = still.bind(at.connector.as_str()).bind(at.space.as_str()).fetch_optional(&mut *all).await?;
            if still != Some(tenant) {
                continue;
            }
            let person = PersonKey(last_id + 1);
            let account = sqlx::query_scalar::<_, i64>(
                "insert into accounts (tenant_id, connector, account, person_id)
                 values ($1, $2, $3, $4)
                 on conflict (tenant_id, connector, account) do update set person_id = accounts.person_id
                 returning person_id",
            );
            let account = account.bind(tenant).bind(at.connector.as_str()).bind(who.id.as_str()).bind(person.0);
            let found = PersonKey(account.fetch_one(&mut *all).await?);
            if found == person {
                let new = sqlx::query(
                    "insert into people (tenant_id, id, name, folded, met_at, seen_at)
                     values ($1, $2, $3, $4, $5, $6)",
                );
                let name = short(&who.name);
                let new = new.bind(tenant).bind(person.0).bind(name).bind(folded(name)).bind(now.as_millisecond());
                new.bind(seen.as_millisecond()).execute(&mut *all).await?;
                let drawn = sqlx::query("update tenants set last_id = $2 where id = $1");
                drawn.bind(tenant).bind(person.0).execute(&mut *all).await?;
            }
            all.commit().await?;
            return Ok(Met { tenant: TenantKey(tenant), person: found });
        }
        Err(sqlx::Error::RowNotFound.into())
    }
}

/// The tenant of a space, made if there is none.
///
/// Numbers of tenants are counted on the row of the number 0, which is no tenant: whoever makes one waits there for the one
/// before, and no number is ever given again.
async fn tenant_of(
    all: &mut Transaction<'static, Any>,
    at: NetworkSpace<'_>,
    now: Timestamp,
) -> Result<i64, StoreError> {
    const FIND: &str = "select tenant_id from tenant_spaces where connector = $1 and space = $2";
    let find = || sqlx::query_scalar::<_, i64>(FIND).bind(at.connector.as_str()).bind(at.space.as_str());
    if let Some(tenant) = find().fetch_optional(&mut **all).await? {
        return Ok(tenant);
    }
    let tenant = sqlx::query_scalar::<_, i64>(
        "insert into tenants (id, writes, last_id, made_at)
         values (0, 0, 1, 0)
         on conflict (id) do update set last_id = tenants.last_id + 1
         returning last_id",
    );
    let tenant = tenant.fetch_one(&mut **all).await?;
    // Somebody may have made it while this one waited.
    if let Some(made) = find().fetch_optional(&mut **all).await? {
        return Ok(made);
    }
    let new = sqlx::query("insert into tenants (id, writes, last_id, made_at) values ($1, 0, 0, $2)");
    new.bind(tenant).bind(now.as_millisecond()).execute(&mut **all).await?;
    let new = sqlx::query("insert into tenant_spaces (connector, space, tenant_id) values ($1, $2, $3)");
    new.bind(at.connector.as_str()).bind(at.space.as_str()).bind(tenant).execute(&mut **all).await?;
    Ok(tenant)
}

/// A name as long as is kept.
fn short(name: &str) -> &str {
    name.char_indices().nth(LONGEST_NAME).map_or(name, |(end, _)| &name[..end])
}

/// The instant, in milliseconds, before which what is known is too old.
fn before(now: Timestamp) -> i64 {
    now.as_millisecond() - i64::try_from(FRESH.as_millis()).unwrap_or_default()
}

impl Scope<'_> {
    /// What is known of a person.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn person(&self, person: PersonKey) -> Result<Option<Known>, StoreError> {
        let row = sqlx::query_as::<_, PersonRow>(
            "select id, name, zone, pictures, theme from people
             where tenant_id = $1 and id = $2",
        );
        let row = row.bind(self.tenant.0).bind(person.0).fetch_optional(&self.store.pool).await?;
        Ok(row.map(known).transpose()?)
    }

    /// The person of an account, if the tenant knows them.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn person_of(
        &self,
        connector: &ConnectorName,
        account: &PersonId,
    ) -> Result<Option<PersonKey>, StoreError> {
        let row = sqlx::query_scalar::<_, i64>(
            "select person_id from accounts
             where tenant_id = $1 and connector = $2 and account = $3",
        );
        let row = row.bind(self.tenant.0).bind(connector.as_str()).bind(account.as_str());
        Ok(row.fetch_optional(&self.store.pool).await?.map(PersonKey))
    }

    /// People whose name holds what is typed, accents and case aside: those whose name begins with it first, then those
    /// seen last. [`MOST_SHOWN`] at most.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn people_like(&self, typed: &str) -> Result<Vec<Known>, StoreError> {
        let typed = escaped(&folded(short(typed.trim())));
        let rows = sqlx::query_as::<_, PersonRow>(
            r"select id, name, zone, pictures, theme from people
             where tenant_id = $1 and folded like $3 escape '\'
             order by case when folded like $2 escape '\' then 0 else 1 end, seen_at desc, id
             limit $4",
        );
        let rows = rows.bind(self.tenant.0).bind(format!("{typed}%")).bind(format!("%{typed}%"));
        let rows = rows.bind(i64::try_from(MOST_SHOWN).unwrap_or(i64::MAX)).fetch_all(&self.store.pool).await?;
        Ok(rows.into_iter().map(known).collect::<Result<_, _>>()?)
    }

    /// The accounts of a person, by network.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn accounts_of(&self, person: PersonKey) -> Result<Vec<Account>, StoreError> {
        let rows = sqlx::query_as::<_, (String, String)>(
            "select connector, account from accounts
             where tenant_id = $1 and person_id = $2
             order by connector, account",
        );
        let rows = rows.bind(self.tenant.0).bind(person.0).fetch_all(&self.store.pool).await?;
        let account = |(connector, id)| Account { connector: ConnectorName::new(connector), id: PersonId::new(id) };
        Ok(rows.into_iter().map(account).collect())
    }
}

impl Write<'_> {
    /// Gives a person a time zone of their own, or the space's again.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn set_zone(&mut self, zone: Option<&str>) -> Result<(), StoreError> {
        self.touch(Changed::Person(self.person));
        let set = sqlx::query("update people set zone = $3 where tenant_id = $1 and id = $2");
        set.bind(self.tenant.0).bind(self.person.0).bind(zone).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Changes how a person wants answers shown. What is `None` stays as it was.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn set_display(&mut self, display: Display) -> Result<(), StoreError> {
        let set = sqlx::query(
            "update people set pictures = coalesce($3, pictures), theme = coalesce($4, theme)
             where tenant_id = $1 and id = $2",
        );
        let set = set.bind(self.tenant.0).bind(self.person.0).bind(display.pictures.map(Pictures::to_stored));
        set.bind(display.theme.map(Theme::to_stored)).execute(&mut *self.tx).await?;
        Ok(())
    }
}

/// A text in which `like` finds nothing but the text.
pub(super) fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
        out
    })
}
