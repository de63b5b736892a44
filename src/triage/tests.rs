//! What triage makes of whole messages.

use super::*;
use crate::knowledge::read::compiled_in_urgent;
use crate::text::tokens;

/// Checks for each message whether the compiled-in signs raise the alarm of a sign, or set it aside for a reason.
fn check(cases: &[(&str, &str)]) {
    let triage = Triage::new(&compiled_in_urgent());
    for (message, expected) in cases {
        let assessment = triage.assess(&tokens(message));
        let signs = assessment.alarm.iter().flat_map(|alarm| &alarm.findings).map(|finding| finding.sign.id.as_str());
        let reasons = assessment.set_aside.iter().map(|set_aside| set_aside.reason.name());
        let seen: Vec<&str> = if assessment.alarm.is_some() { signs.collect() } else { reasons.collect() };
        assert!(seen.contains(expected), "{message}: {expected} is not among {seen:?}");
    }
}

/// Checks that none of the messages raises an alarm.
fn assert_calm(messages: &[&str]) {
    let triage = Triage::new(&compiled_in_urgent());
    for message in messages {
        assert!(triage.assess(&tokens(message)).alarm.is_none(), "{message}");
    }
}

#[test]
fn a_negation_reaches_through_its_list_and_no_further() {
    check(&[
        ("no fever, pus or swelling around the eyes", "negated"),
        ("no fever but pus", "pus"),
        ("No chills, my head is oozing", "pus"),
        ("he isn't waking up", "unconscious"),
        ("it won't stop bleeding", "bleeding"),
        ("how long can I go without eating before my heart just stops", "self-harm"),
        ("not only a fever", "fever"),
    ]);
}

#[test]
fn felt_signs_are_told_from_talk_of_signs() {
    check(&[
        ("is fever a known side effect", "risk"),
        ("is fever a known side effect, mine began last night and I have chills since", "fever"),
        ("if I get a fever, whom do I call", "hypothetical"),
        ("somebody on a forum had pus", "report"),
        ("I had a seizure as a child", "history"),
        ("after my PRP in March one spot drained pus", "pus"),
        ("that invoice gave me a heart attack", "figurative"),
        ("my dog has a fever", "fiction"),
    ]);
}

#[test]
fn typing_mistakes_and_missing_spaces_are_seen_through() {
    check(&[
        ("i cnat breath", "breathing"),
        ("shivreing all night", "fever"),
        ("my throte is closing", "breathing"),
        ("I want tokill myself", "self-harm"),
        ("can t breathe", "breathing"),
        ("38,5 since the shots", "fever"),
        ("she wants to hurt her self", "self-harm"),
        ("cnt breathe", "breathing"),
        ("everything went bkack", "fainting"),
        ("my ey is fine but the eey is shut", "face-swelling"),
        ("it is hard 2 breathe", "breathing"),
        ("heate the serum they gave me", "poisoning"),
        ("fevver and chils", "fever"),
    ]);
    // A word that is nearer to another common word is not taken for a sign's.
    assert_calm(&["all options side by sdie", "I am HIV positive", "what do my roomate and I pay"]);
}

#[test]
fn what_speaks_against_a_sign_is_said_in_the_same_sentence() {
    check(&[("Can I wash my face? Pus comes from the injection.", "pus")]);
    assert_calm(&["can I get pus from the injection"]);
}

#[test]
fn an_emoji_ends_what_was_said() {
    check(&[("CANT SEE 😱 what does it cost", "vision")]);
}

#[test]
fn jokes_about_ones_own_death_are_taken_seriously_and_old_complaints_calmly() {
    check(&[("wish i was dead lol jk", "self-harm"), ("I went blind in one eye after filler", "vision")]);
    assert_calm(&["I have bad vision", "I have bad vision, is that a problem?", "had lip filler last year"]);
}

#[test]
fn a_pattern_can_ask_for_the_ends_of_a_sentence() {
    check(&[("EMERGENCY!!!", "call-for-help"), ("what now? i cant see", "vision")]);
    assert_calm(&["do they keep emergency drugs", "I can't see results. Do I go on?"]);
}

#[test]
fn a_number_may_be_a_word_and_beside_its_unit_is_only_a_number() {
    check(&[
        ("bleeding for three hours and through four towels", "bleeding"),
        ("day 2 and the redness is worse", "spreading-redness"),
        ("it is hard 2 breathe", "breathing"),
    ]);
    assert_calm(&["is it in the gu-ide?"]);
}

#[test]
fn percentages_and_ordinals_are_no_temperatures() {
    check(&[("my temp is 100 since the shots", "fever")]);
    assert_calm(&["I was at 100% since the shots", "this was at 100th place since the shots"]);
}

#[test]
fn a_question_for_a_way_to_die_gets_the_words_against_self_harm() {
    let triage = Triage::new(&compiled_in_urgent());
    for message in ["is it painless to overdose", "my son said he wants to die", "I burned my arm on purpose"] {
        let alarm = triage.assess(&tokens(message)).alarm.expect("it alarms");
        assert_eq!(alarm.care.id.as_str(), "self-harm", "{message}");
    }
}

#[test]
fn an_alarm_names_its_words_and_its_sentences() {
    let triage = Triage::new(&compiled_in_urgent());
    let tokens = tokens("What does it cost? My lips are swelling. Thanks.");
    let alarm = triage.assess(&tokens).alarm.expect("it alarms");
    assert_eq!(alarm.care.id.as_str(), "emergency");
    assert_eq!(alarm.sentences, vec![4..8; 1]);
    assert_eq!(alarm.findings[0].words, [5..6, 7..8]);
}

#[test]
fn the_most_pressing_care_comes_first() {
    let triage = Triage::new(&compiled_in_urgent());
    let alarm = triage.assess(&tokens("pus on my head and I can't breathe")).alarm.expect("it alarms");
    let signs: Vec<&str> = alarm.findings.iter().map(|finding| finding.sign.id.as_str()).collect();
    assert_eq!((alarm.care.id.as_str(), &signs[..]), ("emergency", &["breathing", "pus"][..]));
}

#[test]
fn every_example_of_the_compiled_in_signs_holds() {
    let file = compiled_in_urgent();
    let (triage, mut problems) = Triage::compile(&file);
    problems.extend(triage.failing_examples(&file));
    assert_eq!(problems, [], "`exoguide check` shows these with their places");
}

#[test]
fn strange_messages_do_no_harm() {
    let triage = Triage::new(&compiled_in_urgent());
    for message in ["", "?!", "👋", "\u{200b}", "t", "1 2 3", &"no pus if red hot my ".repeat(5_000)] {
        triage.assess(&tokens(message));
    }
}
