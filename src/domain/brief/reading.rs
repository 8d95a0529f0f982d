//! From a trainer's text to a brief: each part of the outline goes to what reads it.

use super::calendar::Calendar;
use super::certification::{self, Recognised};
use super::competencies::{self, Scope};
use super::content::{BlocChoice, Brief, ReferentielChoice};
use super::deliverables::Deliverables;
use super::limits::{self, CONTEXT, Cut, LINES, MODALITIES, RESOURCE, RESOURCES, TITLE, cut};
use super::outline::{Line, Mark, Section, outline};
use super::plan::Figures;
use super::topic::Topic;
use super::{Field, Remark, World};
use std::collections::BTreeMap;
use vigie_chat::folded;
use vigie_referentiels::CompetencyCode;

/// What was understood of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Understood {
    /// The brief, as complete as the text is.
    pub brief: Brief,
    /// What a person must look at, what is missing first.
    pub remarks: Vec<Remark>,
}

/// Reads a brief in Markdown or plain text. A text past [`limits::FILE_BYTES`] is cut there.
///
/// Nothing is refused: what can't be understood is told by remarks. Cost grows with the length of the text; the search and
/// the dates are asked a bounded number of times.
#[must_use]
pub fn read(text: &str, world: &World<'_>) -> Understood {
    let mut end = text.len().min(limits::FILE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let is_cut = end < text.len();
    let text = &text[..end];
    let sections = outline(text);
    let mut reading = Reading { world, brief: Brief::default(), remarks: Vec::new() };
    if is_cut || text.split(['\n', '\r']).nth(LINES).is_some() {
        reading.remarks.push(Remark::Unread { lines: LINES });
    }
    reading.title(&sections);
    reading.certification(&sections, text);
    reading.competencies(&sections);
    reading.deliverables(&sections);
    reading.figures_and_dates(&sections);
    reading.prose(&sections);
    reading.rest(&sections);
    reading.finished()
}

struct Reading<'a> {
    world: &'a World<'a>,
    brief: Brief,
    remarks: Vec<Remark>,
}

/// What a line tells, and of what: after its label, or under the heading of its section.
fn told<'l>(section: &Section, line: &'l Line) -> (Option<Topic>, &'l str) {
    match &line.label {
        // A deliverable or a competency may be worded as a label is; in a calendar, the label is the thing to date.
        Some((topic, value))
            if !matches!(section.topic, Some(Topic::Deliverables | Topic::Competencies))
                && (section.topic != Some(Topic::Calendar) || matches!(line.mark, Mark::Row(_))) =>
        {
            (Some(*topic), value)
        }
        _ => (section.topic, &line.text),
    }
}

impl Reading<'_> {
    /// The words told of a topic, after labels and under headings, in order.
    fn of(sections: &[Section], wanted: Topic) -> impl Iterator<Item = &str> {
        sections.iter().flat_map(move |section| {
            let lines = section.lines.iter().map(move |line| told(section, line));
            lines.filter(move |(topic, _)| *topic == Some(wanted)).map(|(_, text)| text)
        })
    }

    fn title(&mut self, sections: &[Section]) {
        let labelled = Self::of(sections, Topic::Title).next().filter(|title| !title.is_empty());
        let heading =
            sections.iter().take(4).find(|s| !s.heading.is_empty() && s.topic.is_none()).map(|s| s.heading.as_str());
        let first = sections.iter().flat_map(|s| &s.lines).take(1).find(|line| line.mark == Mark::Paragraph);
        let first =
            first.map(|line| line.text.as_str()).filter(|line| line.chars().count() <= TITLE && !line.ends_with(':'));
        // A text that begins by "Projet Norval" is called so, even where such words may head its situation.
        let named = sections.get(1).filter(|s| s.own == Some(Topic::Context) && sections[0].lines.is_empty());
        let starts = ["projet ", "sujet ", "cas ", "mspr "];
        let named = named.filter(|s| starts.iter().any(|start| folded(&s.heading).starts_with(start)));
        let named = named.map(|s| s.heading.as_str());
        let Some(title) = labelled.or(heading).or(named).or(first) else { return };
        // "Sujet MSPR : prévoir les pannes" is titled by what follows.
        let title = match title.split_once(':') {
            Some((name, rest)) if is_kind(name) && !rest.trim().is_empty() => rest.trim(),
            _ => title,
        };
        let title = title.trim_matches(['"', '“', '”', '«', '»', ' ', '\u{a0}']);
        self.brief.title = self.kept(title, Field::Title, TITLE);
    }

    /// A text within its limit; what is cut is told.
    fn kept(&mut self, text: &str, field: Field, most: usize) -> String {
        let (kept, shortened) = cut(text, most);
        if shortened == Cut::Shortened {
            self.remarks.push(Remark::TooLong { field, most });
        }
        kept
    }

    fn took<T>(&mut self, recognised: Recognised<T>) -> Option<T> {
        self.remarks.extend(recognised.remarks);
        recognised.choice
    }

    fn certification(&mut self, sections: &[Section], text: &str) {
        let labelled = Self::of(sections, Topic::Referentiel).find(|words| !words.is_empty());
        let heading = sections.iter().find(|s| s.own == Some(Topic::Referentiel)).map(|s| s.heading.as_str());
        let named = labelled.or(heading).map(|words| certification::named(words, self.world));
        self.brief.referentiel = match named {
            Some(named) => self.took(named),
            None => self.deduced(sections, text),
        };
        let referentiel = self.world.chosen(self.brief.referentiel.as_ref());
        let stated = Self::of(sections, Topic::Bloc).find(|words| !words.is_empty()).map(str::to_owned);
        let headed = sections.iter().find(|s| s.own == Some(Topic::Bloc)).map(|s| s.heading.clone());
        let mentioned = || {
            let headings = sections.iter().map(|s| s.heading.as_str());
            let firsts = sections.iter().flat_map(|s| s.lines.iter().take(3)).map(|line| line.text.as_str());
            [self.brief.title.as_str()].into_iter().chain(headings).chain(firsts).find_map(certification::mentions_bloc)
        };
        let words = match (headed, stated) {
            (Some(heading), _) if heading.chars().any(|c| c.is_ascii_digit()) => Some(heading),
            (_, Some(stated)) => Some(stated),
            (heading, None) => mentioned().or(heading),
        };
        if let Some(words) = words {
            let bloc = certification::bloc(&words, referentiel);
            self.brief.bloc = self.took(bloc);
        }
    }

    /// Where no référentiel is named: the one that has the codes, else the one whose name appears.
    fn deduced(&mut self, sections: &[Section], text: &str) -> Option<ReferentielChoice> {
        let lines = sections.iter().filter(|s| s.topic == Some(Topic::Competencies)).flat_map(|s| &s.lines);
        let codes: Vec<CompetencyCode> =
            lines.take(200).flat_map(|line| competencies::codes(&line.text)).map(|(_, code)| code).collect();
        let having = competencies::having(&codes, self.world.referentiels);
        match having.as_slice() {
            [one] => {
                let why = "c’est le seul référentiel qui a toutes ces compétences";
                self.remarks.push(Remark::doubt(Field::Referentiel, one.titre.clone(), why));
                return Some(ReferentielChoice::Known(one.slug.clone()));
            }
            [_, _, ..] => {
                let shown: Vec<&str> = codes.iter().take(5).map(CompetencyCode::as_str).collect();
                self.remarks.push(certification::ambiguous(Field::Referentiel, &shown.join(", "), &having));
                return None;
            }
            [] => {}
        }
        let passing = certification::in_passing(text, self.world);
        self.took(passing)
    }

    fn competencies(&mut self, sections: &[Section]) {
        let scope = Scope::of(&self.brief, self.world);
        let mut lines: Vec<Line> = Vec::new();
        for section in sections {
            let own = section.topic == Some(Topic::Competencies);
            if own && !competencies::codes(&section.heading).is_empty() {
                lines.push(Line::new(section.heading.as_str(), Mark::Item(1)));
                let under = section.lines.iter().filter(|line| !competencies::codes(&line.text).is_empty());
                lines.extend(under.cloned());
                continue;
            }
            let listed = section.is_listed();
            for line in &section.lines {
                match told(section, line) {
                    // Beside a list, only what has a code is a competency.
                    (Some(Topic::Competencies), text)
                        if own && listed && line.mark == Mark::Paragraph && competencies::codes(text).is_empty() => {}
                    (Some(Topic::Competencies), text) if own => {
                        lines.push(Line::new(text, line.mark.clone()));
                    }
                    (Some(Topic::Competencies), text) => {
                        // After a label, statements are told apart by semicolons.
                        let parts = text.split(';').map(|part| Line::new(part.trim(), Mark::Item(1)));
                        lines.extend(parts);
                    }
                    _ => {}
                }
            }
        }
        if lines.is_empty() {
            // No section of their own: codes anywhere, where the référentiel has them.
            let has = |line: &&Line| competencies::codes(&line.text).iter().any(|(_, code)| scope.find(code).is_some());
            lines = sections.iter().flat_map(|s| &s.lines).take(5_000).filter(has).cloned().collect();
        }
        let found = competencies::read(&lines, scope, self.world);
        self.remarks.extend(found.remarks);
        self.brief.competencies = found.assessed;
        if self.brief.referentiel.is_none() {
            self.by_matches(&found.matches);
        }
        self.bloc_of_competencies();
    }

    /// Where nothing else names a référentiel: the one that most wordings come from.
    fn by_matches(&mut self, matches: &[super::Match]) {
        let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
        for found in matches {
            *votes.entry(found.slug.as_str()).or_default() += 1;
        }
        let Some((slug, most)) = votes.iter().max_by_key(|(_, votes)| **votes) else { return };
        let Some(best) = self.world.referentiel(slug) else { return };
        if most * 3 >= matches.len() * 2 {
            let why = "je le déduis des compétences citées";
            self.remarks.push(Remark::doubt(Field::Referentiel, best.titre.clone(), why));
            self.brief.referentiel = Some(ReferentielChoice::Known((*slug).to_owned()));
        } else if !self.remarks.iter().any(|r| matches!(r, Remark::Ambiguous { field: Field::Referentiel, .. })) {
            let several: Vec<_> = votes.keys().filter_map(|slug| self.world.referentiel(slug)).collect();
            self.remarks.push(certification::ambiguous(Field::Referentiel, "les compétences citées", &several));
        }
    }

    /// Where no bloc is named: the one that all competencies are of.
    fn bloc_of_competencies(&mut self) {
        let Some(referentiel) = self.world.chosen(self.brief.referentiel.as_ref()) else { return };
        let codes = self.brief.competencies.iter().filter_map(|a| a.code.as_deref()?.parse::<CompetencyCode>().ok());
        let mut blocs: Vec<&str> =
            codes.filter_map(|code| referentiel.competency(&code).map(|(bloc, _)| bloc.code.as_str())).collect();
        blocs.dedup();
        if let ([one], None) = (blocs.as_slice(), &self.brief.bloc) {
            self.remarks.push(Remark::doubt(Field::Bloc, *one, "je le déduis des compétences citées"));
            self.brief.bloc = Some(BlocChoice::Known((*one).to_owned()));
        }
    }

    fn deliverables(&mut self, sections: &[Section]) {
        let mut reading = Deliverables::new(self.world);
        for section in sections {
            if section.topic == Some(Topic::Deliverables) {
                reading.section(section);
                continue;
            }
            for line in &section.lines {
                if let (Some(Topic::Deliverables), text) = told(section, line) {
                    reading.enumerated(text);
                }
            }
        }
        self.brief.deliverables = reading.expected;
        self.remarks.extend(reading.remarks);
    }

    fn figures_and_dates(&mut self, sections: &[Section]) {
        let mut figures = Figures::default();
        let mut calendar = Calendar::new(self.world);
        for section in sections {
            // A heading may tell as much as a line: "Soutenance (20 min)".
            if section.heading.chars().any(|c| c.is_ascii_digit()) {
                figures.line(&section.heading, section.topic);
                calendar.line(&section.heading, section.topic);
            }
            let listed = section.is_listed();
            for line in &section.lines {
                let (topic, text) = told(section, line);
                // A paragraph beside a list is no entry of it.
                let aside = listed && line.mark == Mark::Paragraph;
                let topic = match topic {
                    // What stands beside a list of deliverables and tells a date tells that of all.
                    Some(Topic::Deliverables) if aside => Some(Topic::Deadline),
                    Some(Topic::Competencies) if aside => None,
                    topic => topic,
                };
                figures.line(text, topic);
                // The dates of deliverables are theirs.
                if topic != Some(Topic::Deliverables) {
                    let labelled = topic != section.topic && section.topic != Some(Topic::Calendar);
                    calendar.line(if labelled { text } else { &line.text }, topic);
                }
            }
        }
        figures.settle(&mut self.brief, &mut self.remarks);
        calendar.settle(&mut self.brief, &mut self.remarks);
        let latest = self.brief.deliverables.iter().filter_map(|d| d.due.as_ref()).max_by_key(|due| due.civil);
        if let (None, Some(latest)) = (&self.brief.deadline, latest) {
            self.remarks.push(Remark::doubt(
                Field::Deadline,
                latest.to_string(),
                "c’est la dernière date donnée pour un livrable",
            ));
            self.brief.deadline = Some(latest.clone());
        }
    }

    fn prose(&mut self, sections: &[Section]) {
        let mut context = joined(sections, Topic::Context);
        if context.is_empty() {
            // What stands before the parts, without the title and what has a label.
            let opening = sections.iter().filter(|s| s.topic.is_none()).take(2).flat_map(|s| &s.lines);
            let opening = opening.filter(|line| line.mark == Mark::Paragraph && line.label.is_none());
            let lines: Vec<&str> =
                opening.map(|l| l.text.as_str()).filter(|l| !l.contains(&self.brief.title)).collect();
            context = lines.join("\n");
        }
        self.brief.context = self.kept(&context, Field::Context, CONTEXT);
        let modalities = joined(sections, Topic::Modalities);
        let modalities = self.kept(&modalities, Field::Modalities, MODALITIES);
        self.brief.modalities = (!modalities.is_empty()).then_some(modalities);
        let mut resources: Vec<String> = Vec::new();
        for section in sections {
            for line in &section.lines {
                if let (Some(Topic::Resources), text) = told(section, line)
                    && !text.ends_with(':')
                    && !matches!(line.mark, Mark::Header(_))
                    && resources.len() <= RESOURCES
                {
                    resources.push(self.kept(text, Field::Resources, RESOURCE));
                }
            }
        }
        if resources.len() > RESOURCES {
            resources.truncate(RESOURCES);
            self.remarks.push(Remark::TooMany { field: Field::Resources, most: RESOURCES });
        }
        self.brief.resources = resources;
    }

    /// Tells of parts that no field took.
    fn rest(&mut self, sections: &[Section]) {
        for section in sections {
            let unlabelled = section.lines.iter().any(|line| told(section, line).0.is_none());
            let title = folded(&section.heading).contains(&folded(&self.brief.title)) && !self.brief.title.is_empty();
            if section.topic.is_none() && !section.heading.is_empty() && unlabelled && !title {
                self.remarks.push(Remark::Ignored(cut(&section.heading, 80).0));
            }
        }
    }

    fn finished(mut self) -> Understood {
        let advised =
            [Field::Referentiel, Field::Bloc, Field::Competencies, Field::Team, Field::Preparation, Field::Oral];
        let ambiguous =
            |field| self.remarks.iter().any(|r| matches!(r, Remark::Ambiguous { field: f, .. } if *f == field));
        let mut remarks: Vec<Remark> = Field::ALL
            .into_iter()
            .filter(|field| (field.is_required() || advised.contains(field)) && field.is_empty_in(&self.brief))
            .filter(|field| !ambiguous(*field))
            .map(Remark::Missing)
            .collect();
        for remark in std::mem::take(&mut self.remarks) {
            if remarks.len() < limits::REMARKS && !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
        Understood { brief: self.brief, remarks }
    }
}

/// Whether words only say what kind of paper it is.
fn is_kind(name: &str) -> bool {
    let name = folded(name);
    name.split_whitespace().count() <= 4
        && ["sujet", "mspr", "brief", "titre", "mise en situation"].iter().any(|kind| name.contains(kind))
}

/// The words of a topic, line by line, items with their dash.
fn joined(sections: &[Section], wanted: Topic) -> String {
    let mut text = String::new();
    for section in sections {
        let under = section.topic == Some(wanted) && section.own != section.topic && !section.heading.is_empty();
        if under {
            text.push_str(&section.heading);
            text.push('\n');
        }
        for line in &section.lines {
            // Under its own heading nothing is left out, whatever else a line tells.
            let (topic, value) =
                if section.topic == Some(wanted) { (section.topic, line.text.as_str()) } else { told(section, line) };
            if topic == Some(wanted) && text.len() <= 5 * limits::CONTEXT {
                if let Mark::Item(depth) = line.mark {
                    text.push_str(&"  ".repeat(usize::from(depth.saturating_sub(1))));
                    text.push_str("- ");
                }
                text.push_str(value);
                text.push('\n');
            }
        }
    }
    text.trim_end().to_owned()
}
