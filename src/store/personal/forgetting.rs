//! Erasing a person: their name, their accounts and what is theirs alone go at once; the work of their teams stays, by
//! somebody who has no name any more.
//!
//! It is one [`Write`]: everything or nothing. What they sat in is left as by `/equipe quitter`: the captain's place passes on,
//! and open milestones are offered to the others. Whoever was erased and speaks again is met as somebody new.

use super::{PLACES, Then};
use crate::domain::key::TeamKey;
use crate::domain::person::PersonKey;
use crate::store::people::escaped;
use crate::store::{Account, Leaving, Released, Remaining, StoreError, Write};
use vigie_chat::{ConnectorName, PersonId, folded};

/// What an erased person left behind in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The team.
    pub team: TeamKey,
    /// Who is still there.
    pub remaining: Remaining,
    /// Milestones that they were responsible for and that aren't done.
    pub released: Vec<Released>,
}

/// What erasing somebody did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// The accounts that were theirs.
    pub accounts: Vec<Account>,
    /// The teams at work that they left.
    pub left: Vec<Departure>,
}

/// What is said of each account that was theirs: the tenant, the network, the account, how the account and the name are
/// written within what buttons do. Buttons made for them go, and those that name them.
const OF_ACCOUNT: &str = r"delete from buttons
     where connector = $2
       and (space is null or space in (
           select tenant_spaces.space from tenant_spaces
           where tenant_spaces.tenant_id = $1 and tenant_spaces.connector = $2
       ))
       and (owner = $3 or presses like $4 escape '\' or (space is not null and presses like $5 escape '\'))";

/// Where they are met alone is of use as long as another tenant knows the account.
const DIRECT_ROOM: &str = "delete from rooms
     where connector = $1 and person = $2
       and not exists (
           select 1 from accounts
           where accounts.tenant_id > 0 and accounts.connector = $1 and accounts.account = $2
       )";

const DRAFTS: [&str; 2] = [
    "delete from brief_versions
     where tenant_id = $1
       and brief_id in (select id from briefs where tenant_id = $1 and author_id = $2 and state = 'draft')",
    "delete from briefs where tenant_id = $1 and author_id = $2 and state = 'draft'",
];

const WISHES: &str = "delete from reminder_settings where tenant_id = $1 and level = 'person' and level_id = $2";

const NAMELESS: &str = "update people set name = null, folded = null, zone = null, pictures = null, theme = null
     where tenant_id = $1 and id = $2";

impl Write<'_> {
    /// Erases whoever writes. What it says is for telling the teams that they left.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn forget_me(&mut self) -> Result<Forgotten, StoreError> {
        let left = self.leave_all().await?;
        for sql in DRAFTS.into_iter().chain([WISHES]) {
            self.of_me(sql).await?;
        }
        let accounts = self.my_accounts().await?;
        let name = sqlx::query_scalar::<_, Option<String>>("select name from people where tenant_id = $1 and id = $2");
        let name = name.bind(self.tenant.0).bind(self.person.0).fetch_optional(&mut *self.tx).await?.flatten();
        for account in &accounts {
            let gone = sqlx::query(OF_ACCOUNT).bind(self.tenant.0).bind(account.connector.as_str());
            let gone = gone.bind(account.id.as_str()).bind(within("id", account.id.as_str()));
            gone.bind(typed(name.as_deref())).execute(&mut *self.tx).await?;
        }
        for place in PLACES {
            if let Then::Goes(sql) = place.then {
                self.of_me(sql).await?;
            }
        }
        self.of_me(NAMELESS).await?;
        for account in &accounts {
            let gone = sqlx::query(DIRECT_ROOM).bind(account.connector.as_str()).bind(account.id.as_str());
            gone.execute(&mut *self.tx).await?;
        }
        self.journal("person.erased", &format!("person:{}", self.person.0)).await?;
        Ok(Forgotten { accounts, left })
    }

    async fn of_me(&mut self, sql: &'static str) -> Result<(), StoreError> {
        sqlx::query(sql).bind(self.tenant.0).bind(self.person.0).execute(&mut *self.tx).await?;
        Ok(())
    }

    async fn my_accounts(&mut self) -> Result<Vec<Account>, StoreError> {
        let rows = sqlx::query_as::<_, (String, String)>(
            "select connector, account from accounts
             where tenant_id = $1 and person_id = $2
             order by connector, account",
        );
        let rows = rows.bind(self.tenant.0).bind(self.person.0).fetch_all(&mut *self.tx).await?;
        let account = |(connector, id)| Account { connector: ConnectorName::new(connector), id: PersonId::new(id) };
        Ok(rows.into_iter().map(account).collect())
    }

    /// Gives up every seat in a team at work. In a team that is over the seat stays, as history.
    async fn leave_all(&mut self) -> Result<Vec<Departure>, StoreError> {
        let me: PersonKey = self.person;
        let teams = sqlx::query_scalar::<_, i64>(
            "select team_id from seats
             where tenant_id = $1 and person_id = $2 and left_at is null
             order by team_id",
        );
        let teams = teams.bind(self.tenant.0).bind(me.0).fetch_all(&mut *self.tx).await?;
        let mut left = Vec::new();
        for team in teams.into_iter().map(TeamKey) {
            if let Leaving::Left(remaining) = self.leave(team, me).await? {
                let released = self.release_milestones(team, me).await?;
                left.push(Departure { team, remaining, released });
            }
        }
        Ok(left)
    }
}

/// What `like` finds where a text stands under a key in JSON.
fn within(key: &str, text: &str) -> String {
    format!("%\"{key}\":{}%", escaped(&json(text)))
}

/// What `like` finds where somebody typed a name to say who is responsible; nothing where there is no name, or one that
/// means others too.
fn typed(name: Option<&str>) -> String {
    match name {
        Some(name) if !["moi", "tous"].contains(&folded(name).as_str()) => {
            format!("%\"qui\":{{\"text\":{}%", escaped(&json(name)))
        }
        _ => String::new(),
    }
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
