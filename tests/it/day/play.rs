//! Living a day on one network.

use super::attended::Attended;
use super::script::{Act, Deed};
use super::words::{difference, words};
use futures::FutureExt as _;
use std::collections::HashSet;
use vigie_testkit::{Actor, Shown, Stage};

/// What was said in answer to one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// Of all its messages.
    pub(super) words: String,
    /// What can be pressed under it.
    pub(super) actions: Vec<String>,
    /// Whether only the person sees it.
    pub(super) private: bool,
    /// How many files come with it.
    pub(super) files: usize,
}

/// Most letters that a network adds where it tells in words what can be pressed: what it is about, numbers, how to choose.
const AROUND_CHOICES: usize = 300;

/// Plays the day, and gives what was said to each deed.
///
/// Where it is known what should be said, each answer is waited for until it says that.
///
/// # Panics
///
/// When something else is said, or something is said twice or not at all.
pub(super) async fn play(stage: &dyn Stage, app: &Attended, day: &[Deed], expected: Option<&[Said]>) -> Vec<Said> {
    let mut all = Vec::new();
    let mut events = 0;
    // What everybody in the room sees of what was said so far, as whoever was answered sees it.
    let mut public = HashSet::new();
    for (rank, deed) in day.iter().enumerate() {
        if let Act::Later(wait) = &deed.act {
            app.later(*wait);
            all.push(Said { words: String::new(), actions: Vec::new(), private: false, files: 0 });
            continue;
        }
        events += 1;
        let before = up_to_date(stage, deed.who, &public).await;
        act(stage, deed).await;
        let answering = tokio::time::timeout(stage.bell().patience(), app.answered(events)).await;
        assert_eq!(answering, Ok(events), "{}: {deed:?} isn't answered once", stage.network());
        let look = || answer(&seen(stage, deed.who), &before);
        if let Some(expected) = expected.map(|expected| &expected[rank]) {
            let said = stage.bell().until(|| look().is_some_and(|said| is(&said, expected)).then_some(())).await;
            assert!(said.is_some(), "{}: {deed:?} is answered otherwise: {}", stage.network(), told(look(), expected));
        }
        if !deed.tells.is_empty() {
            let told = words(deed.tells);
            let tells = || telling(&seen(stage, deed.who), &before, &told);
            let said = stage.bell().until(tells).await;
            public = told_to_all(&seen(stage, deed.who));
            all.push(said.unwrap_or_else(|| {
                panic!("{}: {deed:?} doesn't tell that: {:#?}", stage.network(), seen(stage, deed.who).last())
            }));
            continue;
        }
        public = told_to_all(&seen(stage, deed.who));
        all.push(look().unwrap_or_else(|| panic!("{}: nothing answers {deed:?}", stage.network())));
    }
    all
}

async fn act(stage: &dyn Stage, deed: &Deed) {
    match &deed.act {
        Act::Says(words) => stage.says(deed.who, deed.place, words).await,
        Act::Gives(command) => stage.gives(deed.who, deed.place, command).await,
        Act::Hands(command, file) => stage.hands(deed.who, deed.place, command, file.clone()).await,
        Act::Later(_) => {}
        Act::Follows(label) => {
            let offered = || {
                let last = seen(stage, deed.who).into_iter().rfind(|shown| !shown.actions.is_empty())?;
                let number = last.actions.iter().position(|action| action.contains(label))?;
                Some((last, number + 1))
            };
            let found = stage.bell().until(offered).await;
            let (shown, number) = found.unwrap_or_else(|| {
                panic!("{}: no {label:?} to press: {:#?}", stage.network(), seen(stage, deed.who).last())
            });
            stage.presses(deed.who, &shown, number).await;
        }
    }
}

/// What somebody sees now.
fn seen(stage: &dyn Stage, who: Actor) -> Vec<Shown> {
    stage.sees(who).now_or_never().expect("looking waits for nothing")
}

/// What somebody knows before they do something, once all that everybody was told has reached them: it may take its time
/// where it is encrypted, and is no answer to what they do next.
async fn up_to_date(stage: &dyn Stage, who: Actor, public: &HashSet<(String, String)>) -> HashSet<(String, String)> {
    let reached = || Some(known(&seen(stage, who))).filter(|known| known.is_superset(public));
    let reached = stage.bell().until(reached).await;
    reached.unwrap_or_else(|| panic!("{}: what was told to all doesn't reach {}", stage.network(), who.name()))
}

fn told_to_all(seen: &[Shown]) -> HashSet<(String, String)> {
    seen.iter().filter(|shown| !shown.private).map(|shown| (shown.id.clone(), shown.words.clone())).collect()
}

fn known(seen: &[Shown]) -> HashSet<(String, String)> {
    seen.iter().map(|shown| (shown.id.clone(), shown.words.clone())).collect()
}

/// What is new or changed since.
fn answer(seen: &[Shown], before: &HashSet<(String, String)>) -> Option<Said> {
    let new = seen.iter().filter(|shown| !before.contains(&(shown.id.clone(), shown.words.clone())));
    let new: Vec<&Shown> = new.collect();
    let last = new.last()?;
    Some(Said {
        words: new.iter().map(|shown| words(&shown.words)).collect(),
        actions: last.actions.iter().map(|label| words(label)).collect(),
        private: new.iter().all(|shown| shown.private),
        files: new.iter().map(|shown| shown.files.len()).sum(),
    })
}

/// The one that is new or changed since and tells this. What others were told may reach somebody only now.
fn telling(seen: &[Shown], before: &HashSet<(String, String)>, told: &str) -> Option<Said> {
    let new = |shown: &&Shown| !before.contains(&(shown.id.clone(), shown.words.clone()));
    let one = seen.iter().filter(new).find(|shown| words(&shown.words).contains(told))?;
    answer(std::slice::from_ref(one), &HashSet::new())
}

/// Whether that is what was expected. What can be pressed may be told in words after the rest, each of them in order.
fn is(said: &Said, expected: &Said) -> bool {
    let Some(rest) = said.words.strip_prefix(&expected.words) else { return false };
    let told = rest.is_empty() || tells(rest, &said.actions).is_some_and(|others| others <= AROUND_CHOICES);
    told && Said { words: expected.words.clone(), ..said.clone() } == *expected
}

/// How many other words there are around these actions; none when the actions aren't told in order.
fn tells(mut rest: &str, actions: &[String]) -> Option<usize> {
    let mut others = 0;
    for action in actions {
        let (before, after) = rest.split_once(action.as_str())?;
        others += before.chars().count();
        rest = after;
    }
    (!actions.is_empty()).then(|| others + rest.chars().count())
}

/// How an answer differs.
fn told(said: Option<Said>, expected: &Said) -> String {
    let Some(said) = said else { return "not at all".to_owned() };
    let words = difference(&said.words, &expected.words);
    let rest = |said: &Said| format!("{:?}, private {}, {} files", said.actions, said.private, said.files);
    format!("{words:#?}\n{}\n{}", rest(&said), rest(expected))
}

#[test]
fn a_word_more_or_less_is_another_answer() {
    let expected = Said { words: "C15Auditer".to_owned(), actions: vec!["Suite".to_owned()], private: false, files: 0 };
    let with = |words: &str| Said { words: words.to_owned(), ..expected.clone() };
    assert!(is(&expected, &expected));
    assert!(is(&with("C15AuditerActionsSuitePourchoisirréagissezaveclenuméro1"), &expected));
    assert!(!is(&with("C15AuditerPourchoisirréagissezaveclenuméro1"), &expected));
    assert!(!is(&with(&format!("C15Auditer{}Suite", "mot".repeat(120))), &expected));
    assert!(!is(&with("C15Auditerainsi"), &expected));
    assert!(!is(&with("C15"), &expected));
    assert!(!is(&Said { private: true, ..expected.clone() }, &expected));
    assert!(!is(&Said { actions: Vec::new(), ..expected.clone() }, &expected));
}
