//! From each significant word of a query to everything that may stand for it.

use super::{Concept, Doubt, Effect, MOST_CONCEPTS, Wish};
use crate::{
    Lexicon,
    analysis::{inflection, is_action, is_asking, is_light, is_naming},
    answer::Correction,
    corpus::Corpus,
    expression::Typed,
    spelling,
};

/// How far what stands for a word is from it: the weights of the ranking, apart from fields.
pub(super) mod worth {
    /// Another inflection of the word.
    pub(in super::super) const INFLECTION: f32 = 0.985;
    /// Another word of the family: at least, and how much more for letters in common.
    pub(in super::super) const FAMILY: (f32, f32) = (0.74, 0.16);
    /// An equivalent of the thesaurus.
    pub(in super::super) const EQUIVALENT: f32 = 0.8;
    /// The far end of a one-way bridge.
    pub(in super::super) const BRIDGE: f32 = 0.68;
    /// Two words typed for one, or one for two.
    pub(in super::super) const JOINED: f32 = 0.95;
    /// A longer word that begins with a clipped one ("dispo").
    pub(in super::super) const CLIPPED: f32 = 0.7;
    /// A word one, two or three slips away.
    pub(in super::super) const SLIPS: [f32; 3] = [0.88, 0.72, 0.6];
    /// How far such a word is evidence that the documents know what was typed.
    pub(in super::super) const EVIDENT: [f32; 3] = [0.85, 0.55, 0.5];
}

/// What a word that nothing knows would tell, in nats.
const UNKNOWN: f32 = 4.5;
/// What a word at least tells that is read as one two slips away, however common that one is: it may be another word.
const DISTANT: f32 = 3.0;
/// What is left of the mass of a word that names a sort of thing ("critères").
pub(super) const NAMING: f32 = 0.3;
/// What is left of the mass of a verb that says little ("gérer", "tenir").
const VERB: f32 = 0.5;
/// What the words of an expression tell together, beside the most telling of them, in nats.
pub(super) const EXPRESSION: f32 = 0.7;

/// A query being read.
pub(super) struct Reader<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) lexicon: &'a Lexicon,
    pub(super) query: &'a [Typed],
    /// Words that are part of something else: a code, a name.
    pub(super) taken: Vec<bool>,
    pub(super) doubt: Doubt,
    pub(super) wish: Wish,
}

impl Reader<'_> {
    /// What the query looks for.
    pub(super) fn concepts(mut self) -> Wish {
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

    fn concept(&mut self, word: usize, bridged: &[super::bridges::Bridged<'_>]) {
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
        // A word of a title that says who is meant ("rgpd manager") is looked for, and not missed.
        let is_naming =
            is_naming(text) || self.wish.named.as_ref().is_some_and(|n| n.is_role && n.words.contains(&word));
        if is_naming {
            mass *= NAMING;
        } else if is_light || is_action(text) {
            mass *= VERB;
        }
        self.wish.concepts.push(Concept { word, mass, is_naming, is_known: in_corpus || is_bridged });
    }

    /// Lets the forms of a word stand for a concept, and says how telling the word is.
    pub(super) fn stands_for(&mut self, concept: u8, word: &str, worth: f32, evidence: f32) -> f32 {
        let vocabulary = &self.corpus.vocabulary;
        let Some(family) = vocabulary.family_of(word).filter(|family| vocabulary.in_corpus(*family)) else {
            return 0.0;
        };
        let inflection = inflection(word);
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
                let read_as = corpus.vocabulary.written(candidate.form);
                let correction = Correction { typed: text.to_owned(), read_as };
                if self.wish.understood.corrections.iter().all(|known| known.typed != correction.typed) {
                    self.wish.understood.corrections.push(correction);
                }
            }
        }
        if mass == 0.0 && text.len() >= 4 {
            mass = self.clipped(concept, text);
        }
        if least > 1 && mass > 0.0 { mass.max(DISTANT) } else { mass }
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

/// How much of the longer of two words is their common beginning, from 0 to 1.
fn common_start(a: &str, b: &str) -> f32 {
    let common = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    #[expect(clippy::cast_precision_loss, reason = "words are short")]
    let share = common as f32 / a.len().max(b.len()).max(1) as f32;
    share
}
