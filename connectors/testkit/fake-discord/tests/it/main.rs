//! The fake, driven by the plainest of bots: an HTTP client and a web socket.

mod bot;
mod events;
mod faults;
mod gateway;
mod interactions;
mod messages;
mod people;
mod serenity;
mod tls;
