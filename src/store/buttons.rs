//! What the actions under messages do, until they expire.

use super::{Store, StoreError};
use crate::domain::key::TenantKey;
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use vigie_chat::{ConnectorName, Form, Invocation, Origin, PersonId, Press, SpaceId};

/// How long the actions of a message are known: longer than a holiday, so that what was found before one still opens after
/// it, and short enough that what was searched doesn't stay for good.
pub const MESSAGE_LIFE: SignedDuration = SignedDuration::from_hours(60 * 24);

/// How long an open form may be filled in: what somebody left open in the evening is there the next morning.
pub const FORM_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// How long the actions of a message that a brief names are known: a school year, and the sessions after it.
pub const LASTING_LIFE: SignedDuration = SignedDuration::from_hours(365 * 24);

/// Messages whose actions are kept for one person on one network; the oldest are forgotten first. A few days of steady use,
/// and a megabyte at most: nobody fills the disk by asking, nor makes others' buttons expire.
pub const MOST_FOR_ONE: u16 = 300;

/// What is kept of one message or one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// What its actions do, in their order.
    Message(Vec<Press>),
    /// The same, for a message to which people come back for as long as a brief lasts, and all of whose actions are for
    /// anyone. It doesn't count among those of the person for whom it was made.
    Lasting(Vec<Press>),
    /// What submitting it does.
    Form(Form<Invocation>),
}

/// What is kept under an id, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// For whom it was made.
    pub owner: PersonId,
    /// The tenant that they meant, where the space doesn't tell; none for what is of no tenant.
    pub made_in: Option<TenantKey>,
    /// What it does.
    pub kept: Kept,
}

/// For whom something is sealed, where and when: how long it is known, and who may use it.
#[derive(Debug, Clone, Copy)]
pub struct Sealing<'a> {
    /// The network.
    pub connector: &'a ConnectorName,
    /// The space; none in a direct room.
    pub space: Option<&'a SpaceId>,
    /// The tenant that is meant, which a direct room doesn't tell. It is kept, and isn't asked for by whoever presses:
    /// which one they mean is found out when what they press is done.
    pub tenant: Option<TenantKey>,
    /// The person answered.
    pub owner: &'a PersonId,
    /// When.
    pub at: Timestamp,
}

impl<'a> From<&'a Origin> for Sealing<'a> {
    fn from(origin: &'a Origin) -> Self {
        let Origin { connector, space, person, at, .. } = origin;
        Self { connector, space: space.as_ref(), tenant: None, owner: &person.id, at: *at }
    }
}

impl Kept {
    fn kind(&self) -> &'static str {
        match self {
            Self::Message(_) => "message",
            Self::Lasting(_) => "lasting",
            Self::Form(_) => "form",
        }
    }

    fn json(&self) -> Result<String, sqlx::Error> {
        let json = match self {
            Self::Message(presses) | Self::Lasting(presses) => serde_json::to_string(presses),
            Self::Form(form) => serde_json::to_string(form),
        };
        json.map_err(|error| sqlx::Error::Encode(error.into()))
    }

    /// What was written, if this version can still read it.
    fn read(kind: &str, json: &str) -> Option<Self> {
        fn parsed<T: DeserializeOwned>(json: &str) -> Option<T> {
            // What the row holds may quote what was searched: the log gets the place of the error alone.
            let told =
                |error: serde_json::Error| tracing::warn!(column = error.column(), "an action of another version");
            serde_json::from_str(json).map_err(told).ok()
        }
        match kind {
            "message" => parsed(json).map(Self::Message),
            "lasting" => parsed(json).map(Self::Lasting),
            "form" => parsed(json).map(Self::Form),
            _ => None,
        }
    }
}

impl Store {
    /// Keeps what the actions of a message do, or what a form does, under an id that nobody can guess.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn keep(&self, id: &str, kept: &Kept, sealing: Sealing<'_>) -> Result<(), StoreError> {
        let life = match kept {
            Kept::Message(_) => MESSAGE_LIFE,
            Kept::Lasting(_) => LASTING_LIFE,
            Kept::Form(_) => FORM_LIFE,
        };
        let expires_at = sealing.at.as_millisecond() + i64::try_from(life.as_millis()).unwrap_or(i64::MAX / 2);
        let new = sqlx::query(
            "insert into buttons (id, connector, space, owner, kind, presses, made_at, expires_at, made_in)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        );
        let new = new.bind(id).bind(sealing.connector.as_str()).bind(sealing.space.map(SpaceId::as_str));
        let new = new.bind(sealing.owner.as_str()).bind(kept.kind()).bind(kept.json()?);
        let new = new.bind(sealing.at.as_millisecond()).bind(expires_at);
        new.bind(sealing.tenant.map(|tenant| tenant.0)).execute(&self.pool).await?;
        Ok(())
    }

    /// What is kept under an id, and for whom, as seen from where `from` presses: not past its time, and not from another
    /// space than its own. A direct room is of no space: what was asked in one may be answered there.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn find(&self, id: &str, from: Sealing<'_>) -> Result<Option<Found>, StoreError> {
        let row = sqlx::query_as::<_, (String, Option<i64>, String, String)>(
            "select owner, case when space is null or cast($3 as text) is null then made_in end, kind, presses
             from buttons
             where id = $1
               and connector = $2
               and (space is null or cast($3 as text) is null or space = $3)
               and expires_at > $4",
        );
        let row = row.bind(id).bind(from.connector.as_str()).bind(from.space.map(SpaceId::as_str));
        let row = row.bind(from.at.as_millisecond()).fetch_optional(&self.pool).await?;
        let found = |(owner, made_in, kind, json): (String, Option<i64>, String, String)| {
            let kept = Kept::read(&kind, &json)?;
            Some(Found { owner: PersonId::new(owner), made_in: made_in.map(TenantKey), kept })
        };
        Ok(row.and_then(found))
    }

    /// Forgets a form that is being submitted, and says whether it was still there: of two that submit it, one is told so.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn spend(&self, id: &str, connector: &ConnectorName) -> Result<bool, StoreError> {
        let spent = sqlx::query("delete from buttons where id = $1 and connector = $2 and kind = 'form'");
        let spent = spent.bind(id).bind(connector.as_str()).execute(&self.pool).await?;
        Ok(spent.rows_affected() > 0)
    }

    /// Forgets what expired and, for each person, all but the newest of what doesn't last; says how many rows that were.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn prune(&self, now: Timestamp) -> Result<u64, StoreError> {
        let expired = sqlx::query("delete from buttons where expires_at <= $1");
        let expired = expired.bind(now.as_millisecond()).execute(&self.pool).await?;
        let too_many = sqlx::query(
            "delete from buttons where id in (
                 select id from (
                     select id, row_number() over (
                         partition by connector, owner
                         order by made_at desc, id desc
                     ) as place
                     from buttons
                     where kind <> 'lasting'
                 ) as placed
                 where place > $1
             )",
        );
        let too_many = too_many.bind(i64::from(MOST_FOR_ONE)).execute(&self.pool).await?;
        Ok(expired.rows_affected() + too_many.rows_affected())
    }
}
