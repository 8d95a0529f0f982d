//! Which of several things, set in the same order in the next column, does each text answer?
//!
//! Documents set competencies in one cell and their criteria in the cell beside it, paragraph by paragraph, without a
//! code. Order is respected; among the ways to respect it, the one with most words in common wins.

use super::wording::words;
use std::collections::{BTreeSet, HashMap};

/// What it costs to leave an anchor with no item, in the unit of [`Similarity`].
const SKIPPED: f64 = 0.35;

/// What it costs for a text to stand one place higher or lower than the thing that it answers, in the same unit.
const OUT_OF_PLACE: f64 = 0.2;

/// What is known of where the texts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Only their order.
    Ordered,
    /// Side by side in one row of the table, so that the height of a text says something too.
    SideBySide {
        /// How many of the first anchors stand on the page before.
        above: usize,
    },
}

/// How much two texts have in common, given how rare each word is in the whole. Sums are made in the order of the
/// words, so that the same texts always give the same number.
pub(super) struct Similarity {
    rarity: HashMap<String, f64>,
}

impl Similarity {
    /// Learns how rare each word is among these texts.
    pub(super) fn learn<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut seen: HashMap<String, f64> = HashMap::new();
        let mut total = 0.0;
        for text in texts {
            total += 1.0;
            for stem in stems(text) {
                *seen.entry(stem).or_insert(0.0) += 1.0;
            }
        }
        let rarity = seen.into_iter().map(|(stem, n)| (stem, f64::ln(1.0 + total / n))).collect();
        Self { rarity }
    }

    /// From 0 (nothing in common) to about 1 (the same words).
    fn of(&self, one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
        let weight = |stems: &mut dyn Iterator<Item = &String>| -> f64 {
            stems.map(|s| self.rarity.get(s).copied().unwrap_or(0.0)).sum()
        };
        let shared = weight(&mut one.intersection(other));
        let least = weight(&mut one.iter()).min(weight(&mut other.iter()));
        if least > 0.0 { shared / least.sqrt() / 4.0 } else { 0.0 }
    }

    /// For each item the anchor that it answers: never going back, leaving no anchor out without need.
    pub(super) fn align(&self, items: &[&str], anchors: &[&str], layout: Layout) -> Vec<usize> {
        if anchors.len() < 2 {
            return vec![0; items.len()];
        }
        let items: Vec<_> = items.iter().map(|t| stems(t)).collect();
        let anchors: Vec<_> = anchors.iter().map(|t| stems(t)).collect();
        // best[a]: the best total so far when the last item answers anchor a.
        let mut best: Vec<f64> = (0..anchors.len()).map(|a| -SKIPPED * as_float(a)).collect();
        let mut came_from: Vec<Vec<usize>> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let mut next = vec![f64::NEG_INFINITY; anchors.len()];
            let mut from = vec![0; anchors.len()];
            // The best of the anchors before the one looked at, less what skipping those between costs.
            let mut before = (f64::NEG_INFINITY, 0);
            for a in 0..anchors.len() {
                if let Some(neighbour) = a.checked_sub(1).filter(|_| index > 0) {
                    before.0 -= SKIPPED;
                    if best[neighbour] > before.0 {
                        before = (best[neighbour], neighbour);
                    }
                }
                let (total, previous) = if before.0 >= best[a] { before } else { (best[a], a) };
                let here = self.of(item, &anchors[a]) - misplaced(layout, (index, items.len()), (a, anchors.len()));
                next[a] = total + here;
                from[a] = previous;
            }
            best = next;
            came_from.push(from);
        }
        let last = anchors.len() - 1;
        let ending = |a: usize| best[a] - SKIPPED * as_float(last - a);
        let mut anchor = (0..anchors.len()).max_by(|a, b| ending(*a).total_cmp(&ending(*b))).unwrap_or(0);
        let mut found = vec![0; items.len()];
        for index in (0..items.len()).rev() {
            found[index] = anchor;
            anchor = came_from[index][anchor];
        }
        found
    }
}

/// How far from its height an item would stand if it answered this anchor. Each is given as its place and their number.
fn misplaced(layout: Layout, (item, items): (usize, usize), (anchor, anchors): (usize, usize)) -> f64 {
    let Layout::SideBySide { above } = layout else { return 0.0 };
    let height = (as_float(item) + 0.5) / as_float(items) * as_float(anchors - above);
    let place = as_float(anchor) - as_float(above) + 0.5;
    OUT_OF_PLACE * (height - place).abs()
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn as_float(n: usize) -> f64 {
    n as f64
}

/// The beginnings of the words that mean something: enough to see that "planification" answers "planifier".
fn stems(text: &str) -> BTreeSet<String> {
    const EMPTY: [&str; 34] = [
        "les",
        "des",
        "une",
        "est",
        "sont",
        "afin",
        "pour",
        "avec",
        "dans",
        "par",
        "sur",
        "aux",
        "leur",
        "leurs",
        "qui",
        "que",
        "ces",
        "ses",
        "son",
        "selon",
        "ainsi",
        "entre",
        "plus",
        "notamment",
        "etre",
        "fait",
        "mise",
        "mettre",
        "candidat",
        "candidate",
        "place",
        "liees",
        "lies",
        "doit",
    ];
    words(text)
        .into_iter()
        .filter(|w| w.len() > 2 && !EMPTY.contains(&w.as_str()))
        .map(|w| w.chars().take(6).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(items: &[&str], anchors: &[&str], expect: &[usize]) {
        let similarity = Similarity::learn(items.iter().chain(anchors).copied());
        assert_eq!(similarity.align(items, anchors, Layout::Ordered), expect);
    }

    #[test]
    fn order_is_kept_and_shared_words_decide() {
        let anchors = ["Planifier les étapes du chantier", "Choisir une méthode", "Former les équipes"];
        check(
            &[
                "La planification est réaliste",
                "Les étapes sont décrites",
                "La méthode est argumentée",
                "La formation a lieu",
            ],
            &anchors,
            &[0, 0, 1, 2],
        );
    }

    #[test]
    fn an_item_that_shares_nothing_goes_with_its_neighbours() {
        let anchors = ["Planifier le chantier", "Former les équipes"];
        check(&["Le chantier est planifié", "C'est clair", "Les équipes sont formées"], &anchors, &[0, 0, 1]);
    }

    #[test]
    fn nothing_to_align_is_no_trouble() {
        check(&[], &["a", "b"], &[]);
        check(&["x"], &[], &[0]);
    }
}
