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
use support::bot::Bot;
use support::fake_discord::FakeDiscord;

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
    for question in questions() {
        let asked = Instant::now();
        discord.mention(&question).await;
        times.push(asked.elapsed());
    }
    times.sort();
    println!("memory after {QUESTIONS}    {:>8.1} MB", megabytes(&bot));
    println!("first response p50  {:>8.2} ms", milliseconds(times[QUESTIONS / 2]));
    println!("first response p99  {:>8.2} ms", milliseconds(times[QUESTIONS * 99 / 100]));
    bot.stop().await;
    discord.finish();
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
