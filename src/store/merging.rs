//! Two people of a tenant who turn out to be one: what names the second names the first from then on.
//!
//! Every column that names a person is here. A test reads the columns of the database and fails when one was forgotten.

use super::changes::Changed;
use super::{StoreError, Write};
use vigie_chat::{ConnectorName, PersonId};

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Merging {
    /// The account, and all that was its person's, is the other's.
    Done,
    /// It was theirs already.
    Known,
    /// Both have an account on one network.
    SameNetwork,
    /// Both have a seat in a team of one brief.
    BothSeated {
        /// Its number.
        brief: i64,
    },
}

/// What is said, with the tenant, the person who stays and the one who goes. Where a row of the one who stays says the same
/// already, the other's is dropped.
const SAID: [&str; 36] = [
    "update accounts set person_id = $2 where tenant_id = $1 and person_id = $3",
    "delete from linking_codes where tenant_id = $1 and person_id = $3 and $2 <> $3",
    "delete from trainers where tenant_id = $1 and kind = 'person' and value = cast($3 as text)
       and exists (
           select 1 from trainers as own
           where own.tenant_id = $1 and own.kind = 'person' and own.value = cast($2 as text)
       )",
    "update trainers set value = cast($2 as text)
     where tenant_id = $1 and kind = 'person' and value = cast($3 as text)",
    "update briefs set author_id = $2 where tenant_id = $1 and author_id = $3",
    "update brief_versions set author_id = $2 where tenant_id = $1 and author_id = $3",
    "update seats set person_id = $2 where tenant_id = $1 and person_id = $3",
    "delete from requests where tenant_id = $1 and person_id = $3
       and team_id in (select team_id from requests where tenant_id = $1 and person_id = $2)",
    "update requests set person_id = $2 where tenant_id = $1 and person_id = $3",
    // Who has a team no longer asks for another.
    "delete from requests where tenant_id = $1 and person_id = $2 and $2 <> $3
       and team_id in (
           select teams.id from teams
           join seats on seats.tenant_id = teams.tenant_id and seats.brief_id = teams.brief_id
           where teams.tenant_id = $1 and seats.person_id = $2 and seats.left_at is null
       )",
    "update milestones set done_by = $2 where tenant_id = $1 and done_by = $3",
    "delete from milestone_people where tenant_id = $1 and person_id = $3
       and milestone_id in (select milestone_id from milestone_people where tenant_id = $1 and person_id = $2)",
    "update milestone_people set person_id = $2 where tenant_id = $1 and person_id = $3",
    "update handins set person_id = $2 where tenant_id = $1 and person_id = $3",
    "update handins set judged_by = $2 where tenant_id = $1 and judged_by = $3",
    "update hours set person_id = $2 where tenant_id = $1 and person_id = $3",
    "update coverage set person_id = $2 where tenant_id = $1 and person_id = $3",
    // Their numbers go on from those of the one who stays.
    "update reminders set number = number + (
         select coalesce(max(own.number), 0) from reminders as own
         where own.tenant_id = $1 and own.person_id = $2
     )
     where tenant_id = $1 and person_id = $3 and $2 <> $3",
    "update reminders set person_id = $2 where tenant_id = $1 and person_id = $3",
    "delete from acknowledgements where tenant_id = $1 and person_id = $3
       and reminder_id in (select reminder_id from acknowledgements where tenant_id = $1 and person_id = $2)",
    "update acknowledgements set person_id = $2 where tenant_id = $1 and person_id = $3",
    "delete from reminder_settings where tenant_id = $1 and level = 'person' and level_id = $3
       and key in (
           select own.key from reminder_settings as own
           where own.tenant_id = $1 and own.level = 'person' and own.level_id = $2
       )",
    "update reminder_settings set level_id = $2 where tenant_id = $1 and level = 'person' and level_id = $3",
    // An address leads to the person who stays, with all that is theirs by now; of two, their own.
    "delete from feeds where tenant_id = $1 and person_id = $3
       and exists (select 1 from feeds as own where own.tenant_id = $1 and own.person_id = $2)",
    "update feeds set person_id = $2 where tenant_id = $1 and person_id = $3",
    // Whoever is merged is planned anew: what waits for one of both is waited for no more.
    "delete from changes where tenant_id = $1 and kind = 'person' and subject_id = $3 and $2 <> $3",
    "delete from alarms where tenant_id = $1 and kind = 'digest' and person_id = $3 and $2 <> $3",
    "delete from alarms where tenant_id = $1 and person_id = $3
       and exists (
           select 1 from alarms as own
           where own.tenant_id = $1 and own.kind = alarms.kind and own.subject_id = alarms.subject_id
             and own.person_id = $2
       )",
    "update alarms set person_id = $2 where tenant_id = $1 and person_id = $3",
    "update deliveries set subject_id = $2 where tenant_id = $1 and kind = 'digest' and person_id = $3",
    "delete from deliveries where tenant_id = $1 and person_id = $3
       and exists (
           select 1 from deliveries as own
           where own.tenant_id = $1 and own.kind = deliveries.kind and own.subject_id = deliveries.subject_id
             and own.person_id = $2 and own.step_at = deliveries.step_at
       )",
    "update deliveries set person_id = $2 where tenant_id = $1 and person_id = $3",
    "update journal set person_id = $2 where tenant_id = $1 and person_id = $3",
    "update journal set about = 'person:' || cast($2 as text)
     where tenant_id = $1 and about = 'person:' || cast($3 as text)",
    "update people set
         met_at = case when met_at < (select other.met_at from people as other where other.tenant_id = $1 and other.id = $3)
             then met_at
             else (select other.met_at from people as other where other.tenant_id = $1 and other.id = $3) end,
         zone = coalesce(zone, (select other.zone from people as other where other.tenant_id = $1 and other.id = $3)),
         pictures = coalesce(
             pictures, (select other.pictures from people as other where other.tenant_id = $1 and other.id = $3)
         ),
         theme = coalesce(theme, (select other.theme from people as other where other.tenant_id = $1 and other.id = $3))
     where tenant_id = $1 and id = $2",
    "delete from people where tenant_id = $1 and id = $3 and $2 <> $3",
];

/// Gives an account, and whatever its person had, to the person who writes.
pub(super) async fn take_account(
    write: &mut Write<'_>,
    connector: &ConnectorName,
    account: &PersonId,
) -> Result<Merging, StoreError> {
    let (tenant, stays) = (write.tenant.0, write.person.0);
    let owner = sqlx::query_scalar::<_, i64>(
        "select person_id from accounts
         where tenant_id = $1 and connector = $2 and account = $3",
    );
    let owner = owner.bind(tenant).bind(connector.as_str()).bind(account.as_str());
    let owner = owner.fetch_optional(&mut *write.tx).await?;
    if owner == Some(stays) {
        return Ok(Merging::Known);
    }
    // Nobody has the number 0.
    let goes = owner.unwrap_or_default();
    let shared = sqlx::query_scalar::<_, i64>(
        "select count(*) from accounts
         where tenant_id = $1
           and person_id = $2
           and (
               connector = $4
               or connector in (select theirs.connector from accounts as theirs
                                where theirs.tenant_id = $1 and theirs.person_id = $3)
           )",
    );
    let shared = shared.bind(tenant).bind(stays).bind(goes).bind(connector.as_str());
    if shared.fetch_one(&mut *write.tx).await? > 0 {
        return Ok(Merging::SameNetwork);
    }
    let Some(goes) = owner else {
        let new = sqlx::query(
            "insert into accounts (tenant_id, connector, account, person_id)
             values ($1, $2, $3, $4)",
        );
        let new = new.bind(tenant).bind(connector.as_str()).bind(account.as_str()).bind(stays);
        new.execute(&mut *write.tx).await?;
        return Ok(Merging::Done);
    };
    let both = sqlx::query_scalar::<_, i64>(
        "select briefs.number from seats
         join seats as other on other.tenant_id = seats.tenant_id and other.brief_id = seats.brief_id
         join briefs on briefs.tenant_id = seats.tenant_id and briefs.id = seats.brief_id
         where seats.tenant_id = $1
           and seats.person_id = $2
           and seats.left_at is null
           and other.person_id = $3
           and other.left_at is null
         order by briefs.number
         limit 1",
    );
    let both = both.bind(tenant).bind(stays).bind(goes).fetch_optional(&mut *write.tx).await?;
    if let Some(brief) = both {
        return Ok(Merging::BothSeated { brief });
    }
    for said in SAID {
        sqlx::query(said).bind(tenant).bind(stays).bind(goes).execute(&mut *write.tx).await?;
    }
    write.touch(Changed::Person(write.person));
    Ok(Merging::Done)
}
