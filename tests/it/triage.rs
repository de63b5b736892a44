//! Signs of an emergency, in thousands of forms.

mod variants;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use exoguide::answer::Reply;
use exoguide::decide::Outcome;
use exoguide::guide::Guide;
use exoguide::knowledge::read::compiled_in_urgent;
use exoguide::knowledge::{self, Origin, SourceFile, source};
use exoguide::matching;
use exoguide::text::tokens;
use exoguide::triage::{Reason, Triage};
use variants::{Change, Variant, variants};

/// How many variants are made of each set of messages.
const VARIANTS: usize = 3_000;
/// At most this share of the variants of signs may be missed; it was 0.0027 when this floor was set.
const MISSED: f64 = 0.003;
/// At most this share of what is no sign may alarm as it stands, and when it is written otherwise.
const ALARMED: f64 = 0.01;
/// The same with mistakes in it: a `not` that can't be read speaks against nothing.
const ALARMED_BY_MISTAKES: f64 = 0.02;

/// Of messages that nothing was written for or learnt from, at most this share may be missed; it was 0.020. They are hard
/// ones: many of them only hint.
const UNSEEN_MISSED: f64 = 0.025;
/// Of such that only sound alarming, at most this share may alarm; it was 0.048.
const UNSEEN_ALARMED: f64 = 0.05;

/// A sign that no pattern finds.
const HEARD: &str = "Since the scalp jabs everything I look at has a shadow twin beside it. ";

static GUIDE: LazyLock<Guide> =
    LazyLock::new(|| Guide::new(knowledge::load(&Origin::CompiledIn).knowledge.expect("the guide is sound")));

fn alarms(message: &str) -> bool {
    GUIDE.answer(message).outcome == Outcome::Urgent
}

/// The messages of a file in `tests/data/triage`, one a line.
fn messages_in(file: &str) -> Vec<String> {
    let path = format!("{}/tests/data/triage/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

/// The examples of all signs, and others that nothing was written for.
fn signs() -> Vec<String> {
    let examples = compiled_in_urgent().signs.into_iter().flat_map(|sign| sign.examples);
    examples.map(|example| example.value).chain(messages_in("signs.txt")).collect()
}

/// What looks like a sign and is none.
fn near_misses() -> Vec<String> {
    let urgent = compiled_in_urgent();
    let examples = urgent.cues.set_aside.into_iter().flat_map(|entry| entry.examples).chain(urgent.ordinary);
    examples.map(|example| example.value).chain(messages_in("near-misses.txt")).collect()
}

/// The share of the variants that are judged wrongly, after all is printed: these, and what has happened to them.
fn share(variants: &[Variant], wrong: impl Fn(&str) -> bool) -> f64 {
    let wrong: Vec<&Variant> = variants.iter().filter(|variant| wrong(&variant.text)).collect();
    let mut by_change: BTreeMap<Change, usize> = BTreeMap::new();
    for variant in &wrong {
        println!("{:?}\n    {:?}\n    was {:?}", variant.changes, variant.text, variant.of);
        variant.changes.iter().for_each(|change| *by_change.entry(*change).or_default() += 1);
    }
    println!("{} of {} variants are judged wrongly: {by_change:?}", wrong.len(), variants.len());
    wrong.len() as f64 / variants.len() as f64
}

#[test]
fn messages_are_judged_rightly_as_they_stand() {
    let missed: Vec<String> = signs().into_iter().filter(|message| !alarms(message)).collect();
    let near_misses = near_misses();
    let alarmed: Vec<&String> = near_misses.iter().filter(|message| alarms(message)).collect();
    let share = alarmed.len() as f64 / near_misses.len() as f64;
    assert!(missed.is_empty() && share <= ALARMED, "missed: {missed:#?}; alarmed: {alarmed:#?}");
}

#[test]
fn a_sign_is_seen_however_it_is_written() {
    let changes = [&Change::HARMLESS[..], &Change::MISTAKES].concat();
    let missed = share(&variants(&signs(), &changes, VARIANTS), |text| !alarms(text));
    assert!(missed <= MISSED, "{missed}");
}

#[test]
fn what_is_no_sign_becomes_none_by_how_it_is_written() {
    let alarmed = share(&variants(&near_misses(), &Change::HARMLESS, VARIANTS), alarms);
    assert!(alarmed <= ALARMED, "{alarmed}");
}

#[test]
fn mistakes_seldom_make_a_sign_of_what_is_none() {
    let alarmed = share(&variants(&near_misses(), &Change::MISTAKES, VARIANTS), alarms);
    assert!(alarmed <= ALARMED_BY_MISTAKES, "{alarmed}");
}

#[test]
fn most_of_what_was_never_seen_is_judged_rightly() {
    let (signs, calm): (Vec<String>, Vec<String>) =
        messages_in("unseen.tsv").into_iter().partition(|line| line.starts_with("urgent\t"));
    let share = |lines: &[String], wrong: &dyn Fn(&str) -> bool| {
        let message = |line: &&String| wrong(line.split_once('\t').expect("a label").1);
        lines.iter().filter(message).count() as f64 / lines.len() as f64
    };
    let (missed, alarmed) = (share(&signs, &|text| !alarms(text)), share(&calm, &|text| alarms(text)));
    assert!(missed <= UNSEEN_MISSED && alarmed <= UNSEEN_ALARMED, "missed {missed}, alarmed {alarmed}");
}

/// What a pattern finds is set aside in a message that sounds calm, unless there are too few words around it to tell, or the
/// message is heard as an alarm.
#[test]
fn a_sign_in_a_calm_message_is_none() {
    let reasons = |message| -> Vec<Reason> {
        GUIDE.explain(message).assessment.set_aside.iter().map(|aside| aside.reason).collect()
    };
    let cake = "The wedding cake collapsed and my cousin fainted laughing, how soon before the photos should I book?";
    assert_eq!(reasons(cake), [Reason::Calm, Reason::Calm]);
    assert!(!alarms(cake));
    assert_eq!(reasons("my cousin collapsed"), []);
    assert!(alarms("my cousin collapsed"));
    let bite = "dog bit my daughter in the face, its deep, i can see fat. ";
    let calm = "We drove to the sea on Sunday with the whole family and had a lovely time there until it rained in the evening. ";
    let corpse = "playing the corpse in our village panto so need a bald cap";
    assert!(alarms(bite) && alarms(&format!("{bite}{calm}{corpse}")));
    // No pattern finds this one: it is only heard, and what a pattern finds in the other sentence does not silence it.
    assert!(alarms(&format!("{HEARD}{calm}{corpse}")));
}

/// What the listener gets wrong, moderators teach it: in `alarms.toml`, beside the guide.
#[test]
fn what_moderators_add_is_heard() {
    let felt = "there is a humming under the skin where he worked, and it spells my name";
    let calm = "cannot feel my legs after leg day, also whats a vesicle";
    assert!(!alarms(felt) && alarms(calm), "the listener has learnt: write others that it gets wrong");
    let text = format!("[[alarm]]\nsign = \"confusion\"\nmessages = [{felt:?}]\n[calm]\nmessages = [{calm:?}]\n");
    let mut files = source::files(&Origin::CompiledIn, &mut Vec::new());
    files.push(SourceFile { path: "alarms.toml".to_owned(), text });
    let taught = Guide::new(knowledge::load_files(&files).knowledge.expect("the guide is sound"));
    let outcome = |text| taught.answer(text).outcome;
    assert!(outcome(felt) == Outcome::Urgent && outcome(calm) != Outcome::Urgent);
    let alarm = taught.explain(felt).assessment.alarm.expect("it alarms");
    assert_eq!(alarm.findings[0].sign.id, "confusion");
}

/// The messages that the listener has learnt from, as a file.
const LEARNT_FROM: &str = include_str!("../../tools/listener/messages.toml");

#[test]
fn the_listener_has_learnt_from_the_messages_that_stand_beside_it() {
    assert!(matching::is_learnt_from(LEARNT_FROM), "tools/listener/README.md says how to learn again");
}

#[test]
fn the_messages_learnt_from_show_signs_that_there_are() {
    let messages = knowledge::read_messages("messages.toml", LEARNT_FROM).expect("it is sound");
    let signs: BTreeSet<String> = compiled_in_urgent().signs.iter().map(|sign| sign.id.as_str().to_owned()).collect();
    let unknown = messages.alarms.iter().map(|entry| entry.sign.as_str()).filter(|sign| !signs.contains(*sign));
    assert_eq!(unknown.collect::<Vec<_>>(), Vec::<&str>::new());
}

/// What was never seen must not stand among what is learnt from, in other capitals or punctuation either.
#[test]
fn what_was_never_seen_is_not_learnt_from() {
    let words = |message: &str| tokens(message).into_iter().map(|token| token.word).collect::<Vec<_>>();
    let messages = knowledge::read_messages("messages.toml", LEARNT_FROM).expect("it is sound");
    let mut learnt = BTreeSet::new();
    let twice: Vec<&str> =
        messages.messages().map(|message| message.as_str()).filter(|message| !learnt.insert(words(message))).collect();
    assert_eq!(twice, Vec::<&str>::new());
    let unseen = messages_in("unseen.tsv");
    let both = unseen.iter().filter_map(|line| line.split('\t').nth(1)).filter(|text| learnt.contains(&words(text)));
    assert_eq!(both.collect::<Vec<_>>(), Vec::<&str>::new());
}

/// A sign that is only heard fills one sentence, and what is asked in another is answered behind the warning.
#[test]
fn what_is_asked_beside_a_sign_that_is_heard_is_answered() {
    let question = "How much does a session cost?";
    let message = format!("{question} {HEARD}");
    let (patterns, words) = (Triage::new(&compiled_in_urgent()), tokens(&message));
    assert!(patterns.assess(&words).alarm.is_none(), "no pattern finds it");
    let reply = GUIDE.answer(&message);
    assert_eq!(reply.outcome, Outcome::Urgent);
    let topics = |reply: &Reply<'_>| reply.topics.iter().map(|topic| topic.id.clone()).collect::<Vec<_>>();
    assert_eq!(topics(&reply), topics(&GUIDE.answer(question)));
}

#[test]
fn variants_are_the_same_on_every_run_and_fit_into_a_message() {
    let made = || variants(&signs(), &Change::HARMLESS, 500);
    let texts = |variants: Vec<Variant>| variants.into_iter().map(|variant| variant.text).collect::<Vec<_>>();
    let once = texts(made());
    assert_eq!(once, texts(made()));
    assert!(once.iter().any(|text| text.len() > 1_800), "there is a long one");
}
