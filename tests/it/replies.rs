//! What patients get for what they write, whatever the medium.

use std::path::Path;
use std::sync::LazyLock;

use exoguide::answer::{Offer, Reply};
use exoguide::decide::Outcome;
use exoguide::guide::Guide;
use exoguide::knowledge::{Origin, load};
use exoguide::render::json::Answer;
use exoguide::render::terminal::{self, Page};
use exoguide::render::{discord, markdown};
use insta::assert_snapshot;

static SHIPPED: LazyLock<Guide> = LazyLock::new(|| Guide::new(load(&Origin::CompiledIn).knowledge.unwrap()));

static TEA: LazyLock<Guide> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tea");
    Guide::new(load(&Origin::Folder(folder)).knowledge.unwrap())
});

fn ids(reply: &Reply<'_>) -> (Vec<String>, Vec<String>) {
    let ids = |topics: &[&exoguide::knowledge::Topic]| topics.iter().map(|topic| topic.id.to_string()).collect();
    (ids(&reply.topics), ids(&reply.suggestions))
}

/// The reply as each medium shows it.
fn in_every_medium(question: &str, reply: &Reply<'_>) -> String {
    let terminal = terminal::reply(reply, Page { width: 80, drawn: false });
    let discord =
        discord::messages(reply, true).iter().map(|message| message.payload().to_string()).collect::<String>();
    let json = serde_json::to_string(&Answer::new(question, reply, None)).unwrap();
    format!("{}\n==========\n{discord}\n==========\n{json}", anstream::adapter::strip_str(&terminal))
}

#[test]
fn further_questions_are_offered() {
    let question = "how hot should the water be? how long should tea brew? what does it cost?";
    // Figures change whenever matching does.
    let reply = Reply { confidence: 0.8, ..TEA.answer(question) };
    assert_eq!(ids(&reply), (vec!["water".into(), "time".into()], vec!["price".into()]));
    assert_snapshot!(in_every_medium(question, &reply));
}

#[test]
fn no_question_of_several_is_dropped() {
    let asked = [
        ("What does it cost? Does it hurt? Is it approved by the FDA?", ["costs", "session-day", "fda-status"]),
        ("how much is it, does it hurt, and is it fda approved", ["costs", "session-day", "fda-status"]),
        ("how much does it cost and is it fda approved and does insurance pay", ["costs", "fda-status", "insurance"]),
        ("How much is it? Is it FDA approved? And does it hurt? Thanks!", ["costs", "fda-status", "session-day"]),
    ];
    for (question, topics) in asked {
        let reply = SHIPPED.answer(question);
        let (answered, offered) = ids(&reply);
        let shown: Vec<&String> = answered.iter().chain(&offered).collect();
        assert!(topics.iter().all(|topic| shown.iter().any(|id| id == topic)), "{question}: {shown:?}");
        assert!(markdown::text(&reply).contains(&SHIPPED.knowledge().guide.say.further), "{question}");
    }
}

#[test]
fn a_question_goes_on_from_the_answer_it_replies_to() {
    let follow_ups = [
        ("costs", "and for three sessions?", "costs"),
        ("costs", "and with prp?", "costs"),
        ("recovery", "and after that?", "recovery"),
        // What is asked plainly is answered whatever came before.
        ("costs", "does it hurt?", "session-day"),
        ("recovery", "is it approved by the FDA?", "fda-status"),
    ];
    for (before, question, topic) in follow_ups {
        let (answered, _) = ids(&SHIPPED.answer_after(question, &[before]));
        assert_eq!(answered, [topic], "{question} after {before}");
    }
    // A boundary is one after any answer.
    assert!(SHIPPED.answer_after("what about minoxidil?", &["costs"]).boundary.is_some());
}

#[test]
fn further_questions_are_offered_beside_a_boundary() {
    let reply = SHIPPED.answer("How much is it? Can I drink alcohol afterwards? Does it hurt?");
    assert_eq!(reply.outcome, Outcome::Decline);
    assert_eq!(ids(&reply), (vec![], vec!["costs".into(), "session-day".into()]));
    assert!(markdown::text(&reply).contains(&SHIPPED.knowledge().guide.say.further));
    // A single sentence more is about the same thing.
    let reply = SHIPPED.answer("My wife wants Botox on her forehead. What does it cost?");
    assert!(reply.boundary.is_some() && reply.offer == Offer::Near, "{}", markdown::text(&reply));
}

#[test]
fn a_message_without_a_question_is_asked_for_one() {
    let say = &SHIPPED.knowledge().guide.say;
    for nothing in ["", " \t\n", "?!", "\u{1f44b}", "<@123>"] {
        let reply = SHIPPED.answer(nothing);
        let notice = reply.notice.unwrap();
        assert_eq!((reply.outcome, notice.title), (Outcome::Decline, say.empty_title.as_str()), "{nothing:?}");
    }
}

#[test]
fn another_language_is_declined_in_simple_words() {
    let say = &SHIPPED.knowledge().guide.say;
    let title = |question| SHIPPED.answer(question).notice.map(|notice| notice.title);
    for question in [
        "¿Cuánto cuesta el tratamiento con exosomas?",
        "¿Es seguro? ¿Duele?",
        "Wie viel kostet die Behandlung und tut es weh?",
        "Combien ça coûte et est-ce que ça fait mal ?",
        "इलाज की कीमत क्या है?",
    ] {
        assert_eq!(title(question), Some(say.unread_title.as_str()), "{question}");
    }
    for question in ["wooden penguins, violins, umbrellas", "how many newtons to tighten a wheel bolt"] {
        assert_ne!(title(question), Some(say.unread_title.as_str()), "{question}");
    }
}

#[test]
fn greetings_and_thanks_are_answered_with_what_the_bot_is() {
    let greetings = ["hello", "hi im scared", "thanks", "ok", "okay", "bye", "help", "are you a doctor?"];
    for greeting in greetings {
        assert_eq!(ids(&SHIPPED.answer(greeting)).0, ["about"], "{greeting}");
    }
}
