//! The scenarios judged: a network that can do everything conforms, and each fault is caught by the scenario for it.

#[path = "village/fault.rs"]
mod fault;
#[path = "village/messenger.rs"]
mod messenger;
#[path = "village/network.rs"]
mod network;
#[path = "village/reply.rs"]
mod reply;
#[path = "village/stage.rs"]
mod stage;

use fault::Fault;
use stage::Village;
use vigie_testkit::{Actor, Place, Scene, outcome, rehearse};

vigie_testkit::conformance!(async |app| Village::open(app, None));

/// A village with this fault fails this scenario, for this reason.
#[track_caller]
fn caught(fault: Fault, scenario: &str, reason: &str) {
    let outcome = outcome(scenario, async |app| Village::open(app, Some(fault)));
    let told = outcome.expect_err("the fault must be caught");
    assert!(told.contains(reason), "{fault:?} is caught for another reason: {told}");
}

#[test]
fn parts_are_marked_and_in_order() {
    caught(Fault::LeavesPartsUnmarked, "twenty_thousand_characters_come_in_order", "isn't marked");
    caught(Fault::TurnsPartsRound, "twenty_thousand_characters_come_in_order", "isn't marked");
    caught(Fault::ShortensParts, "one_paragraph_of_twenty_thousand_characters_comes_whole", "words were lost");
}

#[test]
fn what_is_private_stays_so() {
    caught(Fault::TellsAll, "a_private_answer_is_unseen_by_others", "private");
    caught(Fault::TellsAll, "a_private_mistake_is_unseen_by_others", "whole room");
    caught(Fault::TellsAll, "a_long_private_answer_stays_private", "private");
}

#[test]
fn bots_are_not_answered() {
    caught(Fault::AnswersBots, "the_bot_ignores_itself", "of which Alice did 2");
    caught(Fault::AnswersBots, "the_bot_ignores_other_bots", "was answered");
}

#[test]
fn nothing_is_done_twice() {
    caught(Fault::HearsTwice, "a_button_pressed_once_answers_once", "several answers");
    caught(Fault::HearsTwice, "a_button_pressed_twice_answers_twice", "was heard twice");
    caught(Fault::ForgetsKeys, "one_key_sends_one_message", "the same key gives");
}

#[test]
fn words_stay_words() {
    caught(Fault::ReadsMarkup, "hostile_answers_say_all_and_notify_nobody", "missing after");
    caught(Fault::NotifiesByText, "hostile_answers_say_all_and_notify_nobody", "mentions notifies");
    caught(Fault::NotifiesByText, "only_those_meant_are_notified", "those notified");
    caught(Fault::LosesAlternativeTexts, "a_picture_has_its_alternative_text", "the alternative text is");
}

#[test]
fn edits_take_the_place_of_what_was() {
    caught(Fault::EditsBySending, "a_result_takes_the_place_of_a_progress", "one more message");
    caught(Fault::EditsBySending, "what_was_sent_can_be_edited", "one more message");
    caught(Fault::EditsBySending, "sixty_choices_are_paged", "doesn't take the place");
    caught(Fault::LeavesParts, "a_short_edit_leaves_nothing_of_a_long_message", "are left");
}

#[test]
fn errors_are_told_as_what_they_are() {
    caught(Fault::HidesErrors, "a_deleted_message_cannot_be_edited", "editing a deleted message gives");
    caught(Fault::HidesErrors, "a_closed_direct_room_is_told", "sending to a closed room gives");
}

#[test]
fn people_are_who_they_are() {
    caught(Fault::TakesAllForAlice, "a_button_for_all_takes_a_stranger", "Bob’s press came from");
    caught(Fault::TakesAllForAlice, "who_and_where_are_told", "Bob is told as");
    caught(Fault::SubmitsCancelled, "a_cancelled_form_does_nothing", "the application heard");
}

#[test]
fn rooms_are_for_those_who_are_let_in() {
    caught(Fault::LetsAllIn, "a_room_is_opened_for_some_alone", "isn't theirs");
    caught(Fault::ForgetsKeys, "one_key_opens_one_room", "the same key opens");
}

#[test]
fn a_stop_drains() {
    caught(Fault::DropsAtStop, "a_stop_delivers_what_was_begun", "delivered 0 times");
}

#[test]
fn a_network_has_scenarios_of_its_own() {
    let play = async |scene: &Scene| {
        scene.says(Actor::Bob, Place::Direct, "bonjour").await?;
        scene.hears(Actor::Bob, "Vous écrivez : bonjour").await.map(drop)
    };
    assert_eq!(rehearse("own", async |app| Village::open(app, None), play), Ok(()));
}
