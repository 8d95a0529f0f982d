//! From what was typed to what is looked for.
//!
//! A query is read in this order: phrases in quotes; codes; the name of a référentiel; the intention; the expressions of
//! the thesaurus; then each significant word becomes a *concept*, with everything that may stand for it in a text: its own
//! forms, its family, its synonyms, the word that it is a typo of. What stands for it counts less the further it is.

use crate::{
    Lexicon,
    analysis::{Token, fold, is_action, is_asking, is_function, is_light, is_naming, is_prefix, tokens},
    answer::{Correction, Kind, Synonyms, Understood},
    code::{Lead, TypedCode},
    corpus::Corpus,
    expression::Typed,
    intent::{self, Intent},
    scope::Named,
    spelling,
    vocabulary::{FamilyId, FormId},
};
use std::collections::HashMap;

/// Concepts that a query may have; a longer one is read from its beginning.
pub(crate) const MOST_CONCEPTS: usize = 16;

/// How far what stands for a word is from it: the weights of the ranking, apart from fields.
mod worth {
    /// Another inflection of the word.
    pub(super) const INFLECTION: f32 = 0.985;
    /// Another word of the family: at least, and how much more for letters in common.
    pub(super) const FAMILY: (f32, f32) = (0.74, 0.16);
    /// An equivalent of the thesaurus.
    pub(super) const EQUIVALENT: f32 = 0.8;
    /// The far end of a one-way bridge.
    pub(super) const BRIDGE: f32 = 0.68;
    /// Two words typed for one, or one for two.
    pub(super) const JOINED: f32 = 0.95;
    /// A longer word that begins with a clipped one ("dispo").
    pub(super) const CLIPPED: f32 = 0.7;
    /// A word one, two or three slips away.
    pub(super) const SLIPS: [f32; 3] = [0.88, 0.72, 0.6];
    /// How far such a word is evidence that the documents know what was typed.
    pub(super) const EVIDENT: [f32; 3] = [0.85, 0.55, 0.5];
}

/// What a word that nothing knows would tell, in nats.
const UNKNOWN: f32 = 4.5;
/// What is left of the mass of a word that names a sort of thing ("critères").
const NAMING: f32 = 0.3;
/// What is left of the mass of a verb that says little ("gérer", "tenir").
const VERB: f32 = 0.5;
/// What the words of an expression tell together, beside the most telling of them, in nats.
const EXPRESSION: f32 = 0.7;

/// A significant word of the query.
#[derive(Debug, Clone)]
pub(crate) struct Concept {
    /// Its rank among the words of the query.
    pub word: usize,
    /// How telling it is.
    pub mass: f32,
    /// Whether it only names a sort of thing, and isn't missed where it lacks.
    pub is_naming: bool,
}

/// What a form of the corpus means to the query.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Effect {
    /// It stands for a concept.
    Word { concept: u8, worth: f32, evidence: f32 },
    /// It is a word of an expression that does.
    Part { phrase: u8, slot: u8 },
}

/// An expression of several words that stands for concepts.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    /// How many words it has.
    pub slots: u8,
    /// The concepts, one bit each.
    pub concepts: u16,
    pub worth: f32,
    pub evidence: f32,
}

/// What is looked for.
#[derive(Debug, Default)]
pub(crate) struct Wish {
    pub concepts: Vec<Concept>,
    pub effects: HashMap<FormId, Vec<Effect>>,
    pub phrases: Vec<Phrase>,
    /// Families for the candidate stage, with what each is worth.
    pub wanted: Vec<(FamilyId, f32)>,
    /// Phrases in quotes, as [`spaced`] writes them.
    pub quoted: Vec<String>,
    pub codes: Vec<TypedCode>,
    pub named: Option<Named>,
    pub intent: Intent,
    pub understood: Understood,
}

/// Whether words that the corpus knows may be typos too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// Only words that nothing knows are corrected.
    UnknownWords,
    /// Any word may be: nothing was found otherwise.
    EveryWord,
}

/// Reads a query.
pub(crate) fn understand(text: &str, corpus: &Corpus, lexicon: &Lexicon, doubt: Doubt) -> Wish {
    let text = clip(text);
    let mut wish = Wish { quoted: quoted(text), ..Wish::default() };
    let tokens = prefixed(tokens(text).into_iter().filter(|token| !token.joined).collect(), corpus);
    let query: Vec<Typed> = tokens
        .iter()
        .map(|token| Typed {
            family: corpus.vocabulary.family_of(&token.text),
            is_function: is_function(&token.text) && !means_systeme(&tokens, token.position as usize),
            token: token.clone(),
        })
        .collect();
    let mut taken = vec![false; query.len()];
    wish.codes = corpus.codes.typed(text, &tokens, lead);
    for code in &wish.codes {
        taken[code.tokens.clone()].fill(true);
        wish.understood.codes.push(code.key.0.clone());
    }
    wish.named = lexicon.names.found(&query).filter(|named| !taken[named.words.clone()].contains(&true));
    if let Some(named) = wish.named.as_ref().filter(|named| named.only_a_name) {
        taken[named.words.clone()].fill(true);
        wish.understood.scope = Some(corpus.referentiels[named.referentiel as usize].slug.to_string());
    }
    wish.intent = intent::of(&query, &lexicon.cues);
    // What asks for a meaning ("différence entre") is no part of what is to be explained.
    for word in (0..query.len()).filter(|word| wish.intent.is_cue(Kind::Lexique, *word)) {
        taken[word] = true;
    }
    Reader { corpus, lexicon, query: &query, taken, doubt, wish }.concepts()
}

/// Nobody types a query of thousands of words; a pasted page is read from its beginning.
fn clip(text: &str) -> &str {
    const LONGEST: usize = 600;
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST).last().unwrap_or(0);
    if text.len() <= LONGEST { text } else { &text[..end] }
}

/// Joins what a hyphen would ("sous traitants"), where the whole is a known word.
fn prefixed(tokens: Vec<Token>, corpus: &Corpus) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    for mut token in tokens {
        if let Some(before) = out.last().filter(|before| is_prefix(&before.text)) {
            let whole = format!("{}{}", before.text, token.text);
            if !is_function(&token.text) && corpus.vocabulary.family_of(&whole).is_some() {
                (token.text, token.start) = (whole, before.start);
                out.pop();
            }
        }
        token.position = crate::corpus::number(out.len());
        out.push(token);
    }
    out
}

/// How much of the longer of two words is their common beginning, from 0 to 1.
fn common_start(a: &str, b: &str) -> f32 {
    let common = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let share = common as f32 / a.len().max(b.len()).max(1) as f32;
    share
}

/// Each phrase in quotes, as [`spaced`] writes it.
fn quoted(text: &str) -> Vec<String> {
    let plain = text.replace(['“', '”', '«', '»'], "\"");
    let closed = plain.matches('"').count() / 2;
    let inside = plain.split('"').skip(1).step_by(2).take(closed);
    inside.map(spaced).filter(|phrase| phrase.len() > 1).collect()
}

/// Whether "si" is the système d'information: in capitals, or after an article.
fn means_systeme(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|token| token.text == "si") else { return false };
    let article = at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| {
        matches!(
            before.text.as_str(),
            "le" | "du" | "au" | "un" | "ce" | "son" | "mon" | "notre" | "votre" | "des" | "les"
        )
    });
    token.capitals || article
}

fn lead(word: &str) -> Option<Lead> {
    match word {
        "bloc" | "blocs" | "activite" => Some(Lead::Bloc),
        "competence" | "competences" | "critere" | "criteres" | "comp" => Some(Lead::Competency),
        "la" | "le" | "fiche" | "code" => Some(Lead::Any),
        _ => None,
    }
}

/// A query being read.
struct Reader<'a> {
    corpus: &'a Corpus,
    lexicon: &'a Lexicon,
    query: &'a [Typed],
    taken: Vec<bool>,
    doubt: Doubt,
    wish: Wish,
}

/// An expression of the thesaurus found in the query.
struct Bridged<'a> {
    words: std::ops::Range<usize>,
    to: &'a crate::CompiledBridge,
}

impl<'a> Reader<'a> {
    fn concepts(mut self) -> Wish {
        let bridged = self.bridged();
        let in_expression = |word: usize| bridged.iter().any(|b| b.words.len() > 1 && b.words.contains(&word));
        let significant: Vec<usize> = (0..self.query.len())
            .filter(|word| {
                let typed = &self.query[*word];
                let talk = typed.is_function || (is_asking(&typed.token.text) && !in_expression(*word));
                !self.taken[*word] && !talk
            })
            .collect();
        for word in significant {
            self.concept(word, &bridged);
        }
        self.bridges(&bridged);
        self.weigh();
        self.wish
    }

    /// The expressions of the thesaurus in the query, without those inside a longer one.
    fn bridged(&self) -> Vec<Bridged<'a>> {
        let lexicon = self.lexicon;
        let mut found: Vec<Bridged<'a>> = Vec::new();
        if !self.wish.quoted.is_empty() {
            // Who quotes means these words and no others.
            return found;
        }
        for start in (0..self.query.len()).filter(|start| !self.taken[*start]) {
            for (words, to) in lexicon.bridges.at(self.query, start) {
                if !self.taken[words.clone()].contains(&true) {
                    found.push(Bridged { words, to });
                }
            }
        }
        found
    }

    fn concept(&mut self, word: usize, bridged: &[Bridged<'_>]) {
        let Ok(concept) = u8::try_from(self.wish.concepts.len()) else { return };
        if usize::from(concept) >= MOST_CONCEPTS {
            return;
        }
        let typed = &self.query[word];
        let text = typed.token.text.as_str();
        let mut mass = 0.0_f32;
        let in_corpus = typed.family.is_some_and(|family| self.corpus.vocabulary.in_corpus(family));
        if in_corpus {
            mass = self.stands_for(concept, text, 1.0, 1.0);
        }
        mass = mass.max(self.written_apart(concept, word));
        let is_bridged = bridged.iter().any(|b| b.words.contains(&word));
        let doubted = self.doubt == Doubt::EveryWord;
        if (mass == 0.0 && !is_bridged && !is_light(text)) || doubted {
            mass = mass.max(self.corrected(concept, text));
        }
        let is_light = is_light(text) && !bridged.iter().any(|b| b.words.len() > 1 && b.words.contains(&word));
        if mass == 0.0 && is_light && !is_bridged {
            return;
        }
        let is_naming = is_naming(text);
        if is_naming {
            mass *= NAMING;
        } else if is_light || is_action(text) {
            mass *= VERB;
        }
        self.wish.concepts.push(Concept { word, mass, is_naming });
    }

    /// Lets the forms of a word stand for a concept, and says how telling the word is.
    fn stands_for(&mut self, concept: u8, word: &str, worth: f32, evidence: f32) -> f32 {
        let vocabulary = &self.corpus.vocabulary;
        let Some(family) = vocabulary.family_of(word).filter(|family| vocabulary.in_corpus(*family)) else {
            return 0.0;
        };
        let inflection = crate::analysis::inflection(word);
        let members = &vocabulary.families[family as usize];
        for form in &members.forms {
            let known = &vocabulary.forms[*form as usize];
            let near = match () {
                () if &*known.text == word => 1.0,
                () if *known.inflection == *inflection => worth::INFLECTION,
                () => worth::FAMILY.0 + worth::FAMILY.1 * common_start(&known.text, word),
            };
            let effect = Effect::Word { concept, worth: worth * near, evidence: evidence * (0.5 + 0.5 * near) };
            self.wish.effects.entry(*form).or_default().push(effect);
        }
        let telling = self.corpus.telling(members.documents);
        self.wish.wanted.push((family, worth));
        telling
    }

    /// Two words typed for one ("big data" for "bigdata") or one for two.
    fn written_apart(&mut self, concept: u8, word: usize) -> f32 {
        let text = self.query[word].token.text.clone();
        let mut mass = 0.0_f32;
        for neighbour in [word.checked_sub(1), Some(word + 1)].into_iter().flatten() {
            if self.taken.get(neighbour).is_none_or(|taken| *taken) {
                continue;
            }
            let other = &self.query[neighbour].token.text;
            let joined = if neighbour < word { format!("{other}{text}") } else { format!("{text}{other}") };
            let longer = text.len() >= 2 && other.len() >= 2;
            let known = self
                .corpus
                .vocabulary
                .form(&joined)
                .is_some_and(|f| self.corpus.vocabulary.forms[f as usize].count > 0);
            if longer && known {
                mass = mass.max(self.stands_for(concept, &joined, worth::JOINED, 1.0));
            }
        }
        if mass == 0.0 && self.query[word].family.is_none() && text.is_ascii() && text.len() >= 6 {
            for cut in 3..=text.len() - 3 {
                let (first, last) = text.split_at(cut);
                let vocabulary = &self.corpus.vocabulary;
                let known = |part: &str| {
                    vocabulary
                        .form(part)
                        .map(|f| &vocabulary.forms[f as usize])
                        .filter(|f| f.count > 0)
                        .map(|f| f.family)
                };
                if let (Some(first), Some(last)) = (known(first), known(last)) {
                    mass = mass.max(self.phrase(&[first, last], 1 << concept, worth::JOINED, 0.95));
                }
            }
        }
        mass
    }

    /// The words that an unknown one may be a typo, or the beginning, of.
    fn corrected(&mut self, concept: u8, text: &str) -> f32 {
        let corpus = self.corpus;
        let mut mass = 0.0_f32;
        let found = spelling::nearest(text, &corpus.vocabulary, 4);
        let least = found.first().map_or(0, |candidate| candidate.distance);
        for candidate in found.iter().filter(|candidate| candidate.distance == least) {
            let form = &corpus.vocabulary.forms[candidate.form as usize];
            if corpus.vocabulary.family_of(text) == Some(form.family) {
                continue;
            }
            let slips = (candidate.distance - 1).min(2);
            let (worth, evident) = (worth::SLIPS[slips], worth::EVIDENT[slips]);
            let sure = if text.len() >= 8 { evident } else { evident - 0.1 };
            let read_as = form.text.to_string();
            let own = self.stands_for(concept, &read_as, worth, sure);
            let bridged = self.bridges_of_word(concept, form.family, worth, sure);
            if own.max(bridged) > 0.0 {
                mass = mass.max(own.max(bridged));
                let correction = Correction { typed: text.to_owned(), read_as };
                if self.wish.understood.corrections.iter().all(|known| known.typed != correction.typed) {
                    self.wish.understood.corrections.push(correction);
                }
            }
        }
        if mass == 0.0 && text.len() >= 4 {
            mass = self.clipped(concept, text);
        }
        mass
    }

    /// The words that a clipped one ("dispo", "config") begins.
    fn clipped(&mut self, concept: u8, text: &str) -> f32 {
        let corpus = self.corpus;
        let mut families: Vec<(u32, &str)> = Vec::new();
        for form in corpus.vocabulary.forms.iter().filter(|form| form.count > 0 && form.text.starts_with(text)) {
            if families.iter().all(|(family, _)| *family != form.family) {
                families.push((form.family, &form.text));
            }
        }
        if families.len() > 4 {
            return 0.0;
        }
        let words: Vec<String> = families.into_iter().map(|(_, word)| word.to_owned()).collect();
        words.iter().map(|word| self.stands_for(concept, word, worth::CLIPPED, 0.8)).fold(0.0, f32::max)
    }

    /// Lets the expressions that the thesaurus gives stand for the concepts that they bridge.
    fn bridges(&mut self, bridged: &[Bridged<'_>]) {
        let longest = |word: usize| bridged.iter().filter(|b| b.words.contains(&word)).map(|b| b.words.len()).max();
        let spans: Vec<(std::ops::Range<usize>, &crate::CompiledBridge)> = bridged
            .iter()
            .filter(|b| b.words.clone().any(|word| longest(word) == Some(b.words.len())))
            .map(|b| (b.words.clone(), b.to))
            .collect();
        for (words, to) in spans {
            let concepts: Vec<usize> =
                (0..self.wish.concepts.len()).filter(|c| words.contains(&self.wish.concepts[*c].word)).collect();
            if concepts.is_empty() {
                continue;
            }
            let mask = concepts.iter().fold(0_u16, |mask, concept| mask | 1 << concept);
            let telling = self.bridge(to, mask, 1.0, 1.0);
            // Several words that are one expression tell together what the expression tells.
            for concept in &concepts {
                let known = &mut self.wish.concepts[*concept];
                let naming = if known.is_naming { NAMING } else { 1.0 };
                if known.mass == 0.0 {
                    known.mass = telling * naming;
                }
            }
            if telling > 0.0 {
                let typed =
                    self.query[words].iter().map(|typed| typed.token.text.as_str()).collect::<Vec<_>>().join(" ");
                let also = to.to.iter().map(|term| term.text.clone()).collect();
                self.wish.understood.synonyms.push(Synonyms { typed, also });
            }
        }
    }

    fn bridges_of_word(&mut self, concept: u8, family: FamilyId, worth: f32, evidence: f32) -> f32 {
        let lexicon = self.lexicon;
        let typed = Typed { token: self.query[0].token.clone(), family: Some(family), is_function: false };
        let query = [typed];
        lexicon.bridges.at(&query, 0).map(|(_, to)| self.bridge(to, 1 << concept, worth, evidence)).fold(0.0, f32::max)
    }

    fn bridge(&mut self, to: &crate::CompiledBridge, concepts: u16, worth: f32, evidence: f32) -> f32 {
        let near = if to.equivalent { worth::EQUIVALENT } else { worth::BRIDGE };
        let evidence = evidence * (0.5 + 0.5 * near);
        let mut telling = 0.0_f32;
        for term in &to.to {
            telling = telling.max(match &*term.words {
                [family] => {
                    let word = &*self.corpus.vocabulary.forms[term.first as usize].text;
                    let each: Vec<u8> = (0..16).filter(|concept| concepts & (1 << concept) != 0).collect();
                    debug_assert!(self.corpus.vocabulary.in_corpus(*family));
                    each.iter().map(|c| self.stands_for(*c, word, worth * near, evidence)).fold(0.0, f32::max)
                }
                words => self.phrase(words, concepts, worth * near, evidence),
            });
        }
        telling
    }

    /// Lets an expression of several words stand for concepts.
    fn phrase(&mut self, words: &[FamilyId], concepts: u16, worth: f32, evidence: f32) -> f32 {
        let (Ok(phrase), Ok(slots)) = (u8::try_from(self.wish.phrases.len()), u8::try_from(words.len())) else {
            return 0.0;
        };
        let vocabulary = &self.corpus.vocabulary;
        if !words.iter().all(|family| vocabulary.in_corpus(*family)) {
            return 0.0;
        }
        let mut telling = 0.0_f32;
        let mut rarest = words[0];
        for (slot, family) in (0_u8..).zip(words) {
            let members = &vocabulary.families[*family as usize];
            for form in &members.forms {
                self.wish.effects.entry(*form).or_default().push(Effect::Part { phrase, slot });
            }
            if members.documents < vocabulary.families[rarest as usize].documents {
                rarest = *family;
            }
            telling = telling.max(self.corpus.telling(members.documents));
        }
        self.wish.wanted.push((rarest, worth));
        self.wish.phrases.push(Phrase { slots, concepts, worth, evidence });
        telling + EXPRESSION
    }

    /// Gives words that nothing stands for the mass of the unknown, and the candidate stage its worths.
    fn weigh(&mut self) {
        for concept in &mut self.wish.concepts {
            if concept.mass == 0.0 {
                let text = &self.query[concept.word].token.text;
                if !concept.is_naming {
                    self.wish.understood.unknown.push(text.clone());
                }
                concept.mass = if concept.is_naming { NAMING } else { UNKNOWN };
            }
        }
        let wanted = &mut self.wish.wanted;
        wanted.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        wanted.dedup_by_key(|(family, _)| *family);
    }
}

/// The kinds that only a question is about.
pub(crate) fn is_rule(kind: Kind) -> bool {
    matches!(kind, Kind::Amenagement | Kind::Epreuve | Kind::Reussite)
}

/// The folded words of a text, function words included, with a space around each.
pub(crate) fn spaced(text: &str) -> String {
    let folded = fold(text);
    let mut out = String::from(" ");
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        out.push_str(word);
        out.push(' ');
    }
    out
}
