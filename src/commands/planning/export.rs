//! `/planning export`: a Markdown document with its pictures beside it, and a table for a spreadsheet.

use super::{By, Ground, gantt, heures, reseau};
use crate::commands::context::{Context, Problem};
use crate::commands::which::Meant;
use crate::domain::display::Theme;
use crate::domain::handin::FileName;
use crate::views;
use crate::views::plan::{Dossier, What};
use std::collections::BTreeMap;
use std::sync::Arc;
use vigie_chat::{AltText, Draft, File};

/// The answer with its files: three pictures and two texts at most, where a network takes ten in one message.
pub(super) async fn exported(
    context: &Context,
    (meant, ground): (&Meant, &Arc<Ground>),
    (by, theme): (By, Option<Theme>),
) -> Result<Draft, Problem> {
    let drawn = [
        (What::Gantt, gantt::drawn(context, ground, (by, theme)).await),
        (What::Network, reseau::drawn(context, ground, theme).await),
        (What::Hours, heures::drawn(context, ground, theme).await),
    ];
    let pictures: Vec<(What, File)> = drawn.into_iter().filter_map(|(what, drawn)| Some((what, drawn?.png))).collect();
    let all = context.scope()?.deliverables_of(meant.team.key).await?;
    let titles: BTreeMap<u32, String> = all.into_iter().map(|one| (one.number, one.draft.title)).collect();
    let (told, whose) = (ground.told(), meant.whose(context)?);
    let dossier = Dossier { whose: &whose, defence_at: ground.plan.defence, hours: &ground.hours, pictures: &pictures };
    let described = |words: &str| {
        AltText::new(format!("{words} de l’{}", whose.named())).map_err(|error| Problem::Fault(error.to_string()))
    };
    let name =
        |ending: &str| FileName::of(&format!("planning-equipe-{}.{ending}", meant.team.number)).as_str().to_owned();
    let document = views::plan::document(&told, &dossier);
    let table = views::plan::table(&told, whose.zone, &titles);
    let mut files = vec![
        File::new(name("md"), "text/markdown", document, described("Planning, en texte,")?),
        File::new(name("csv"), "text/csv", table, described("Planning, en tableau,")?),
    ];
    files.extend(pictures.into_iter().map(|(_, file)| file));
    Ok(views::plan::exported(&told, files))
}
