//! The page of results of a search.

use super::words;
use crate::library::Library;
use vigie_chat::limits::{MOST_OPTIONS, WORDS};
use vigie_chat::{Button, Draft, Invocation, Item, List, Press, Select, Text};
use vigie_index::{Answer, Hit, Kind, Snippet};
use vigie_referentiels::Referentiel;

/// Results on a page of chat.
pub const PER_PAGE: usize = 5;
/// Longest statement shown in a list, in characters.
const STATEMENT: usize = 160;
/// Longest passage shown under a result, in characters.
const PASSAGE: usize = 260;
/// Characters kept before the first match of a passage that is shortened.
const BEFORE_MATCH: usize = 60;

/// The results of one page. `again` is the search without its page, for the next and the previous one.
#[must_use]
pub fn results(text: &str, answer: &Answer, again: &Invocation, page: usize, library: &Library) -> Draft {
    let title = Text::from("Recherche\u{a0}: ").emphasis(words::shortened(text, 80));
    with_results(Draft::answer().title(title), answer, again, page, library)
}

/// The results of a search that may tell of somebody's health: the way to the accommodation first, and nothing of what
/// was asked repeated.
#[must_use]
pub fn on_health(answer: &Answer, again: &Invocation, page: usize, library: &Library) -> Draft {
    let draft = Draft::answer()
        .title("Votre question")
        .paragraph(
            "Je vous réponds en privé et ne garde rien de votre question. Si elle concerne vos propres épreuves, un aménagement est \
             un droit, à votre demande\u{a0}:",
        )
        .button(Button::primary("Mes droits et la démarche", Press::run(Invocation::new("amenagement procedure"))))
        .button(Button::new("Qui contacter\u{202f}?", Press::run(Invocation::new("amenagement contact"))));
    if answer.hits.is_empty() {
        return draft.paragraph("Je n’ai rien trouvé d’autre dans les référentiels.");
    }
    with_results(draft.heading("Dans les référentiels"), answer, again, page, library)
}

fn with_results(mut draft: Draft, answer: &Answer, again: &Invocation, page: usize, library: &Library) -> Draft {
    let last = (page - 1) * PER_PAGE + answer.hits.len();
    let total = words::counted(answer.total, "résultat", "résultats");
    let pages = answer.total.div_ceil(PER_PAGE);
    let shown = if pages > 1 { format!(", page {page} sur {pages}") } else { String::new() };
    draft = draft.paragraph(understood(answer, library).map_or_else(
        || Text::from(format!("{total}{shown}.")),
        |how| Text::from(format!("{total}{shown}. ")).then(how),
    ));
    // Numbered from 1 on each page.
    draft = draft.list(List::numbered(1, answer.hits.iter().map(|hit| item(hit, library))));
    let mut open = Select::new("Ouvrir un résultat");
    for hit in &answer.hits {
        open = open.option(words::shortened(&name(hit, library), WORDS), press(hit));
    }
    draft = draft.select(open);
    if page > 1 {
        let previous = again.clone().with("page", i64::try_from(page - 1).unwrap_or(1));
        draft = draft.button(Button::new("Page précédente", Press::run(previous).replacing().by_owner()));
    }
    if last < answer.total {
        let next = again.clone().with("page", i64::try_from(page + 1).unwrap_or(1));
        draft = draft.button(Button::primary("Page suivante", Press::run(next).replacing().by_owner()));
    }
    draft
}

/// Nothing found: said plainly, with the nearest words. `elsewhere` are the référentiels in which the same words would
/// find something, when the search was narrowed to one.
#[must_use]
pub fn nothing(text: &str, answer: &Answer, elsewhere: &[(&Referentiel, usize)], library: &Library) -> Draft {
    let within = scope_title(answer, library).map(|title| format!(" dans {title}")).unwrap_or_default();
    let mut draft = Draft::answer()
        .title(Text::from("Recherche\u{a0}: ").emphasis(words::shortened(text, 80)))
        .paragraph(Text::from(format!(
            "Je n’ai rien trouvé à ce sujet{within}. Je connais les référentiels, leurs compétences, critères, \
                            épreuves et droits\u{a0}; rien d’autre."
        )));
    let near = library.index.nearest_words(text, 4);
    if !near.is_empty() {
        draft = draft.paragraph(format!("Mots proches que je connais\u{a0}: {}.", words::and(&near)));
        for word in near.iter().take(3) {
            draft = draft.button(Button::new(
                format!("Chercher «\u{a0}{}\u{a0}»", words::shortened(word, 50)),
                Press::run(Invocation::new("chercher").with("texte", word.as_str())),
            ));
        }
    }
    if !elsewhere.is_empty() {
        let mut select = Select::new("Chercher dans un autre référentiel");
        for (referentiel, count) in elsewhere.iter().take(MOST_OPTIONS) {
            let count = words::counted(*count, "résultat", "résultats");
            let label = format!("{} ({count})", words::shortened(words::title(referentiel), 60));
            let again = Invocation::new("chercher").with("texte", text).with("referentiel", referentiel.slug.as_str());
            select = select.option(label, Press::run(again));
        }
        draft = draft.select(select);
    }
    draft.button(Button::new("Voir les référentiels", Press::run(Invocation::new("referentiel"))))
}

/// How the query was read, when that isn't plain.
fn understood(answer: &Answer, library: &Library) -> Option<Text> {
    let mut said = Text::new();
    if let Some(title) = scope_title(answer, library) {
        said = said.plain(format!("Dans {title}. "));
    }
    for correction in answer.understood.corrections.iter().take(3) {
        said = said
            .plain("«\u{a0}")
            .emphasis(words::shortened(&correction.typed, 30))
            .plain("\u{a0}» lu comme «\u{a0}")
            .emphasis(words::shortened(&correction.read_as, 30))
            .plain("\u{a0}». ");
    }
    let mut also: Vec<&str> = Vec::new();
    for name in answer.understood.synonyms.iter().flat_map(|s| &s.also) {
        if also.len() < 3 && !also.contains(&name.as_str()) {
            also.push(name);
        }
    }
    if !also.is_empty() {
        said = said.plain(format!("Cherché aussi\u{a0}: {}.", words::and(&also)));
    }
    (!said.is_empty()).then_some(said)
}

fn scope_title<'a>(answer: &Answer, library: &'a Library) -> Option<&'a str> {
    answer.understood.scope.as_deref().and_then(|slug| library.referentiel(slug)).map(words::title)
}

/// One result: its name, its référentiel, its statement, and the passage that matched if that is another one.
fn item(hit: &Hit, library: &Library) -> Item {
    let title = library.referentiel(&hit.referentiel).map_or(hit.referentiel.as_str(), words::title);
    let head = match hit.kind {
        Kind::Competence => {
            Text::new().strong(hit.code.as_deref().unwrap_or_default()).plain(format!(" — {title}\u{a0}: "))
        }
        Kind::Bloc => Text::new()
            .strong(format!("Bloc {}", hit.code.as_deref().unwrap_or_default()))
            .plain(format!(" — {title}\u{a0}: ")),
        Kind::Lexique => Text::new().strong(hit.title.as_str()).plain(format!(" — définition, {title}\u{a0}: ")),
        kind => Text::new().strong(words::kind(kind)).plain(format!(" — {title}\u{a0}: ")),
    };
    let own = hit.snippet.as_ref().filter(|s| s.text == hit.title);
    let named = matches!(hit.kind, Kind::Competence | Kind::Bloc);
    match (&hit.snippet, own) {
        (_, Some(statement)) if named => Item { text: head.then(marked(statement, STATEMENT)), children: Vec::new() },
        (Some(passage), _) if named => {
            let lead = match &passage.criterion {
                Some(id) => Text::from("Critère ").code(id.as_str()).plain("\u{a0}: "),
                None => Text::new(),
            };
            Item {
                text: head.plain(words::shortened(&hit.title, STATEMENT)),
                children: vec![Item::from(lead.then(marked(passage, PASSAGE)))],
            }
        }
        (Some(passage), _) => Item { text: head.then(marked(passage, PASSAGE)), children: Vec::new() },
        (None, _) => Item { text: head.plain(words::shortened(&hit.title, STATEMENT)), children: Vec::new() },
    }
}

/// A passage with its matching words marked, shortened around the first of them.
fn marked(snippet: &Snippet, most: usize) -> Text {
    let text = snippet.text.as_str();
    let first = snippet.ranges.first().map_or(0, |range| range.start);
    let from = if text.chars().count() <= most { 0 } else { start_before(text, first) };
    let to = end_after(text, from, most);
    let mut marked = Text::from(if from > 0 { "…" } else { "" });
    let mut at = from;
    for range in snippet.ranges.iter().filter(|range| range.start >= from && range.end <= to) {
        marked = marked.plain(&text[at..range.start]).matched(&text[range.clone()]);
        at = range.end;
    }
    if to == text.len() {
        return marked.plain(&text[at..]);
    }
    marked.plain(text[at..to].trim_end_matches([',', ';', ':', ' '])).plain("…")
}

/// Where to begin so that a little is read before the match, at a word.
fn start_before(text: &str, first: usize) -> usize {
    let before = text[..first].char_indices().rev().nth(BEFORE_MATCH).map_or(0, |(at, _)| at);
    if before == 0 { 0 } else { text[before..first].find(' ').map_or(first, |space| before + space + 1) }
}

/// Where to end so that at most `most` characters are shown, at a word.
fn end_after(text: &str, from: usize, most: usize) -> usize {
    match text[from..].char_indices().nth(most) {
        None => text.len(),
        Some((end, _)) => text[from..from + end].rfind(' ').map_or(from + end, |space| from + space),
    }
}

/// What a result is called on a button.
fn name(hit: &Hit, library: &Library) -> String {
    let title = library.referentiel(&hit.referentiel).map_or(hit.referentiel.as_str(), words::title);
    match (hit.kind, &hit.code) {
        (Kind::Competence, Some(code)) => format!("{code} — {title}"),
        (Kind::Bloc, Some(code)) => format!("Bloc {code} — {title}"),
        (Kind::Lexique, _) => format!("{} — {title}", hit.title),
        (kind, _) => format!("{} — {title}", words::kind(kind)),
    }
}

/// What opening a result does.
fn press(hit: &Hit) -> Press {
    let within = |path: &str| Invocation::new(path).with("referentiel", hit.referentiel.as_str());
    let code = hit.code.as_deref().unwrap_or_default();
    match hit.kind {
        Kind::Competence => words::open_competency(&hit.referentiel, code),
        Kind::Bloc => words::open_bloc(&hit.referentiel, code),
        Kind::Lexique => Press::run(within("lexique").with("terme", hit.title.as_str())),
        Kind::Amenagement => Press::run(within("amenagement procedure")),
        Kind::Epreuve | Kind::Reussite => words::open_referentiel(&hit.referentiel),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_index::Field;

    #[track_caller]
    fn check(text: &str, found: &str, most: usize, expect: &str) {
        let at = text.find(found).expect("the word is in the text");
        let snippet = Snippet {
            field: Field::Rule,
            criterion: None,
            text: text.to_owned(),
            ranges: std::iter::once(at..at + found.len()).collect(),
        };
        let shown: String = marked(&snippet, most)
            .spans()
            .iter()
            .map(|span| match span {
                vigie_chat::Span::Match(words) => format!("[{words}]"),
                other => other.words().into_owned(),
            })
            .collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn passages_are_shortened_around_the_match() {
        check("un mot ici", "mot", 50, "un [mot] ici");
        let long = "début qui ne dit pas grand-chose et qui dure encore un bon moment avant que le mot cherché ne vienne, puis la fin";
        check(long, "cherché", 70, "…et qui dure encore un bon moment avant que le mot [cherché] ne vienne…");
        check(long, "début", 30, "[début] qui ne dit pas…");
    }
}
