//! The stories end as they say, and are told completely.

use std::collections::HashSet;

use crossorigin::{browser::RequestKind, http::header::ORIGIN};

use super::*;

/// What becomes of each scene: the type of the response, or the name of the reason.
const OUTCOMES: [(&str, &[&str]); 12] = [
    ("a", &["cors"]),
    ("b", &["AllowOriginMissing"]),
    ("c", &["AllowOriginMismatch"]),
    ("d", &["cors", "AllowOriginMissing"]),
    ("e", &["HeaderNotAllowed"]),
    ("f", &["AllowOriginWildcardWithCredentials", "AllowCredentialsMissing", "cors"]),
    ("g", &["cors", "cors", "AllowOriginWildcardWithCredentials", "cors"]),
    ("h", &["cors", "cors", "cors"]),
    ("i", &["opaque", "AllowOriginMissing", "cors"]),
    ("j", &["AllowOriginMismatch", "cors", "AllowOriginMissing"]),
    ("k", &["cors", "AllowOriginWildcardWithCredentials"]),
    ("l", &["LocalNetworkDenied"]),
];

fn outcome(scene: &Scene) -> &'static str {
    match scene.transcript.outcome() {
        Ok(response) => response.response_type().as_str(),
        Err(error) => error.reason().name(),
    }
}

fn scenes(letter: &str) -> Vec<Scene> {
    let story = STORIES.into_iter().find(|story| story.letter == letter).unwrap();
    (story.play)().unwrap()
}

#[test]
fn each_story_ends_as_it_says() {
    let told: Vec<_> = STORIES.iter().map(|story| story.letter).collect();
    assert_eq!(told, OUTCOMES.map(|(letter, _)| letter));
    for (letter, expected) in OUTCOMES {
        let outcomes: Vec<_> = scenes(letter).iter().map(outcome).collect();
        assert_eq!(outcomes, expected, "story {letter}");
    }
}

#[test]
fn a_permission_lasts_for_the_limit_and_not_for_twenty_days() {
    let preflights = scenes("h").into_iter().map(|scene| {
        scene.transcript.requests().filter(|request| request.kind == RequestKind::Preflight).count()
    });
    assert_eq!(preflights.collect::<Vec<_>>(), [1, 0, 1]);
}

#[test]
fn after_the_redirect_the_origin_is_null() {
    for scene in scenes("j").iter().take(2) {
        let last = scene.transcript.requests().last().unwrap();
        let origin = last.headers.get(&ORIGIN).unwrap();
        assert_eq!(*origin, *b"null");
    }
}

#[test]
fn the_telling_is_complete() {
    let mut names = HashSet::new();
    for story in &STORIES {
        assert!(names.insert(story.letter) && names.insert(story.name), "{}", story.name);
        assert!(!story.title.is_empty() && !story.title.ends_with('.'), "{}", story.title);
        assert!(story.intro.ends_with('.') && story.moral.ends_with('.'), "{}", story.name);
        let scenes = (story.play)().unwrap();
        let headings: HashSet<_> = scenes.iter().map(|scene| scene.heading).collect();
        assert_eq!(headings.len(), scenes.len(), "{}", story.name);
        assert!(scenes.iter().all(|scene| !scene.code.is_empty()), "{}", story.name);
        assert_eq!(scenes.len() == 1, headings.contains(""), "{}", story.name);
    }
}
