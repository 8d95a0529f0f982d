//! Erasing a tenant: every table of it, at once. A test reads the tables of the database and fails when one was forgotten.

use super::StoreError;
use sqlx::{Any, Transaction};

/// What is said, with the tenant, to erase all that is its own.
const ALL: [&str; 34] = [
    "delete from buttons where made_in = $1",
    "delete from tenant_spaces where tenant_id = $1",
    "delete from people where tenant_id = $1",
    "delete from accounts where tenant_id = $1",
    "delete from linking_codes where tenant_id = $1",
    "delete from trainers where tenant_id = $1",
    "delete from cohorts where tenant_id = $1",
    "delete from briefs where tenant_id = $1",
    "delete from brief_versions where tenant_id = $1",
    "delete from teams where tenant_id = $1",
    "delete from seats where tenant_id = $1",
    "delete from requests where tenant_id = $1",
    "delete from team_numbers where tenant_id = $1",
    "delete from milestones where tenant_id = $1",
    "delete from milestone_people where tenant_id = $1",
    "delete from milestone_needs where tenant_id = $1",
    "delete from milestone_criteria where tenant_id = $1",
    "delete from deliverables where tenant_id = $1",
    "delete from handins where tenant_id = $1",
    "delete from hours where tenant_id = $1",
    "delete from coverage where tenant_id = $1",
    "delete from defences where tenant_id = $1",
    "delete from reminders where tenant_id = $1",
    "delete from acknowledgements where tenant_id = $1",
    "delete from reminder_settings where tenant_id = $1",
    "delete from changes where tenant_id = $1",
    "delete from alarms where tenant_id = $1",
    "delete from deliveries where tenant_id = $1",
    "delete from gone_dates where tenant_id = $1",
    "delete from feeds where tenant_id = $1",
    "delete from scheduling where tenant_id = $1",
    "delete from scheduled where tenant_id = $1",
    "delete from journal where tenant_id = $1",
    "delete from tenant_settings where tenant_id = $1",
];

/// Has the other writers of a tenant wait, and says whether it is there.
pub(super) async fn hold(all: &mut Transaction<'static, Any>, tenant: i64) -> Result<bool, StoreError> {
    let held = sqlx::query("update tenants set writes = writes + 1 where id = $1");
    Ok(held.bind(tenant).execute(&mut **all).await?.rows_affected() > 0)
}

/// Whether a tenant has something that its people would miss.
pub(super) async fn holds_something(all: &mut Transaction<'static, Any>, tenant: i64) -> Result<bool, StoreError> {
    let held = sqlx::query_scalar::<_, i64>(
        "select (select count(*) from briefs where tenant_id = $1)
              + (select count(*) from trainers where tenant_id = $1)
              + (select count(*) from seats where tenant_id = $1)
              + (select count(*) from cohorts where tenant_id = $1)
              + (select count(*) from reminders where tenant_id = $1)",
    );
    Ok(held.bind(tenant).fetch_one(&mut **all).await? > 0)
}

/// Erases a tenant if no space is left of it. It is [held](hold) by the caller.
pub(super) async fn unless_spaces(all: &mut Transaction<'static, Any>, tenant: i64) -> Result<(), StoreError> {
    let spaces = sqlx::query_scalar::<_, i64>("select count(*) from tenant_spaces where tenant_id = $1");
    if spaces.bind(tenant).fetch_one(&mut **all).await? > 0 {
        return Ok(());
    }
    for theirs in ALL {
        sqlx::query(theirs).bind(tenant).execute(&mut **all).await?;
    }
    sqlx::query("delete from tenants where id = $1").bind(tenant).execute(&mut **all).await?;
    Ok(())
}
