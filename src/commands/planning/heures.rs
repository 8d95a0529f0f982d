//! The picture of hours: what is left of the budget, day by day.

use super::Ground;
use crate::commands::context::Context;
use crate::commands::drawn::Drawn;
use crate::domain::display::Theme;
use crate::pictures::burn_down::Chart;

/// The picture, if whoever asks wants any.
pub(super) async fn drawn(context: &Context, ground: &Ground, theme: Option<Theme>) -> Option<Drawn> {
    let (chart, theme) = (chart(ground), context.theme(theme));
    context.drawn("planning-heures", move || chart.draw(theme)).await
}

fn chart(ground: &Ground) -> Chart {
    let zone = ground.now.time_zone();
    let day = |at| zone.to_datetime(at).date();
    let plan = &ground.plan;
    Chart {
        team: ground.name.clone(),
        budget: plan.budget.map(|budget| budget.total(plan.members.len())),
        starts: plan.starts_at.map(day),
        deadline: plan.deadline.map(|at| zone.to_datetime(at)),
        now: ground.now.datetime(),
        logged: ground.hours.iter().map(|entry| (entry.entry.spent_on, entry.entry.minutes.get())).collect(),
    }
}
