//! Claims are answered with the verdict first, whichever way they are asked, and advice on one's own case is left to
//! doctors: the shipped guide as patients meet it.

use std::sync::LazyLock;

use exoguide::answer::Part;
use exoguide::decide::Outcome;
use exoguide::guide::Guide;
use exoguide::knowledge::{self, Origin};

static GUIDE: LazyLock<Guide> =
    LazyLock::new(|| Guide::new(knowledge::load(&Origin::CompiledIn).knowledge.expect("the shipped guide is right")));

/// The topic, and the claim in words that expect a yes and in words that expect a no.
const CLAIMS: &[(&str, &[&str], &[&str])] = &[
    (
        "fda-status",
        &["it is FDA approved, right?", "so the FDA approved exosomes already?"],
        &["it isn't FDA approved, is it?", "the FDA never approved this, did they?"],
    ),
    (
        "insurance",
        &["insurance covers it, right?", "my insurance will pay for it, won't it?"],
        &["insurance doesn't cover it, does it?", "my health plan won't pay, will it?"],
    ),
    (
        "red-flags",
        &["results are guaranteed, right?", "do you guarantee that it works?"],
        &["results aren't guaranteed, are they?", "there is no guarantee, or is there?"],
    ),
    (
        "exosomes-vs-stem-cells",
        &["it's stem cells, right?", "exosomes contain stem cells, don't they?"],
        &["it isn't stem cells, is it?", "exosomes don't contain living cells, or do they?"],
    ),
    (
        "not-suitable",
        &["does it replace a hair transplant?", "exosomes can replace a hair transplant, correct?"],
        &["it doesn't replace a transplant, does it?", "they can't replace a transplant, can they?"],
    ),
    (
        "evidence",
        &["it is proven to work, right?", "it's a cure, isn't it?"],
        &["it isn't proven, is it?", "it doesn't work, does it?"],
    ),
    ("safety-warning", &["it's safe, right?", "so exosomes are safe?"], &["it isn't safe, is it?"]),
    (
        "evidence-vs-prp",
        &["exosomes are better proven than PRP, right?"],
        &["exosomes aren't better proven than PRP, are they?"],
    ),
];

#[test]
fn a_claim_is_answered_with_its_verdict_first_whichever_way_it_is_asked() {
    let mut wrong = Vec::new();
    for (id, hoped, doubted) in CLAIMS {
        for question in hoped.iter().chain(*doubted) {
            let reply = GUIDE.answer(question);
            let verdict = GUIDE.topic(id).and_then(|topic| topic.verdict.as_ref()).expect("a topic with a verdict");
            let begins = reply.topics.first().is_some_and(|topic| topic.answer.starts_with(verdict.as_str()));
            if !begins {
                let found: Vec<&str> = reply.topics.iter().map(|topic| topic.id.as_str()).collect();
                wrong.push(format!("`{question}`: {} {found:?}", reply.outcome.as_str()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_topic_with_a_verdict_has_its_claim_here() {
    let tested: Vec<&str> = CLAIMS.iter().map(|(id, _, _)| *id).collect();
    for topic in GUIDE.knowledge().topics.iter().filter(|topic| topic.verdict.is_some()) {
        assert!(tested.contains(&topic.id.as_str()), "no test asks for the verdict of `{}`", topic.id);
    }
}

#[test]
fn advice_on_ones_own_case_is_left_to_doctors() {
    let questions = [
        "should I stop finasteride",
        "am I a candidate with lupus",
        "I have diabetes, would I be suited",
        "should I stop minoxidil before the session",
        "I'm 19, should I do it",
        "would you do it if you were me",
        "I take blood thinners, can I still have it",
        "I had cancer two years ago, can I do exosomes",
        "can I do it while pregnant",
        "look at my labs, what do they mean",
        "should I wait or start now",
        "what would you recommend for my case",
        "I have psoriasis on my scalp, may I have the injections",
    ];
    let general = GUIDE.knowledge().guide.say.near_personal.as_str();
    let mut wrong = Vec::new();
    for question in questions {
        let reply = GUIDE.answer(question);
        let personal = reply.boundary.is_some_and(|boundary| boundary.personal);
        let led = |part: &Part<'_>| matches!(part, Part::Offered { lead, .. } if *lead == Some(general));
        if reply.outcome != Outcome::Decline || !personal || !reply.parts().iter().any(led) {
            wrong.push(format!("`{question}`: {} {:?}", reply.outcome.as_str(), reply.boundary.map(|one| &one.id)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_boundary_on_ones_own_case_says_what_to_ask_and_whom() {
    let personal: Vec<_> = GUIDE.knowledge().boundaries.iter().filter(|boundary| boundary.personal).collect();
    assert!(personal.len() >= 8);
    for boundary in personal {
        let answer = &boundary.answer;
        let whom = ["doctor", "dermatologist", "pharmacist", "midwife"].iter().any(|whom| answer.contains(whom));
        // Some are better asked by a clinic, and all have the words to ask with.
        let what = answer.split('"').skip(1).step_by(2).any(|quoted| quoted.ends_with('?'));
        assert!(whom && what, "{}: {answer}", boundary.id);
    }
}
