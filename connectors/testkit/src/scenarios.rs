//! The list of scenarios. Each is a function that says by its name what holds.

mod answers;
mod bots;
mod burst;
mod buttons;
mod completion;
mod deliveries;
mod edits;
mod files;
mod forms;
mod hostile;
mod length;
mod mistakes;
mod paging;
mod privacy;
mod reconnection;
mod rooms;
mod stop;

use crate::{Ending, Scene};
use futures::future::LocalBoxFuture;

/// Something that must go the same way on every network.
pub struct Scenario {
    /// What holds, as the name of a test.
    pub name: &'static str,
    /// Has people do it, and checks what each of them sees.
    pub play: for<'s> fn(&'s Scene) -> LocalBoxFuture<'s, Ending>,
}

/// Declares the list once: as [`SCENARIOS`], and as the tests that [`conformance!`](crate::conformance) makes of it.
macro_rules! scenarios {
    ($dollar:tt $($theme:ident { $($name:ident)* })*) => {
        /// Every scenario, in the order in which they are worth mending.
        pub const SCENARIOS: &[Scenario] =
            &[$($(Scenario { name: stringify!($name), play: |scene| Box::pin($theme::$name(scene)) }),*),*];

        /// Makes one test of each scenario.
        ///
        /// Takes what opens a stage: an `async fn(Arc<dyn App>) -> impl Stage`, in scope where the macro stands. After
        /// `where possible:` it is one that opens `Option<impl Stage>`, which is none, with a line that says why, on a
        /// machine that lacks what the network needs.
        #[macro_export]
        macro_rules! conformance {
            (where possible: $dollar open:expr) => {
                /// One test a scenario.
                mod conformance {
                    use super::*;
                    $($(
                        #[test]
                        fn $name() {
                            $crate::perform_where_possible(stringify!($name), $dollar open);
                        }
                    )*)*
                }
            };
            ($dollar open:expr) => {
                /// One test a scenario.
                mod conformance {
                    use super::*;
                    $($(
                        #[test]
                        fn $name() {
                            $crate::perform(stringify!($name), $dollar open);
                        }
                    )*)*
                }
            };
        }
    };
}

scenarios! { $
    answers {
        a_command_is_answered_where_it_was_given
        values_arrive_as_their_kinds
        words_to_the_bot_are_answered
        an_answer_is_followed_up_in_order
        who_and_where_are_told
    }
    mistakes {
        an_unknown_command_gets_a_hint
        a_missing_option_is_named
    }
    privacy {
        a_private_answer_is_unseen_by_others
        a_private_mistake_is_unseen_by_others
        what_was_going_to_be_public_can_be_private
        what_was_going_to_be_private_can_be_public
    }
    buttons {
        a_button_pressed_once_answers_once
        a_button_pressed_twice_answers_twice
        an_older_message_can_be_pressed
        a_personal_button_refuses_a_stranger
        a_button_for_all_takes_a_stranger
        an_expired_button_says_so
        a_button_outlives_a_restart
    }
    paging {
        sixty_choices_are_paged
    }
    files {
        a_picture_has_its_alternative_text
        a_file_that_is_handed_in_is_read
        a_file_that_is_too_large_is_refused
    }
    length {
        twenty_thousand_characters_come_in_order
        one_paragraph_of_twenty_thousand_characters_comes_whole
        a_long_private_answer_stays_private
    }
    edits {
        an_update_of_nothing_is_an_answer
        a_result_takes_the_place_of_a_progress
        a_short_edit_leaves_nothing_of_a_long_message
        what_was_sent_can_be_edited
        a_deleted_message_cannot_be_edited
    }
    burst {
        fifty_commands_are_answered_in_order
        one_slow_answer_keeps_nobody_else_waiting
    }
    reconnection {
        what_was_said_while_cut_is_answered_once
        an_answer_begun_before_a_cut_arrives
        what_was_said_while_away_is_answered_once
    }
    bots {
        the_bot_ignores_itself
        the_bot_ignores_other_bots
    }
    hostile {
        hostile_answers_say_all_and_notify_nobody
        hostile_words_are_repeated
        only_those_meant_are_notified
    }
    forms {
        a_form_is_filled
        a_form_filled_wrong_says_what_is_wrong
        a_cancelled_form_does_nothing
        a_form_after_an_answer_comes_too_late
    }
    completion {
        what_is_typed_is_completed
    }
    deliveries {
        a_message_reaches_a_room
        a_message_reaches_one_person
        one_key_sends_one_message
        what_may_have_left_already_is_said_once
        what_never_left_is_said_when_it_is_sent_again
        a_closed_direct_room_is_told
    }
    rooms {
        a_room_is_opened_for_some_alone
        one_key_opens_one_room
        one_key_opens_one_room_across_a_restart
        what_is_asked_in_an_opened_room_is_answered_there
        a_button_in_an_opened_room_can_be_pressed
        who_is_let_in_later_sees_what_is_said_then
        who_is_taken_out_sees_nothing_more
        who_cannot_be_let_in_is_told
        a_room_that_is_gone_is_told
    }
    stop {
        a_stop_delivers_what_was_begun
        a_stop_when_nothing_happens_is_a_stop
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_distinct() {
        let names: HashSet<&str> = SCENARIOS.iter().map(|scenario| scenario.name).collect();
        assert_eq!(names.len(), SCENARIOS.len());
    }
}
