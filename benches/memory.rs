//! What the bot takes and how soon it answers: `cargo bench --bench memory`.
//!
//! The real bot meets the fake Discord of the tests on loopback. A time runs from the moment a question is posted to the
//! moment its answer stands in the channel, so it holds the way through both.

// It can do more than is needed here, and unwraps as tests do.
#[allow(clippy::unwrap_used, dead_code, unused_imports)]
#[path = "../tests/it"]
mod it {
    pub(crate) mod support;
}

use std::time::{Duration, Instant};

use exoguide::knowledge::{self, Origin};
use it::support;
use serde_json::json;
use support::bot::Bot;
use support::fake_discord::{BEN, FakeDiscord, Member};

/// As many questions as a busy server asks in a day.
const QUESTIONS: usize = 200;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let discord = FakeDiscord::start().await;
    let started = Instant::now();
    let bot = Bot::start(&discord).await;
    println!("start to ready      {:>8.1} ms", milliseconds(started.elapsed()));
    println!("memory after READY  {:>8.1} MB", megabytes(&bot));

    let mut times = Vec::with_capacity(QUESTIONS);
    for (number, question) in questions().iter().enumerate() {
        let somebody = discord.by(person(number));
        let asked = Instant::now();
        somebody.slash("ask", json!({ "question": question })).await;
        times.push(asked.elapsed());
    }
    println!("memory after {QUESTIONS}    {:>8.1} MB", megabytes(&bot));
    print_times("questions", times);
    // Some seconds after the start.
    bot.logged("pictures are ready").await;
    print_times("interactions", interactions(&discord).await);
    println!("memory after all    {:>8.1} MB", megabytes(&bot));
    bot.stop().await;
    // What comes behind a first response was not waited for.
    discord.read_everything();
    discord.finish();
}

/// The first responses to commands, pictures included, and to what is pressed under them.
async fn interactions(discord: &FakeDiscord) -> Vec<Duration> {
    let mut times = Vec::new();
    for round in 0..QUESTIONS / 8 {
        let (sessions, other) = [(1, "lllt"), (2, "prf"), (3, "minoxidil")][round % 3];
        let uses = [
            ("costs", json!({ "sessions": sessions, "with_prp": round % 2 == 0 })),
            ("compare", json!({})),
            ("compare", json!({ "a": "prp", "b": other })),
            ("timeline", json!({})),
            ("checklist", json!({})),
            ("redflags", json!({ "text": "Results guaranteed, only $99 a session!" })),
            ("guide", json!({})),
        ];
        for (command, options) in uses {
            let used = Instant::now();
            let answer = discord.slash(command, options).await;
            times.push(used.elapsed());
            // A channel takes only so much at once.
            if round < 5 && answer.buttons().contains(&"Show in channel") {
                let pressed = Instant::now();
                discord.press(&answer, "Show in channel").await;
                times.push(pressed.elapsed());
            }
        }
    }
    times
}

fn print_times(what: &str, mut times: Vec<Duration>) {
    times.sort();
    println!("first responses to {} {what}:", times.len());
    for percent in [50, 99] {
        println!("  p{percent}               {:>8.2} ms", milliseconds(times[times.len() * percent / 100]));
    }
    println!("  slowest           {:>8.2} ms", milliseconds(times[times.len() - 1]));
}

/// Somebody else, for nobody is answered so much at once.
fn person(number: usize) -> Member {
    let id = (1_700_000_000_000_000_000 + number).to_string();
    Member { id: Box::leak(id.into_boxed_str()), ..BEN }
}

/// Phrasings from all over the guide.
fn questions() -> Vec<String> {
    let knowledge = knowledge::load(&Origin::CompiledIn).knowledge.expect("the shipped guide is right");
    let of_topics = knowledge.topics.iter().flat_map(|topic| &topic.questions);
    let all: Vec<String> = of_topics.map(|question| question.value.clone()).collect();
    let step = (all.len() / QUESTIONS).max(1);
    all.into_iter().step_by(step).take(QUESTIONS).collect()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn megabytes(bot: &Bot) -> f64 {
    bot.resident_memory().map_or(f64::NAN, |bytes| bytes as f64 / 1e6)
}
