//! Linking: a second account to a person, a space of another network to a tenant. Both by a code, of use once and for a
//! short while, of which only the hash is kept (see `domain::joining`).
//!
//! Whoever says a code vouches for what they join: the one who asked for it gave it to them. Who may ask for the code of a
//! space, or say it, is for the caller to know.

use super::erasing;
use super::merging::{self, Merging};
use super::{Acting, Begun, NetworkSpace, Store, StoreError, Write, scheduled};
use crate::domain::key::TenantKey;
use crate::domain::person::PersonKey;

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use vigie_chat::{ConnectorName, PersonId, RoomId};

const ACCOUNT: &str = "account";
const SPACE: &str = "space";

/// What comes of a code said by a second account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkedAccount {
    /// The account is this person's now, and what it had done is theirs.
    Linked {
        /// The tenant in which the code was asked for.
        tenant: TenantKey,
        /// Who asked for it.
        person: PersonKey,
    },
    /// It was theirs already. The code may still be used.
    Known,
    /// The person has an account on that network, and one is what can be linked. The code may still be used.
    SameNetwork,
    /// Both are in a team for this brief: one has to leave first. The code may still be used.
    BothSeated {
        /// The brief's number.
        brief: i64,
    },
    /// No such code, or no longer.
    Unknown,
}

/// What comes of a code said in a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkedSpace {
    /// The space belongs to this tenant now.
    Linked {
        /// The tenant in which the code was asked for.
        tenant: TenantKey,
        /// Who asked for it.
        person: PersonKey,
    },
    /// It belonged to it already. The code may still be used.
    Known,
    /// It holds briefs, teams, cohorts or trainers of its own, which would be left behind. The code may still be used.
    Holds,
    /// No such code, or no longer.
    Unknown,
}

/// What comes of taking an account from a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlinking {
    /// It is nobody's. What was done by it stays with the person; it will be met as somebody new.
    Unlinked,
    /// It is the last by which the person can be reached.
    Last,
    /// It isn't theirs.
    NotTheirs,
}

impl Write<'_> {
    /// Keeps the hash of a code by which another account becomes this person's, in the place of the former one.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn offer_account_link(&mut self, hash: &str, expires_at: Timestamp) -> Result<(), StoreError> {
        self.offer_link(ACCOUNT, hash, expires_at).await
    }

    /// Keeps the hash of a code by which another space joins this tenant, in the place of this person's former one.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn offer_space_link(&mut self, hash: &str, expires_at: Timestamp) -> Result<(), StoreError> {
        self.offer_link(SPACE, hash, expires_at).await
    }

    async fn offer_link(&mut self, kind: &str, hash: &str, expires_at: Timestamp) -> Result<(), StoreError> {
        let offer = sqlx::query(
            "insert into linking_codes (tenant_id, kind, person_id, hash, expires_at)
             values ($1, $2, $3, $4, $5)
             on conflict (tenant_id, kind, person_id) do update
                 set hash = excluded.hash, expires_at = excluded.expires_at",
        );
        let offer = offer.bind(self.tenant.0).bind(kind).bind(self.person.0).bind(hash);
        offer.bind(expires_at.as_millisecond()).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Takes an account from this person, who keeps another.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn unlink(&mut self, connector: &ConnectorName, account: &PersonId) -> Result<Unlinking, StoreError> {
        let theirs = sqlx::query_as::<_, (String, String)>(
            "select connector, account from accounts
             where tenant_id = $1 and person_id = $2",
        );
        let theirs = theirs.bind(self.tenant.0).bind(self.person.0).fetch_all(&mut *self.tx).await?;
        if !theirs.iter().any(|(network, id)| network == connector.as_str() && id == account.as_str()) {
            return Ok(Unlinking::NotTheirs);
        }
        if theirs.len() == 1 {
            return Ok(Unlinking::Last);
        }
        let gone = sqlx::query("delete from accounts where tenant_id = $1 and connector = $2 and account = $3");
        let gone = gone.bind(self.tenant.0).bind(connector.as_str()).bind(account.as_str());
        gone.execute(&mut *self.tx).await?;
        self.journal("account.unlinked", &format!("person:{}", self.person.0)).await?;
        Ok(Unlinking::Unlinked)
    }
}

impl Store {
    /// Makes an account the one of the person who asked for a code, in the tenant where they asked, wherever it is said.
    /// Whoever the account was there goes up in that person: their seats, their work and what they wrote.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing has changed then.
    pub async fn link_account(
        &self,
        connector: &ConnectorName,
        account: &PersonId,
        hash: &str,
        now: Timestamp,
    ) -> Result<LinkedAccount, StoreError> {
        let Some((tenant, person)) = self.offered(ACCOUNT, hash, now).await? else {
            return Ok(LinkedAccount::Unknown);
        };
        let (tenant, person) = (TenantKey(tenant), PersonKey(person));
        let Begun::New(mut write) = self.write(&Acting { tenant, person, now, cause: None }).await? else {
            return Ok(LinkedAccount::Unknown);
        };
        // Only now does nobody else use it.
        if spent(&mut write.tx, ACCOUNT, hash, now).await?.is_none() {
            return Ok(LinkedAccount::Unknown);
        }
        match merging::take_account(&mut write, connector, account).await? {
            // What isn't committed is undone.
            Merging::Known => Ok(LinkedAccount::Known),
            Merging::SameNetwork => Ok(LinkedAccount::SameNetwork),
            Merging::BothSeated { brief } => Ok(LinkedAccount::BothSeated { brief }),
            Merging::Done => {
                write.journal("account.linked", &format!("person:{}", person.0)).await?;
                write.commit().await?;
                Ok(LinkedAccount::Linked { tenant, person })
            }
        }
    }

    /// Who asked for a code by which another account becomes theirs.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn account_code(&self, hash: &str, now: Timestamp) -> Result<Option<(TenantKey, PersonKey)>, StoreError> {
        let offered = self.offered(ACCOUNT, hash, now).await?;
        Ok(offered.map(|(tenant, person)| (TenantKey(tenant), PersonKey(person))))
    }

    /// Takes a space away from a tenant that has another on some network: it begins anew, without anything of it, and what
    /// was said in it can no longer be pressed. Says whether there was another.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing has changed then.
    pub async fn unlink_space(&self, space: NetworkSpace<'_>) -> Result<bool, StoreError> {
        let mut all = self.begin().await?;
        let Some(tenant) = own_tenant(&mut all, space).await? else { return Ok(false) };
        // Of two spaces that leave each other at once, the second waits here, and stays.
        erasing::hold(&mut all, tenant).await?;
        let gone = sqlx::query(
            "delete from tenant_spaces
             where connector = $1 and space = $2 and tenant_id = $3
               and (select count(*) from tenant_spaces as theirs where theirs.tenant_id = $3) > 1",
        );
        let gone = gone.bind(space.connector.as_str()).bind(space.space.as_str()).bind(tenant);
        if gone.execute(&mut *all).await?.rows_affected() == 0 {
            return Ok(false);
        }
        let pressed = sqlx::query("delete from buttons where connector = $1 and space = $2");
        pressed.bind(space.connector.as_str()).bind(space.space.as_str()).execute(&mut *all).await?;
        scheduled::look_at(&mut all, tenant).await?;
        self.finish(all).await?;
        Ok(true)
    }

    /// Whether the tenant of a space has another space on some network.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn is_linked(&self, space: NetworkSpace<'_>) -> Result<bool, StoreError> {
        let others = sqlx::query_scalar::<_, i64>(
            "select count(*) from tenant_spaces
             join tenant_spaces as others on others.tenant_id = tenant_spaces.tenant_id
             where tenant_spaces.connector = $1 and tenant_spaces.space = $2",
        );
        let others = others.bind(space.connector.as_str()).bind(space.space.as_str());
        Ok(others.fetch_one(&self.pool).await? > 1)
    }

    /// Makes a space one of the tenant that a code leads to. The people whom its own tenant knew, and who did nothing there
    /// yet, are met anew.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing has changed then.
    pub async fn link_space(
        &self,
        space: NetworkSpace<'_>,
        hash: &str,
        now: Timestamp,
    ) -> Result<LinkedSpace, StoreError> {
        let Some((tenant, person)) = self.offered(SPACE, hash, now).await? else { return Ok(LinkedSpace::Unknown) };
        let (mut all, own) = loop {
            let mut all = self.begin().await?;
            let own = own_tenant(&mut all, space).await?;
            if own == Some(tenant) {
                return Ok(LinkedSpace::Known);
            }
            // In the order of their numbers: two that do this to each other don't wait for one another. Whoever would make
            // a tenant of the space waits at the number 0.
            let mut both = [own.unwrap_or_default(), tenant];
            both.sort_unstable();
            for one in both {
                erasing::hold(&mut all, one).await?;
            }
            if own_tenant(&mut all, space).await? == own {
                break (all, own);
            }
        };
        if spent(&mut all, SPACE, hash, now).await?.is_none() {
            return Ok(LinkedSpace::Unknown);
        }
        if let Some(own) = own
            && erasing::holds_something(&mut all, own).await?
        {
            return Ok(LinkedSpace::Holds);
        }
        let placed = sqlx::query(
            "insert into tenant_spaces (connector, space, tenant_id)
             values ($1, $2, $3)
             on conflict (connector, space) do update set tenant_id = excluded.tenant_id",
        );
        let placed = placed.bind(space.connector.as_str()).bind(space.space.as_str()).bind(tenant);
        placed.execute(&mut *all).await?;
        if let Some(own) = own {
            erasing::unless_spaces(&mut all, own).await?;
        }
        scheduled::look_at(&mut all, tenant).await?;
        self.finish(all).await?;
        Ok(LinkedSpace::Linked { tenant: TenantKey(tenant), person: PersonKey(person) })
    }

    /// Takes back the code that led to a space, in whichever way: used in one, it is used up in the other. Returns the room
    /// in which it was asked for, if it was still waited for there.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn withdraw_code(&self, hash: &str) -> Result<Option<(ConnectorName, RoomId)>, StoreError> {
        let linking = sqlx::query("delete from linking_codes where kind = $1 and hash = $2 and tenant_id > 0");
        linking.bind(SPACE).bind(hash).execute(&self.pool).await?;
        self.withdraw_offer(hash).await
    }

    /// Whose code this is: the tenant and the person.
    async fn offered(&self, kind: &str, hash: &str, now: Timestamp) -> Result<Option<(i64, i64)>, StoreError> {
        let code = sqlx::query_as::<_, (i64, i64)>(
            "select tenant_id, person_id from linking_codes
             where kind = $1 and hash = $2 and expires_at > $3",
        );
        Ok(code.bind(kind).bind(hash).bind(now.as_millisecond()).fetch_optional(&self.pool).await?)
    }

    /// Forgets codes of linking whose time is over.
    pub(super) async fn forget_linking_codes(&self, now: Timestamp) -> Result<(), StoreError> {
        let expired = sqlx::query("delete from linking_codes where expires_at <= $1 and tenant_id > 0");
        expired.bind(now.as_millisecond()).execute(&self.pool).await?;
        Ok(())
    }
}

/// Uses a code up, and says whose it was if it was still there.
async fn spent(
    all: &mut Transaction<'static, Any>,
    kind: &str,
    hash: &str,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let code = sqlx::query_scalar::<_, i64>(
        "delete from linking_codes
         where kind = $1 and hash = $2 and expires_at > $3
         returning tenant_id",
    );
    Ok(code.bind(kind).bind(hash).bind(now.as_millisecond()).fetch_optional(&mut **all).await?)
}

/// The tenant that a space belongs to.
async fn own_tenant(all: &mut Transaction<'static, Any>, space: NetworkSpace<'_>) -> Result<Option<i64>, StoreError> {
    let own = sqlx::query_scalar::<_, i64>("select tenant_id from tenant_spaces where connector = $1 and space = $2");
    Ok(own.bind(space.connector.as_str()).bind(space.space.as_str()).fetch_optional(&mut **all).await?)
}
