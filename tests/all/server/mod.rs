//! The server side: policies, decisions, what they do to responses.

mod facts;
mod reply;
