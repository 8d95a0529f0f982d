//! What each date of a brief is: the beginning, the deadline, a defence, a date to meet in between.
//!
//! Only lines that speak of such things are searched for dates, so that "vendredi" in a story means nothing.

use super::content::{Brief, BriefMilestone};
use super::limits::{DEFENCES, ENTRY_TITLE, MILESTONES, cut};
use super::topic::Topic;
use super::{Field, FoundDate, Remark, WallTime, World};
use regex::Regex;
use std::sync::LazyLock;
use vigie_chat::folded;

mod days;

/// What a date is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Starts,
    Deadline,
    Defence,
    Milestone,
}

/// How plainly the text says what a date is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Plainness {
    /// "Date limite", "au plus tard", or under such a heading.
    Plain,
    /// "Rendu", "dépôt": may be of something in between.
    Likely,
}

/// A date and what it is of.
#[derive(Debug, Clone)]
struct Dated {
    what: What,
    plainness: Plainness,
    at: WallTime,
    said: String,
    /// What the line says besides the date, where it stands in a calendar.
    title: Option<String>,
    doubtful: Option<String>,
}

static CUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<starts>(?:remise|distribution|presentation|publication|envoi|ouverture|diffusion|lecture|decouverte) du sujet|\bdebut\w*|\blancement|\bdemarr\w*|\bcommenc\w*|\ba partir\b|\bkick-?off)",
        r"|(?P<milestone>\bjalons?\b|\bpoints? (?:d'etape|de suivi|d'avancement)|\brevue|\batelier|\bintermediaires?\b|\bprovisoires?\b|\bmi-parcours|\bpremiere version|\bv1\b|\breunion)",
        r"|(?P<plain>\bdate (?:limite|butoir)|\bdead ?line|\bau plus tard|\bdernier delai|\bdelai de rigueur|\brendus? fina\w*|\bdepot fina\w*|\ba rendre (?:pour|avant)|\bdate de (?:rendu|remise|depot))",
        r"|(?P<likely>\ba rendre|\brendus?\b|\bremise|\bremettre|\bremis\b|\bdepots?\b|\bdepos\w+|\becheance|\blimite\b|\blivraison|\blivre[rz]|\brendre|\bavant le|\bcloture|\bpour le)",
        r"|(?P<defence>\bsoutenances?\b|\bora(?:l|ux)\b|\bpassages?\b|\bjurys?\b)",
    ))
    .expect("the pattern is constant")
});

/// The dates of a brief, gathered line by line.
pub(super) struct Calendar<'a> {
    world: &'a World<'a>,
    found: Vec<Dated>,
}

/// Most dates that are looked at.
const MOST: usize = 200;

impl<'a> Calendar<'a> {
    pub(super) fn new(world: &'a World<'a>) -> Self {
        Self { world, found: Vec::new() }
    }

    /// Reads a line that stands under a heading or a label.
    pub(super) fn line(&mut self, line: &str, topic: Option<Topic>) {
        let of_dates = matches!(
            topic,
            Some(
                Topic::Calendar | Topic::Starts | Topic::Deadline | Topic::Defences | Topic::Oral | Topic::Preparation
            )
        );
        if self.found.len() >= MOST || line.len() > 2_000 || !(of_dates || CUE.is_match(&folded(line))) {
            return;
        }
        let dates = dates(line, self.world);
        let title = (topic == Some(Topic::Calendar)).then(|| without(line, &dates)).filter(|title| !title.is_empty());
        let mut from = 0;
        let mut before: Option<(What, Plainness)> = None;
        for (at, date) in dates.iter().enumerate() {
            let until = dates.get(at + 1).map_or(line.len(), |next| next.range.start);
            let (Some(prefix), Some(suffix)) = (line.get(from..date.range.start), line.get(date.range.end..until))
            else {
                continue;
            };
            let found = line.get(date.range.clone()).unwrap_or_default();
            // What announces a date may have been read as part of it: "avant le 12".
            let prefix = folded(&format!("{prefix}{}", lead(found)));
            let joined = prefix.trim().chars().count() <= 12;
            // "Du 2 au 27 novembre": from the beginning to the end.
            let span = at > 0 && matches!(prefix.split_whitespace().next(), Some("au" | "jusqu'au"));
            let next = dates.get(at + 1).and_then(|next| line.get(date.range.end..next.range.end)).map(folded);
            let opens = next.is_some_and(|next| next.trim_start().starts_with("au "));
            let what = cue(&prefix, Side::Before)
                .or_else(|| before.filter(|(what, _)| joined && !(span && *what == What::Starts)))
                .or_else(|| span.then_some((What::Deadline, Plainness::Likely)))
                .or_else(|| by_topic(topic))
                .or_else(|| opens.then_some((What::Starts, Plainness::Likely)))
                .or_else(|| cue(&folded(suffix), Side::After))
                .or_else(|| title.is_some().then_some((What::Milestone, Plainness::Likely)));
            let what = match what {
                Some((What::Deadline, plainness)) if opens && at == 0 && !span => Some((What::Starts, plainness)),
                what => what,
            };
            from = date.range.end;
            before = what;
            if let Some((what, plainness)) = what {
                self.found.push(Dated {
                    what,
                    plainness,
                    at: self.world.wall(date.civil),
                    said: line.get(date.range.clone()).unwrap_or_default().trim().to_owned(),
                    title: title.clone(),
                    doubtful: date.doubtful.clone(),
                });
            }
        }
    }

    /// Sets the dates of the brief, and says what is doubtful or contradictory.
    pub(super) fn settle(mut self, brief: &mut Brief, remarks: &mut Vec<Remark>) {
        self.demote_between();
        brief.starts = self.one(What::Starts, Field::Starts, remarks).map(WallTime::at_beginning);
        brief.deadline = self.one(What::Deadline, Field::Deadline, remarks);
        for dated in self.found.iter().filter(|dated| dated.what == What::Defence) {
            doubt(Field::Defences, dated, remarks);
            if !brief.defences.contains(&dated.at) {
                brief.defences.push(dated.at.clone());
            }
        }
        sort_defences(&mut brief.defences, remarks);
        for dated in self.found.iter().filter(|dated| dated.what == What::Milestone) {
            if let Some(title) = &dated.title {
                doubt(Field::Milestones, dated, remarks);
                add_milestone(&mut brief.milestones, title, Some(dated.at.clone()));
            }
        }
        if brief.milestones.len() > MILESTONES {
            brief.milestones.truncate(MILESTONES);
            remarks.push(Remark::TooMany { field: Field::Milestones, most: MILESTONES });
        }
        order(brief, remarks);
    }

    /// Among several hand-ins of a calendar, the last is the deadline and the others are dates in between.
    fn demote_between(&mut self) {
        let likely = |d: &Dated| d.what == What::Deadline && d.plainness == Plainness::Likely && d.title.is_some();
        let latest = self.found.iter().filter(|d| d.what == What::Deadline).map(|d| d.at.civil).max();
        for dated in &mut self.found {
            if likely(dated) && Some(dated.at.civil) < latest {
                dated.what = What::Milestone;
            }
        }
    }

    /// The plainest date of a kind; another one is a contradiction.
    fn one(&self, what: What, field: Field, remarks: &mut Vec<Remark>) -> Option<WallTime> {
        let of_kind = || self.found.iter().filter(|dated| dated.what == what);
        let kept = of_kind().min_by_key(|dated| dated.plainness)?;
        doubt(field, kept, remarks);
        // The same day with and without its hour is no contradiction.
        let same_day: Vec<&Dated> = of_kind().filter(|d| d.at.civil.date() == kept.at.civil.date()).collect();
        let timed = same_day.iter().find(|d| !d.at.is_end_of_day()).map_or(kept, |d| *d);
        if let Some(other) = of_kind().find(|d| d.at.civil.date() != kept.at.civil.date()) {
            remarks.push(Remark::Contradiction { field, first: timed.at.to_string(), second: other.at.to_string() });
        }
        Some(timed.at.clone())
    }
}

fn doubt(field: Field, dated: &Dated, remarks: &mut Vec<Remark>) {
    if let Some(why) = &dated.doubtful {
        remarks.push(Remark::doubt(field, dated.said.clone(), why.clone()));
    }
}

/// The dates of a line, with the days that share a month.
pub(super) fn dates(line: &str, world: &World<'_>) -> Vec<FoundDate> {
    days::with_lent(line, (world.dates)(line))
}

/// Puts defences in order and keeps as many as are allowed.
pub(super) fn sort_defences(defences: &mut Vec<WallTime>, remarks: &mut Vec<Remark>) {
    defences.sort_by_key(|at| at.civil);
    if defences.len() > DEFENCES {
        defences.truncate(DEFENCES);
        remarks.push(Remark::TooMany { field: Field::Defences, most: DEFENCES });
    }
}

/// Says which dates are in an order that can't be meant.
pub(super) fn order(brief: &Brief, remarks: &mut Vec<Remark>) {
    if let (Some(starts), Some(deadline)) = (&brief.starts, &brief.deadline)
        && deadline.civil <= starts.civil
    {
        remarks.push(Remark::doubt(Field::Deadline, deadline.to_string(), "elle n’est pas après le début"));
    }
    if let (Some(deadline), Some(first)) = (&brief.deadline, brief.defences.first())
        && first.civil.date() < deadline.civil.date()
    {
        remarks.push(Remark::doubt(Field::Defences, first.as_day(), "c’est avant la date limite"));
    }
}

/// Adds a milestone under a key of its own.
pub(super) fn add_milestone(milestones: &mut Vec<BriefMilestone>, title: &str, due: Option<WallTime>) {
    let title = cut(title, ENTRY_TITLE).0;
    let words = folded(&title);
    let words: Vec<&str> =
        words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).take(6).collect();
    let base = if words.is_empty() { "jalon".to_owned() } else { words.join("-") };
    if milestones.len() > MILESTONES || milestones.iter().any(|m| m.title == title && m.due == due) {
        return;
    }
    let taken = |key: &str| milestones.iter().any(|m| m.key == key);
    let key = if taken(&base) {
        (2..=MILESTONES + 2).map(|n| format!("{base}-{n}")).find(|key| !taken(key)).unwrap_or(base)
    } else {
        base
    };
    milestones.push(BriefMilestone { key, title, due });
}

/// The words with which what was found begins, and which are no part of the day itself.
fn lead(found: &str) -> &str {
    const WORDS: [&str; 13] =
        ["avant", "au", "plus", "tard", "pour", "le", "du", "à", "partir", "d’ici", "d'ici", "jusqu’au", "jusqu'au"];
    let mut end = 0;
    for word in found.split_inclusive(' ') {
        if !WORDS.contains(&word.trim().to_lowercase().as_str()) {
            break;
        }
        end += word.len();
    }
    &found[..end]
}

/// On which side of a date its cue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

fn cue(text: &str, side: Side) -> Option<(What, Plainness)> {
    let all: Vec<(What, Plainness)> = CUE
        .captures_iter(text)
        .map(|found| {
            if found.name("starts").is_some() {
                (What::Starts, Plainness::Plain)
            } else if found.name("milestone").is_some() {
                (What::Milestone, Plainness::Plain)
            } else if found.name("plain").is_some() {
                (What::Deadline, Plainness::Plain)
            } else if found.name("likely").is_some() {
                (What::Deadline, Plainness::Likely)
            } else {
                (What::Defence, Plainness::Plain)
            }
        })
        .collect();
    // What says that it is in between, or plainly the end, is never overruled by "rendu" beside it.
    let strong = |what: What| all.iter().find(|(w, p)| *w == what && *p == Plainness::Plain).copied();
    let near = match side {
        Side::Before => all.last(),
        Side::After => all.first(),
    };
    match near {
        Some((What::Deadline, Plainness::Likely)) => strong(What::Milestone)
            .or_else(|| strong(What::Starts))
            .or_else(|| strong(What::Deadline))
            .or(near.copied()),
        near => near.copied(),
    }
}

fn by_topic(topic: Option<Topic>) -> Option<(What, Plainness)> {
    match topic? {
        Topic::Starts => Some((What::Starts, Plainness::Plain)),
        Topic::Deadline => Some((What::Deadline, Plainness::Plain)),
        Topic::Defences | Topic::Oral => Some((What::Defence, Plainness::Plain)),
        _ => None,
    }
}

/// A line without its dates and what joined them to it.
pub(super) fn without(line: &str, dates: &[FoundDate]) -> String {
    let mut kept = String::new();
    let mut from = 0;
    for date in dates {
        kept.push_str(line.get(from..date.range.start).unwrap_or(""));
        from = date.range.end;
    }
    kept.push_str(line.get(from..).unwrap_or(""));
    let words = kept.split('|').map(str::trim).filter(|part| part.chars().any(char::is_alphabetic));
    let joined = words.collect::<Vec<_>>().join(" – ");
    let trimmed = joined.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '»' | '«'));
    let small = [" le", " du", " au", " pour le", " avant le", " les", " à", " avant", " pour"];
    let mut end = trimmed;
    while let Some(shorter) = small.iter().find_map(|word| end.strip_suffix(word)) {
        end = shorter.trim_end();
    }
    for start in ["le ", "Le ", "Du ", "du "] {
        end = end.strip_prefix(start).unwrap_or(end);
    }
    end.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '«').to_owned()
}
