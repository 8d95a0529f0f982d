//! Giving words to parameters.
//!
//! First each named value takes its words; then the words left are dealt out to the parameters left, in order. Dealing is
//! a search with memory: a parameter in the middle ("titre" before a date) takes the fewest words that let all the others
//! be read.

use super::{
    misread::Problem,
    pieces::{Piece, PieceKind, joined, pieces},
    value::Values,
};
use crate::{
    command::{CommandSpec, Need, ParamKind, ParamSpec},
    invocation::Value,
};
use std::collections::{BTreeMap, HashSet};

type Args = BTreeMap<String, Value>;

/// Longest value, in words, of anything but free text.
const LONGEST: usize = 12;
/// Most words tried for a free text that has other parameters after it.
const LONGEST_INNER_TEXT: usize = 60;

/// Whether a value must read as its kind to be dealt words, or gets them so that the hint can name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strictness {
    Strict,
    Lenient,
}

/// How many words a free text given by name takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NamedText {
    /// All up to the next name.
    Whole,
    /// One, because a required parameter needs the others: `referentiel:cil rgpd`.
    OneWord,
}

/// The values in `line` for the parameters of `spec`.
pub(super) fn fill(values: &Values<'_>, spec: &CommandSpec, line: &str) -> Result<Args, Problem> {
    let found = pieces(line, &spec.params);
    let once = each_once(spec, &found);
    if let Some(param) = once {
        return Err(Problem::Twice { param });
    }
    let attempt = |strictness, named| Sheet::new(values, spec, line, &found, named).complete(strictness);
    attempt(Strictness::Strict, NamedText::Whole)
        .or_else(|_| attempt(Strictness::Strict, NamedText::OneWord))
        .or_else(|_| attempt(Strictness::Lenient, NamedText::Whole))
}

/// The same, if everything can be read without doubt.
pub(super) fn fill_strictly(values: &Values<'_>, spec: &CommandSpec, line: &str) -> Option<Args> {
    let found = pieces(line, &spec.params);
    if each_once(spec, &found).is_some() {
        return None;
    }
    let attempt = |named| Sheet::new(values, spec, line, &found, named).complete(Strictness::Strict).ok();
    attempt(NamedText::Whole).or_else(|| attempt(NamedText::OneWord))
}

/// The first parameter that is named twice.
fn each_once(spec: &CommandSpec, found: &[Piece]) -> Option<String> {
    let mut seen = HashSet::new();
    found.iter().find_map(|piece| match piece.kind {
        PieceKind::Name(rank) if !seen.insert(rank) => Some(spec.params[rank].name.clone()),
        _ => None,
    })
}

/// One attempt at filling the parameters.
struct Sheet<'a> {
    values: &'a Values<'a>,
    spec: &'a CommandSpec,
    line: &'a str,
    /// Words of each parameter, by rank.
    given: BTreeMap<usize, String>,
    /// Words without a name.
    loose: Vec<Piece>,
}

impl<'a> Sheet<'a> {
    fn new(values: &'a Values<'a>, spec: &'a CommandSpec, line: &'a str, found: &[Piece], named: NamedText) -> Self {
        let mut sheet = Self { values, spec, line, given: BTreeMap::new(), loose: Vec::new() };
        let is_name = |piece: &Piece| matches!(piece.kind, PieceKind::Name(_));
        for run in found.chunk_by(|_, next| !is_name(next)) {
            let (rank, words) = match run {
                [Piece { kind: PieceKind::Name(rank), .. }, words @ ..] => (*rank, words),
                words => {
                    sheet.loose.extend_from_slice(words);
                    continue;
                }
            };
            let taken = sheet.named_length(&spec.params[rank], words, named);
            // A name with nothing after it leaves the parameter open.
            if taken > 0 {
                sheet.given.insert(rank, joined(line, &words[..taken]));
            }
            sheet.loose.extend_from_slice(&words[taken..]);
        }
        sheet
    }

    /// How many of the words after its name belong to a parameter.
    fn named_length(&self, param: &ParamSpec, words: &[Piece], named: NamedText) -> usize {
        let run = words.iter().take_while(|piece| piece.kind == PieceKind::Word).count();
        match (words.first().map(|piece| &piece.kind), &param.kind) {
            (None, _) => 0,
            (Some(PieceKind::Quoted(_)), _) => 1,
            (_, ParamKind::Text | ParamKind::Date | ParamKind::Duration) => match named {
                NamedText::Whole => run,
                NamedText::OneWord => 1,
            },
            (_, kind) => {
                let longest =
                    (1..=run.min(LONGEST)).rev().find(|n| self.values.reads(kind, &joined(self.line, &words[..*n])));
                let otherwise = if matches!(kind, ParamKind::Code) && named == NamedText::Whole { run } else { 1 };
                longest.unwrap_or(otherwise)
            }
        }
    }

    fn complete(mut self, strictness: Strictness) -> Result<Args, Problem> {
        let open: Vec<usize> = (0..self.spec.params.len())
            .filter(|rank| !self.given.contains_key(rank))
            .filter(|rank| self.spec.params[*rank].kind != ParamKind::Attachment)
            .collect();
        let mut deal = Deal { sheet: &self, strictness, open: &open, hopeless: HashSet::new(), dealt: Vec::new() };
        if !deal.from(0, 0) {
            return Err(self.shortage(&open));
        }
        let dealt = deal.dealt;
        self.given.extend(dealt);
        let mut args = Args::new();
        for (rank, words) in &self.given {
            let param = &self.spec.params[*rank];
            args.insert(param.name.clone(), self.values.value(param, words)?);
        }
        attach(self.values, self.spec, &mut args)?;
        Ok(args)
    }

    /// Why the loose words don't fit the open parameters.
    fn shortage(&self, open: &[usize]) -> Problem {
        let required: Vec<_> =
            open.iter().map(|rank| &self.spec.params[*rank]).filter(|p| p.need == Need::Required).collect();
        match required.get(self.loose.len()) {
            Some(param) => missing(param),
            None => Problem::TooMuch { left: joined(self.line, &self.loose) },
        }
    }
}

/// Fills the parameters that take files with those that came, in order.
pub(super) fn attach(values: &Values<'_>, spec: &CommandSpec, args: &mut Args) -> Result<(), Problem> {
    let mut files = values.attachments.iter();
    for param in spec.params.iter().filter(|p| p.kind == ParamKind::Attachment) {
        if args.contains_key(&param.name) {
            continue;
        }
        match files.next() {
            Some(file) => drop(args.insert(param.name.clone(), Value::Attachment(file.clone()))),
            None if param.need == Need::Required => return Err(missing(param)),
            None => {}
        }
    }
    Ok(())
}

/// That a required parameter isn't there.
pub(super) fn missing(param: &ParamSpec) -> Problem {
    Problem::MissingParam { param: param.name.clone(), summary: param.summary.clone() }
}

/// The search for a way to deal the loose words to the open parameters.
struct Deal<'a> {
    sheet: &'a Sheet<'a>,
    strictness: Strictness,
    open: &'a [usize],
    /// Pairs (parameter, word) from which nothing can be dealt.
    hopeless: HashSet<(usize, usize)>,
    dealt: Vec<(usize, String)>,
}

impl Deal<'_> {
    /// Deals the words from `word` on to the open parameters from `param` on.
    fn from(&mut self, param: usize, word: usize) -> bool {
        let Some(spec) = self.open.get(param).map(|rank| &self.sheet.spec.params[*rank]) else {
            return word == self.sheet.loose.len();
        };
        if self.hopeless.contains(&(param, word)) {
            return false;
        }
        for length in self.lengths(param, word) {
            let words = joined(self.sheet.line, &self.sheet.loose[word..word + length]);
            if self.strictness == Strictness::Strict && !self.sheet.values.reads(&spec.kind, &words) {
                continue;
            }
            self.dealt.push((self.open[param], words));
            if self.from(param + 1, word + length) {
                return true;
            }
            self.dealt.pop();
        }
        if spec.need == Need::Optional && self.from(param + 1, word) {
            return true;
        }
        self.hopeless.insert((param, word));
        false
    }

    /// How many words to try for a parameter, best first.
    fn lengths(&self, param: usize, word: usize) -> Vec<usize> {
        let left = self.sheet.loose.len() - word;
        if left == 0 {
            return Vec::new();
        }
        let spec = |open: &usize| &self.sheet.spec.params[self.open[*open]];
        let later_required = (param + 1..self.open.len()).any(|open| spec(&open).need == Need::Required);
        let text_like = match &spec(&param).kind {
            ParamKind::Text => true,
            ParamKind::Code | ParamKind::Date | ParamKind::Duration => self.strictness == Strictness::Lenient,
            _ => false,
        };
        let quoted = matches!(self.sheet.loose[word].kind, PieceKind::Quoted(_));
        match (text_like, later_required) {
            (true, true) => (1..=left.min(LONGEST_INNER_TEXT)).collect(),
            (true, false) if quoted && param + 1 < self.open.len() => vec![1, left],
            (true, false) => vec![left],
            (false, _) if self.strictness == Strictness::Lenient => vec![1],
            (false, _) => (1..=left.min(LONGEST)).rev().collect(),
        }
    }
}
