//! What calendars may show: the defences that are to come, of teams at work on published briefs, and the spaces of the tenant.

use crate::domain::duration::Minutes;
use crate::domain::key::{BriefKey, DefenceKey};
use crate::store::rows::{When, damaged, number};
use crate::store::{StoreError, Write};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use vigie_chat::{ConnectorName, SpaceId};

/// How long ago a defence may have begun that is read too: those of one day are judged together.
const A_DAY: SignedDuration = SignedDuration::from_hours(48);

/// A published brief with the defences of its teams at work, in the order of their hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefShown {
    /// Its title.
    pub title: String,
    /// JSON of the version in force.
    pub content: String,
    /// The defences, those of the last two days included.
    pub defences: Vec<DefenceShown>,
}

/// A defence, as far as a calendar is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefenceShown {
    /// Which one.
    pub key: DefenceKey,
    /// The name of its team.
    pub team: String,
    /// When it begins.
    pub starts: When,
    /// How long it lasts in all: to be compared with the others', never shown.
    pub minutes: Minutes,
    /// In which room of the school.
    pub room: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    brief_id: i64,
    name: String,
    starts_on_wall: String,
    zone: String,
    starts_at: i64,
    minutes: i64,
    room: Option<String>,
}

impl TryFrom<Row> for DefenceShown {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        let starts = When::read((Some(row.starts_on_wall), Some(row.zone), Some(row.starts_at)))?;
        Ok(Self {
            key: DefenceKey(row.id),
            team: row.name,
            starts: starts.ok_or_else(|| damaged("starts_at"))?,
            minutes: Minutes::new(number(row.minutes)?).ok_or_else(|| damaged("minutes"))?,
            room: row.room,
        })
    }
}

impl Write<'_> {
    /// The briefs whose defences a calendar may show.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn defences_to_show(&mut self) -> Result<Vec<BriefShown>, StoreError> {
        let since = self.now.checked_sub(A_DAY).unwrap_or(Timestamp::MIN).as_millisecond();
        let rows = sqlx::query_as::<_, Row>(
            "select one.id, one.brief_id, teams.name, one.starts_on_wall, one.zone, one.starts_at, one.minutes, one.room
             from defences as one
             join teams on teams.tenant_id = one.tenant_id and teams.id = one.team_id and teams.state = 'active'
             where one.tenant_id = $1 and one.starts_at > $2
             order by one.starts_at, one.id",
        );
        let rows = rows.bind(self.tenant.0).bind(since).fetch_all(&mut *self.tx).await?;
        let mut by_brief: BTreeMap<BriefKey, Vec<DefenceShown>> = BTreeMap::new();
        for row in rows {
            by_brief.entry(BriefKey(row.brief_id)).or_default().push(DefenceShown::try_from(row)?);
        }
        let mut shown = Vec::with_capacity(by_brief.len());
        for (brief, defences) in by_brief {
            let says = sqlx::query_as::<_, (String, String)>(
                "select briefs.title, said.content from briefs
                 join brief_versions as said
                     on said.tenant_id = briefs.tenant_id
                     and said.brief_id = briefs.id
                     and said.version = briefs.version
                 where briefs.tenant_id = $1 and briefs.id = $2 and briefs.state = 'published'",
            );
            let says = says.bind(self.tenant.0).bind(brief.0).fetch_optional(&mut *self.tx).await?;
            shown.extend(says.map(|(title, content)| BriefShown { title, content, defences }));
        }
        Ok(shown)
    }

    /// The spaces that make up the tenant and in which the bot is.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn spaces_there(&mut self) -> Result<BTreeSet<(ConnectorName, SpaceId)>, StoreError> {
        self.places(
            "select own.connector, own.space from tenant_spaces as own
             join spaces on spaces.connector = own.connector and spaces.id = own.space and spaces.left_at is null
             where own.tenant_id = $1",
        )
        .await
    }

    /// The spaces that the bot left and in which something of the tenant's stood.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn spaces_left(&mut self) -> Result<BTreeSet<(ConnectorName, SpaceId)>, StoreError> {
        self.places(
            "select theirs.connector, theirs.space from scheduled as theirs
             left join spaces on spaces.connector = theirs.connector and spaces.id = theirs.space
             where theirs.tenant_id = $1 and (spaces.id is null or spaces.left_at is not null)",
        )
        .await
    }

    async fn places(&mut self, sql: &'static str) -> Result<BTreeSet<(ConnectorName, SpaceId)>, StoreError> {
        let places = sqlx::query_as::<_, (String, String)>(sql).bind(self.tenant.0).fetch_all(&mut *self.tx).await?;
        Ok(places.into_iter().map(|(connector, space)| (ConnectorName::new(connector), SpaceId::new(space))).collect())
    }
}
