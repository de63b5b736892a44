//! A moderator saves a file while the bot runs.

use crate::support::bot::{Bot, Settings};
use crate::support::fake_discord::FakeDiscord;
use crate::support::knowledge::Folder;

#[tokio::test]
async fn a_saved_file_is_served_and_a_broken_one_is_not() {
    let discord = FakeDiscord::start().await;
    let knowledge = Folder::small();
    let bot = Bot::start_with(&discord, Settings { knowledge: Some(knowledge.path()), ..Settings::default() }).await;

    knowledge.topic("umbrellas", "Purple umbrellas");
    bot.logged("3 topics,").await;
    let question = "tell me about purple umbrellas";
    assert!(discord.mention(question).await.content().starts_with("### Purple umbrellas\n"));

    knowledge.write("topics/umbrellas.toml", "title = \"Green umbrellas\"\nanswr = \"Oh no.\"\n");
    // A file is there before its text is, so there may be another complaint first.
    bot.logged("topics/umbrellas.toml:2:1: unknown key `answr`").await;
    bot.logged("the guide of before is served on").await;
    assert!(discord.mention(question).await.content().starts_with("### Purple umbrellas\n"));

    knowledge.topic("umbrellas", "Yellow umbrellas");
    knowledge.topic("hats", "Hats with feathers");
    bot.logged("4 topics,").await;
    assert!(discord.mention("yellow umbrellas").await.content().starts_with("### Yellow umbrellas\n"));
    bot.stop().await;
    discord.finish();
}

#[tokio::test]
async fn a_folder_in_the_place_of_another_is_noticed_and_watched_on() {
    let discord = FakeDiscord::start().await;
    let knowledge = Folder::shipped();
    let bot = Bot::start_with(&discord, Settings { knowledge: Some(knowledge.path()), ..Settings::default() }).await;

    knowledge.exchange("umbrellas", "Purple umbrellas");
    bot.logged("1 topic,").await;
    knowledge.topic("hats", "Hats with feathers");
    bot.logged("2 topics,").await;
    assert!(discord.mention("hats with feathers").await.content().starts_with("### Hats with feathers\n"));
    // The new guide has no commands of its own.
    bot.logged("6 commands registered").await;
    assert_eq!(discord.commands().len(), 6);
    bot.stop().await;
    discord.finish();
}
