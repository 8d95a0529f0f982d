//! What a team's milestones are read against: its people, its other milestones, its deliverables, its brief.

use super::lines::Given;
use crate::commands::context::{Context, Problem};
use crate::commands::moment::{Anchors, kept};
use crate::commands::plan::{content, names, numbers};
use crate::commands::which::Meant;
use crate::domain::brief::{Brief as Content, ReferentielChoice};
use crate::domain::coverage;
use crate::domain::date::Reading;
use crate::domain::duration::Minutes;
use crate::domain::key::MilestoneKey;
use crate::domain::limits;
use crate::domain::permission::Leave;
use crate::domain::person::PersonKey;
use crate::library::Library;
use crate::store::{Deliverable, Member, Milestone, MilestoneDraft};
use crate::views;
use crate::views::milestone::Board;
use jiff::Zoned;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use vigie_chat::{Text, folded};
use vigie_referentiels::CompetencyCode;

/// Words by which a value is taken away.
const NONE: [&str; 7] = ["aucun", "aucune", "personne", "rien", "sans", "non", "-"];
/// Words for everybody in the team.
const ALL: [&str; 5] = ["tous", "toutes", "tout le monde", "l'equipe", "equipe"];

/// A team's milestones, with all that they are read against.
pub(super) struct Ground {
    pub(super) milestones: Vec<Milestone>,
    pub(super) now: Zoned,
    pub(super) team: String,
    me: PersonKey,
    members: Vec<Member>,
    names: BTreeMap<PersonKey, String>,
    numbers: HashMap<MilestoneKey, u32>,
    deliverables: Vec<Deliverable>,
    content: Content,
    anchors: Anchors,
    leave: Leave,
    library: Arc<Library>,
}

/// A milestone as it would be kept.
#[derive(Debug)]
pub(super) struct Drafted {
    pub(super) draft: MilestoneDraft,
    /// What was understood of its date, where it is to be asked about.
    pub(super) doubtful: Option<Reading>,
    /// The date, where there is one.
    pub(super) due: Option<Reading>,
    /// Ranks of the earlier ones of the same message that it needs.
    pub(super) earlier: Vec<usize>,
}

impl Ground {
    /// That of a team.
    ///
    /// # Errors
    ///
    /// [`Problem::Fault`] when the store fails.
    pub(super) async fn of(context: &Context, meant: &Meant) -> Result<Self, Problem> {
        let scope = context.scope()?;
        let milestones = scope.milestones_of(meant.team.key).await?;
        Ok(Self {
            numbers: numbers(&milestones),
            milestones,
            now: context.wall()?,
            team: meant.value(),
            me: context.here()?.person,
            members: meant.team.members.clone(),
            names: names(context, &meant.team).await?,
            deliverables: scope.deliverables_of(meant.team.key).await?,
            content: content(context, &meant.brief).await?,
            anchors: Anchors::of(context, meant).await?,
            leave: meant.leave(),
            library: Arc::clone(&context.library),
        })
    }

    /// The same after something changed.
    ///
    /// # Errors
    ///
    /// [`Problem::Fault`] when the store fails.
    pub(super) async fn renewed(mut self, context: &Context, meant: &Meant) -> Result<Self, Problem> {
        self.milestones = context.scope()?.milestones_of(meant.team.key).await?;
        self.numbers = numbers(&self.milestones);
        Ok(self)
    }

    /// What views tell milestones with.
    pub(super) fn board(&self) -> Board<'_> {
        Board {
            team: &self.team,
            names: &self.names,
            numbers: &self.numbers,
            now: &self.now,
            deadline: self.anchors.deadline,
            defence: self.anchors.defence,
            leave: self.leave,
        }
    }

    /// The milestone of this key.
    pub(super) fn milestone(&self, key: MilestoneKey) -> Option<&Milestone> {
        self.milestones.iter().find(|milestone| milestone.key == key)
    }

    /// Whether words of a line are likely people: a letter or two are as likely something else.
    pub(super) fn is_person(&self, typed: &str) -> bool {
        let is_whole = || {
            self.members.iter().filter_map(|member| member.name.as_deref()).any(|name| folded(name) == folded(typed))
        };
        (typed.chars().count() > 2 && self.person(typed).is_ok()) || is_whole()
    }

    /// A draft with what is given in the place of what it had. `earlier` are the titles of the same message so far.
    ///
    /// # Errors
    ///
    /// A sentence that says what is wrong.
    pub(super) fn draft(&self, given: &Given, former: &MilestoneDraft, earlier: &[String]) -> Result<Drafted, Text> {
        let mut drafted = Drafted { draft: former.clone(), doubtful: None, due: None, earlier: Vec::new() };
        let draft = &mut drafted.draft;
        if let Some(title) = &given.title {
            draft.title = limits::TITLE.read(title).map_err(|wrong| Text::from(wrong.to_string()))?;
        }
        if draft.title.is_empty() {
            return Err(views::milestone::half_empty());
        }
        match given.due.as_deref() {
            None => {}
            Some(typed) if is_none(typed) => draft.due = None,
            Some(typed) => {
                let read = self.anchors.read(typed, &self.now).map_err(|wrong| Text::from(wrong.to_string()))?;
                let is_as_before = former.due.as_ref().is_some_and(|due| due.at == read.moment.at());
                draft.due = Some(kept(&read.moment));
                drafted.doubtful = Some(read.clone()).filter(|read| !read.doubts.is_empty() && !is_as_before);
                drafted.due = Some(read);
            }
        }
        if let Some(typed) = &given.people {
            draft.people = self.people(typed)?;
        }
        match given.minutes.as_deref() {
            None => {}
            Some(typed) if is_none(typed) => draft.minutes = None,
            Some(typed) => draft.minutes = Some(Minutes::read(typed).map_err(|wrong| Text::from(wrong.to_string()))?),
        }
        if let Some(typed) = &given.after {
            (draft.needs, drafted.earlier) = self.needs(typed, earlier)?;
        }
        if let Some(typed) = &given.deliverable {
            draft.deliverable = self.deliverable(typed)?;
        }
        if let Some(typed) = &given.criteria {
            draft.criteria = self.criteria(typed)?;
        }
        Ok(drafted)
    }

    fn people(&self, typed: &str) -> Result<Vec<PersonKey>, Text> {
        let mut people: Vec<PersonKey> = Vec::new();
        if is_none(typed) {
            return Ok(people);
        }
        for typed in few(typed, limits::PEOPLE)? {
            let found = self.person(typed)?;
            people.extend(found);
        }
        people.sort_unstable();
        people.dedup();
        limits::PEOPLE.check(people.len()).map_err(|wrong| Text::from(wrong.to_string()))?;
        Ok(people)
    }

    fn person(&self, typed: &str) -> Result<Vec<PersonKey>, Text> {
        let wanted = folded(typed.trim().trim_start_matches('@')).replace('’', "'");
        if wanted == "moi" {
            return Ok(vec![self.me]);
        }
        if ALL.contains(&wanted.as_str()) {
            return Ok(self.members.iter().map(|member| member.person).collect());
        }
        let named = self.members.iter().filter_map(|member| Some((member.person, member.name.as_deref()?)));
        let named: Vec<(PersonKey, &str)> = named.collect();
        let of = |matches: &dyn Fn(&str) -> bool| -> Vec<(PersonKey, &str)> {
            named.iter().copied().filter(|(_, name)| matches(&folded(name))).collect()
        };
        let mut found = of(&|name| name == wanted);
        if found.is_empty() && !wanted.is_empty() {
            found =
                of(&|name| name.starts_with(&wanted) || name.split_whitespace().any(|word| word.starts_with(&wanted)));
        }
        let called = |of: &[(PersonKey, &str)]| of.iter().map(|(_, name)| (*name).to_owned()).collect::<Vec<_>>();
        match found.as_slice() {
            [(one, _)] => Ok(vec![*one]),
            [] => {
                let all = called(&named);
                Err(views::milestone::unknown_person(typed, &all.iter().map(String::as_str).collect::<Vec<_>>()))
            }
            several => {
                let several = called(several);
                Err(views::milestone::unsure_person(typed, &several.iter().map(String::as_str).collect::<Vec<_>>()))
            }
        }
    }

    fn needs(&self, typed: &str, earlier: &[String]) -> Result<(Vec<MilestoneKey>, Vec<usize>), Text> {
        let (mut needs, mut ranks) = (Vec::new(), Vec::new());
        if is_none(typed) {
            return Ok((needs, ranks));
        }
        for typed in few(typed, limits::NEEDS)? {
            let wanted = folded(typed);
            match earlier.iter().rposition(|title| folded(title) == wanted) {
                Some(rank) if super::number(typed).is_none() => ranks.push(rank),
                _ => needs.push(super::find(&self.milestones, typed)?.key),
            }
        }
        needs.sort_unstable();
        needs.dedup();
        ranks.dedup();
        limits::NEEDS.check(needs.len() + ranks.len()).map_err(|wrong| Text::from(wrong.to_string()))?;
        Ok((needs, ranks))
    }

    fn deliverable(&self, typed: &str) -> Result<Option<u32>, Text> {
        if is_none(typed) {
            return Ok(None);
        }
        let wanted = folded(typed.trim());
        let bare = wanted.strip_prefix("livrable").unwrap_or(&wanted).trim_start();
        let number = bare.strip_prefix(['l', '#']).unwrap_or(bare).parse::<u32>().ok();
        let by_words = |one: &&Deliverable| {
            let title = folded(&one.draft.title);
            wanted.split_whitespace().all(|word| title.contains(word))
        };
        let found: Vec<&Deliverable> = match number {
            Some(number) => self.deliverables.iter().filter(|one| one.number == number).collect(),
            None => self.deliverables.iter().filter(by_words).collect(),
        };
        match found.as_slice() {
            [one] => Ok(Some(one.number)),
            _ => Err(views::milestone::unknown_deliverable(typed, &self.deliverables)),
        }
    }

    /// Criteria and competencies of the brief, by their codes as the document writes them.
    fn criteria(&self, typed: &str) -> Result<Vec<String>, Text> {
        if is_none(typed) {
            return Ok(Vec::new());
        }
        let codes: Vec<CompetencyCode> =
            self.content.competencies.iter().filter_map(|assessed| assessed.code.as_deref()?.parse().ok()).collect();
        let referentiel = match &self.content.referentiel {
            Some(ReferentielChoice::Known(slug)) => self.library.referentiel(slug),
            _ => None,
        };
        let asked = referentiel.map(|referentiel| coverage::asked(referentiel, &codes)).unwrap_or_default();
        let mut criteria: Vec<String> = Vec::new();
        let listed: Vec<&str> = few(typed, limits::CRITERIA)?.into_iter().flat_map(str::split_whitespace).collect();
        limits::CRITERIA.check(listed.len()).map_err(|wrong| Text::from(wrong.to_string()))?;
        for typed in listed {
            let wanted = folded(typed);
            let code = typed.parse::<CompetencyCode>().ok().filter(|code| codes.contains(code));
            let criterion = asked.iter().map(|asked| asked.id).find(|id| folded(id) == wanted);
            match criterion.map(str::to_owned).or_else(|| code.map(|code| code.to_string())) {
                Some(known) if criteria.contains(&known) => {}
                Some(known) => criteria.push(known),
                None => {
                    let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
                    return Err(views::milestone::not_asked(typed, &codes));
                }
            }
        }
        Ok(criteria)
    }
}

fn is_none(typed: &str) -> bool {
    NONE.contains(&folded(typed.trim()).as_str())
}

/// Several things in one text, `1, 2 et 3`, as many as there may be. More aren't looked at: each is looked for among all that
/// a team has, for every line of a message, so that a long list of the same would take minutes.
fn few(typed: &str, limit: limits::Count) -> Result<Vec<&str>, Text> {
    let parts = typed.split([',', ';', '+', '&']).flat_map(|part| part.split(" et "));
    let listed: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    limit.check(listed.len()).map_err(|wrong| Text::from(wrong.to_string()))?;
    Ok(listed)
}
