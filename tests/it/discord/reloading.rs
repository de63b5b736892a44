//! A moderator saves a file while the bot runs.

use super::{finish, start};
use crate::support::bot::Settings;
use crate::support::knowledge::Folder;

#[tokio::test]
async fn a_saved_file_is_served_and_a_broken_one_is_not() {
    let knowledge = Folder::small();
    let (discord, bot) = start(Settings::with_knowledge(knowledge.path())).await;

    knowledge.topic("umbrellas", "Purple umbrellas");
    bot.logged("3 topics,").await;
    let question = "tell me about purple umbrellas";
    discord.mention(question).await.assert_begins("### Purple umbrellas\n");

    knowledge.write("topics/umbrellas.toml", "title = \"Green umbrellas\"\nanswr = \"Oh no.\"\n");
    // A file is there before its text is, so there may be another complaint first.
    bot.logged("topics/umbrellas.toml:2:1: unknown key `answr`").await;
    bot.logged("the guide of before is served on").await;
    discord.mention(question).await.assert_begins("### Purple umbrellas\n");

    knowledge.topic("umbrellas", "Yellow umbrellas");
    knowledge.topic("hats", "Hats with feathers");
    bot.logged("4 topics,").await;
    discord.mention("yellow umbrellas").await.assert_begins("### Yellow umbrellas\n");
    finish(discord, bot).await;
}

#[tokio::test]
async fn a_folder_in_the_place_of_another_is_noticed_and_watched_on() {
    let knowledge = Folder::shipped();
    let (discord, bot) = start(Settings::with_knowledge(knowledge.path())).await;

    knowledge.exchange("umbrellas", "Purple umbrellas");
    bot.logged("1 topic,").await;
    knowledge.topic("hats", "Hats with feathers");
    bot.logged("2 topics,").await;
    discord.mention("hats with feathers").await.assert_begins("### Hats with feathers\n");
    // The new guide has no commands of its own.
    bot.logged("6 commands registered").await;
    assert_eq!(discord.commands().len(), 6);
    finish(discord, bot).await;
}
