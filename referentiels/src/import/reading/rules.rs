//! What a document says outside of its table: title, terms, rights, rules to pass, exams, legal texts.

use super::assessments::announce;
use super::sections::{Passage, Topic, states, topic_of};
use super::wording::{Starters, add_item, fold, is_lead_in, sentences, trim_item};
use crate::import::grid::Style;
use crate::import::pattern::pattern;
use crate::import::report::Report;
use crate::model::{Accommodation, Definition, Epreuve};

pattern!(CERTIFICATION, r"[Cc]ertification professionnelle (?:de |d'|du )?(?P<title>\p{Lu}[^.,;:]*?)(?:\s+est\b.*)?$");
pattern!(
    TRADE,
    r"(?i)^r[ée]f[ée]rentiel.*?\b(?:m[ée]tier|titre)\s+(?P<title>\p{L}.*?)(?:\s+[-–]\s+niveau\s+(?P<level>[3-8]))?$"
);
pattern!(LEVEL, r"(?i)\bniveau\s+(?P<level>[3-8])\b");
pattern!(INNER_ITEM, r"\s[-–]\s(?P<next>\p{Lu})");
// On folded text: the end of an exam, before a jury.
pattern!(ORAL, r"^(?:soutenance|entretien)\b");
// On folded text: how an exam is held.
pattern!(
    HELD,
    r"\bjury\b|\bduree\b|\bsoutenance\b|\borale?(?:ment|s)?\b|\bentretien\b|\ba l'oral\b|\becrite?s?\b|\b\d+ ?(?:h|heures|mn|min|minutes|mois|pages)\b|\bindividuel|\ben groupe\b|\bde groupe\b|\bpresentation du rapport\b|\bquestionnaires?\b|\b(?:evaluations?|epreuves?) porter?(?:a|e|ent|ont)\b"
);

/// What was found outside of the table.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub(super) title: Option<String>,
    pub(super) level: Option<u8>,
    pub(super) lexicon: Vec<Definition>,
    pub(super) accommodations: Vec<Accommodation>,
    pub(super) validation: Vec<String>,
    pub(super) exams: Vec<Epreuve>,
    pub(super) legal: Vec<String>,
    pub(super) notes: Vec<String>,
    /// Whether the last fact of the last exam is a sentence with items of its own.
    lists: bool,
}

/// Reads all passages outside of the table.
pub(super) fn read(passages: &[Passage], report: &mut Report) -> Rules {
    let mut rules = Rules::default();
    let starters = Starters::default();
    let mut topic_within = None;
    for (index, passage) in passages.iter().enumerate() {
        let text = passage.piece.text.as_str();
        // A heading inside a cell changes the topic until the cell ends.
        if passage.topic == Topic::Exams
            && is_lead_in(text)
            && text.split_whitespace().count() <= 6
            && !states(text)
            && topic_of(text) == Some(Topic::Rights)
        {
            topic_within = Some(Topic::Rights);
            report.leave(passage.line, "heading of a section", text);
            continue;
        }
        if passage.topic != Topic::Exams {
            topic_within = None;
        }
        match topic_within.unwrap_or(passage.topic) {
            Topic::Opening => rules.opening(passage, report),
            Topic::Lexicon => rules.define(passage, report),
            Topic::Rights => rules.right(passage, &starters),
            Topic::Rules => rules.rule(passage, &starters, report),
            Topic::Exams => rules.exam(passage, passages.get(index + 1), &starters, report),
            Topic::Legal => rules.legal.push(text.to_owned()),
            Topic::Footnotes => rules.notes.push(text.to_owned()),
        }
    }
    rules
}

/// How one assessment is held: the sentences of its text that say so, each with what it cannot be read without.
pub(super) fn exam_of(heading: &str, scope: &[String], texts: &[String]) -> Option<Epreuve> {
    let facts: Vec<String> = scope.iter().cloned().chain(held(texts)).collect();
    (!facts.is_empty() || HELD.is_match(&fold(heading))).then(|| Epreuve { nom: heading.to_owned(), faits: facts })
}

/// The sentences that say how an exam is held. One that another announces comes with it; items in lower case come
/// together, with what announces them, or not at all; what only announces is no fact.
fn held(texts: &[String]) -> Vec<String> {
    let says_how = |text: &String| HELD.is_match(&fold(text));
    let is_item = |text: &String| text.starts_with(char::is_lowercase) && !is_lead_in(text);
    let mut facts = Vec::new();
    let mut announced: Option<&String> = None;
    let mut from = 0;
    while let Some(first) = texts.get(from) {
        let items = texts[from..].iter().take_while(|text| is_item(text)).count();
        let group = &texts[from..from + items.max(1)];
        from += group.len();
        let lead = announced.take();
        if is_lead_in(first) {
            announced = Some(first);
        } else if group.iter().any(says_how) && (items == 0 || lead.is_some()) {
            let mut parts = lead.into_iter().chain(group);
            let mut fact = parts.next().cloned().unwrap_or_default();
            parts.for_each(|part| add_item(&mut fact, part));
            facts.push(fact);
        }
    }
    facts
}

impl Rules {
    fn opening(&mut self, passage: &Passage, report: &mut Report) {
        let text = passage.piece.text.as_str();
        if let Some(found) = TRADE.captures(text).filter(|_| self.title.is_none()) {
            let frame = text.replacen(&found["title"], " ", 1);
            report.leave(passage.line, "says that it is a référentiel", frame.trim());
            self.title = Some(unshout(found["title"].trim()));
            self.level = found.name("level").and_then(|l| l.as_str().parse().ok());
            return;
        }
        let level = LEVEL.captures(text).and_then(|found| found["level"].parse().ok());
        self.level = self.level.or(level);
        let folded = fold(text);
        let names_the_kind = folded.contains("referentiel") || folded.contains("elements complementaires");
        let sentence = text.ends_with(['.', '?', '»', ':']);
        if !names_the_kind
            && !sentence
            && self.title.is_none()
            && text.split_whitespace().count() <= 12
            && text.starts_with(char::is_uppercase)
        {
            self.title = Some(unshout(text));
        } else {
            report.leave(passage.line, "text outside of any section", text);
        }
    }

    fn define(&mut self, passage: &Passage, report: &mut Report) {
        let text = passage.piece.text.as_str();
        if let Some((term, definition)) = definition(text) {
            self.lexicon.push(Definition { terme: term.to_owned(), definition: definition.to_owned() });
        } else if let (Some(last), false) = (self.lexicon.last_mut(), text.ends_with('?')) {
            let joint = if !passage.piece.is_item() || is_lead_in(&last.definition) { " " } else { " ; " };
            last.definition = format!("{}{joint}{}", last.definition.trim_end_matches(';').trim_end(), trim_item(text));
        } else {
            report.leave(passage.line, "text of the lexicon that defines nothing", text);
        }
    }

    fn right(&mut self, passage: &Passage, starters: &Starters) {
        let piece = &passage.piece;
        let folded = fold(&piece.text);
        if folded.contains("validation de la competence") {
            self.validation.extend(sentences(&piece.text, starters));
            return;
        }
        if let Some(last) = self.accommodations.last_mut()
            && goes_on(&last.texte, piece.is_item(), &piece.text)
        {
            add_item(&mut last.texte, &piece.text);
            return;
        }
        let texts =
            if piece.is_item() { vec![trim_item(&piece.text).to_owned()] } else { sentences(&piece.text, starters) };
        self.accommodations.extend(texts.into_iter().map(|texte| Accommodation { texte, competences: Vec::new() }));
    }

    fn rule(&mut self, passage: &Passage, starters: &Starters, report: &mut Report) {
        let piece = &passage.piece;
        if let Some(found) = CERTIFICATION.captures(&piece.text) {
            let title = found["title"].trim().to_owned();
            if self.title.is_none() && title.split_whitespace().count() <= 8 {
                self.title = Some(title);
            }
        }
        if let Some(last) = self.validation.last_mut()
            && goes_on(last, piece.is_item(), &piece.text)
        {
            add_item(last, &piece.text);
            return;
        }
        if topic_of(&piece.text) == Some(Topic::Rules)
            && !piece.text.ends_with('.')
            && piece.text.split_whitespace().count() <= 9
        {
            report.leave(passage.line, "heading of a section", &piece.text);
            return;
        }
        // Several rules on one line, with dashes between them.
        let lines = INNER_ITEM.replace_all(&piece.text, "\n$next");
        for line in lines.lines() {
            self.validation.extend(sentences(line, starters).iter().map(|s| trim_item(s).to_owned()));
        }
    }

    fn exam(&mut self, passage: &Passage, next: Option<&Passage>, starters: &Starters, report: &mut Report) {
        let text = passage.piece.text.trim();
        // "Soutenance", set under an exam as plainly as the rest, is how that exam ends.
        let part = !self.exams.is_empty() && passage.piece.style == Style::Plain && ORAL.is_match(&fold(text));
        let begins = announce(text).is_some() && !passage.piece.is_item() && !part;
        let listed = std::mem::take(&mut self.lists);
        if begins {
            let long = text.split_whitespace().count() > 16;
            let (name, fact) = match text.split_once(" : ") {
                Some((name, fact)) if long => (name, Some(fact)),
                _ => (text, None),
            };
            let facts = fact.map(str::to_owned).into_iter().collect();
            self.exams.push(Epreuve { nom: trim_item(name).to_owned(), faits: facts });
            return;
        }
        let text = trim_item(text);
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        let announces =
            is_lead_in(text) && next.is_some_and(|n| n.topic == Topic::Exams && announce(&n.piece.text).is_some());
        match self.exams.last_mut() {
            Some(exam) if !announces => match exam.faits.last_mut() {
                Some(last) if passage.piece.is_item() && (listed || is_lead_in(last)) => {
                    add_item(last, text);
                    self.lists = true;
                }
                _ if passage.piece.is_item() => exam.faits.push(text.to_owned()),
                _ => exam.faits.extend(sentences(text, starters)),
            },
            _ => report.leave(passage.line, "announces what follows", text),
        }
    }
}

/// Whether an item belongs to the sentence before it, which announced it: only a fragment does, a sentence stands alone.
fn goes_on(last: &str, item: bool, text: &str) -> bool {
    item && text.starts_with(char::is_lowercase) && (is_lead_in(last) || last.contains(" : "))
}

/// A term and its definition: `Terme : …` or `Terme = …`, outside of parentheses, the term being short.
fn definition(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ':' | '=' if depth == 0 => {
                let (term, rest) = (text[..at].trim(), text[at + 1..].trim());
                let outside = term.split(['(', ')']).step_by(2).collect::<String>();
                let short = outside.split_whitespace().count() <= 7 && !term.contains(',') | term.contains('(');
                let defines = term.starts_with(char::is_uppercase) && !rest.is_empty();
                return (short && defines).then_some((term, rest));
            }
            _ => {}
        }
    }
    None
}

/// A title set in capitals, as a sentence would write it.
fn unshout(title: &str) -> String {
    if title.chars().any(char::is_lowercase) {
        return title.to_owned();
    }
    let mut letters = title.chars();
    letters.next().map(|first| first.to_string() + &letters.as_str().to_lowercase()).unwrap_or_default()
}
