//! The fake Discord, tried with a bot that does what it is told.
//!
//! The puppet's script is in what people say to it: the text of a message is the body to answer with, the option of
//! `/do` is a list of steps, a button's `custom_id` is a callback.

use serde_json::{Value, json};
use serenity::all::{
    CommandInteraction, Context, CreateAttachment, EventHandler, GatewayIntents, Http, HttpBuilder, LightMethod,
    Request, Route,
};
use serenity::all::{Interaction, Message, Ready};
use serenity::async_trait;
use serenity::client::ClientBuilder;

use crate::support::fake_discord::{Application, BEN, BOT, FakeDiscord, GENERAL, Kind, MO, MODERATORS};

struct Puppet;

#[async_trait]
impl EventHandler for Puppet {
    async fn ready(&self, context: Context, _: Ready) {
        let option = json!({ "type": 3, "name": "steps", "description": "what to do", "autocomplete": true });
        let commands = json!([
            { "name": "do", "description": "Do this", "options": [option] },
            { "name": "Read this", "type": 3 },
        ]);
        context.http.create_global_commands(&commands).await.unwrap();
    }

    async fn message(&self, context: Context, message: Message) {
        let text = message.content.replace(&format!("<@{BOT}>"), "");
        if message.author.bot || text.is_empty() {
            return;
        }
        let body = parse(&text);
        let files = body["attachments"].as_array().into_iter().flatten();
        let files = files.map(|file| CreateAttachment::bytes(*b"1,2", file["filename"].as_str().unwrap()));
        context.http.broadcast_typing(message.channel_id).await.unwrap();
        context.http.send_message(message.channel_id, files.collect(), &body).await.unwrap();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        for step in steps(&interaction).as_array().unwrap() {
            // What Discord refuses, it has noted itself.
            let _ = take(&context.http, &interaction, step).await;
        }
    }
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text.trim()).unwrap_or_else(|_| said(text))
}

/// A message that says this and pings nobody.
fn said(text: &str) -> Value {
    json!({ "content": text, "allowed_mentions": { "parse": [] } })
}

fn steps(interaction: &Interaction) -> Value {
    match interaction {
        Interaction::Command(command) if command.data.name == "Read this" => {
            json!([reply(&target(command))])
        }
        Interaction::Command(command) => parse(command.data.options[0].value.as_str().unwrap()),
        Interaction::Autocomplete(command) => {
            let typed = command.data.autocomplete().unwrap().value;
            json!([{ "type": 8, "data": { "choices": [{ "name": format!("{typed}?"), "value": typed }] } }])
        }
        Interaction::Component(component) => match &component.data.kind {
            serenity::all::ComponentInteractionDataKind::StringSelect { values } => {
                json!([reply(&values[0])])
            }
            _ => match parse(&component.data.custom_id) {
                Value::Array(steps) => json!(steps),
                step => json!([step]),
            },
        },
        Interaction::Modal(modal) => json!([reply(&json!(modal.data.components).to_string())]),
        _ => json!([]),
    }
}

fn target(command: &CommandInteraction) -> String {
    command.data.resolved.messages.values().map(|message| message.content.clone()).collect()
}

fn reply(text: &str) -> Value {
    json!({ "type": 4, "data": said(text) })
}

async fn take(http: &Http, interaction: &Interaction, step: &Value) -> serenity::Result<()> {
    let token = interaction.token();
    if let Some(callback) = step.get("with_response") {
        // serenity's own method asks for no response.
        let route = Route::InteractionResponse { interaction_id: interaction.id(), token };
        let request = Request::new(route, LightMethod::Post).params(Some(vec![("with_response", "true".to_owned())]));
        let response: Value = http.fire(request.body(Some(serde_json::to_vec(callback)?))).await?;
        let message = response["resource"]["message"]["content"].as_str().unwrap_or_default();
        return http.create_followup_message(token, &said(&format!("answered {message}")), Vec::new()).await.map(drop);
    }
    if let Some(body) = step.get("edit") {
        http.edit_original_interaction_response(token, body, Vec::new()).await.map(drop)
    } else if let Some(body) = step.get("follow_up") {
        http.create_followup_message(token, body, Vec::new()).await.map(drop)
    } else {
        http.create_interaction_response(interaction.id(), token, step, Vec::new()).await
    }
}

/// A Discord with the puppet in it.
async fn stage() -> FakeDiscord {
    let discord = FakeDiscord::start().await;
    puppet(&discord, discord.token).await;
    discord.ready().await;
    discord
}

/// Starts the puppet with this token; gives how it will end.
async fn puppet(discord: &FakeDiscord, token: &str) -> tokio::task::JoinHandle<serenity::Result<()>> {
    let intents = GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    let http = HttpBuilder::new(token).proxy(&discord.api).ratelimiter_disabled(true).build();
    let mut client = ClientBuilder::new_with_http(http, intents).event_handler(Puppet).await.unwrap();
    tokio::spawn(async move { client.start().await })
}

#[tokio::test]
async fn a_message_goes_in_and_an_answer_comes_out() {
    let discord = stage().await;
    let answer = discord.mention("hello").await;
    assert_eq!((answer.kind, answer.content()), (Kind::Message, " hello"));
    assert_eq!(discord.typed(), 1);
    assert_eq!(discord.direct_message("hello").await.content(), "hello");
    assert_eq!(discord.in_channel(GENERAL).by(BEN).mention("hello").await.channel, GENERAL.id);
    assert_eq!(discord.reply_to(&answer, "again").await.content(), "again");
    discord.finish();
}

#[tokio::test]
async fn a_file_comes_with_words_for_those_who_cannot_see_it() {
    let discord = stage().await;
    let body = json!({ "attachments": [{ "id": 0, "filename": "chart.csv", "description": "One, two" }] });
    let sent = discord.mention(&body.to_string()).await;
    assert_eq!(sent.transcript(), "<chart.csv: One, two>");
    assert_eq!(sent.shown["attachments"][0]["size"], 3);
    discord.finish();
}

#[tokio::test]
async fn what_is_not_for_the_bot_is_withheld() {
    let discord = stage().await;
    let posted = discord.say("hello everyone");
    discord.quiet().await;
    // A message menu shows a message to the bot in full.
    assert_eq!(discord.use_on(&posted, "Read this").await.content(), "hello everyone");
    discord.finish();
}

#[tokio::test]
async fn answers_find_their_questions_whatever_the_order() {
    let discord = stage().await;
    let other = discord.in_channel(GENERAL);
    let (here, there) = tokio::join!(discord.mention("here"), other.mention("there"));
    assert_eq!((here.content(), there.content()), (" here", " there"));
    discord.finish();
}

#[tokio::test]
async fn what_discord_would_refuse_is_reported() {
    let discord = stage().await;
    discord.mention(r#"{ "content": "@everyone", "embed": {} }"#).await;
    discord.mention(r#"{ "embeds": [{ "fields": [{ "name": "n", "value": "" }] }] }"#).await;
    let complaints = discord.complaints().join("\n");
    assert!(complaints.contains("body.allowed_mentions: missing, so this message may ping"), "{complaints}");
    assert!(complaints.contains("body.embeds[0].fields[0].value: an empty part of a field"), "{complaints}");
}

#[tokio::test]
async fn what_nobody_awaited_is_reported() {
    let discord = stage().await;
    discord.by(MO).in_channel(MODERATORS).say(&format!("<@{BOT}> hello"));
    discord.anything_unread().await;
    let finished = std::panic::AssertUnwindSafe(|| discord.finish());
    assert!(std::panic::catch_unwind(finished).is_err());
}

#[tokio::test]
async fn commands_are_answered_put_off_and_followed_up() {
    let discord = stage().await;
    assert_eq!(discord.commands().len(), 2);
    let suggestions = discord.autocomplete("do", "steps", "half a wo").await;
    assert_eq!(suggestions.choices(), ["half a wo?"]);

    let steps =
        json!([{ "type": 5, "data": { "flags": 64 } }, { "edit": said("done") }, { "follow_up": said("more") }]);
    let answer = discord.slash("do", json!({ "steps": steps.to_string() })).await;
    assert_eq!((answer.kind, answer.ephemeral, answer.deferred), (Kind::Reply, true, true));
    assert_eq!(answer.transcript(), "(only you can see this)\ndone");
    let more = discord.follow_up(&answer).await;
    assert_eq!((more.kind, more.content(), more.ephemeral), (Kind::FollowUp, "more", false));

    let alone = discord.in_dm().slash("do", json!({ "steps": json!([reply("hi")]).to_string() })).await;
    assert_eq!(alone.content(), "hi");
    discord.finish();
}

#[tokio::test]
async fn an_interaction_is_answered_once() {
    let discord = stage().await;
    let steps = json!([reply("one"), reply("two"), { "follow_up": said("three") }]);
    let answer = discord.slash("do", json!([{ "name": "steps", "value": steps.to_string() }])).await;
    assert_eq!(answer.content(), "one");
    assert_eq!(discord.next().await.content(), "three");
    let complaints = discord.complaints();
    assert_eq!(complaints.len(), 1, "{complaints:?}");
    assert!(complaints[0].ends_with("refused with 400, 40060 Interaction has already been acknowledged."));
}

#[tokio::test]
async fn a_component_changes_its_message_or_opens_a_form() {
    let discord = stage().await;
    let button = |label: &str, callback: Value| json!({ "type": 2, "style": 1, "label": label, "custom_id": callback.to_string() });
    let change = button("Change", json!({ "type": 7, "data": { "content": "", "embeds": [{ "title": "New" }] } }));
    let input = json!({ "type": 4, "custom_id": "t", "style": 1, "label": "L" });
    let form = json!({ "type": 9, "data": { "custom_id": "f", "title": "F", "components": [] } });
    let select = json!({ "type": 3, "custom_id": "s", "placeholder": "Which?", "options": [
        { "label": "One", "value": "1" }, { "label": "Two", "value": "2", "description": "the second" },
    ] });
    let message = discord.mention(&json!({
        "content": "Old", "allowed_mentions": { "parse": [] },
        "components": [{ "type": 1, "components": [change, button("Form", form)] }, { "type": 1, "components": [select] }],
    }).to_string()).await;
    assert_eq!(message.buttons(), ["Change", "Form"]);
    assert_eq!(message.transcript(), "Old\n[Change] [Form]\n{Which?: One / Two (the second)}");

    assert_eq!(discord.by(BEN).choose(&message, "s", "Two").await.content(), "2");
    let changed = discord.press(&message, "Change").await;
    assert_eq!((changed.kind, changed.message_id()), (Kind::Update, message.message_id()));
    assert_eq!(changed.transcript(), "| New\n[Change] [Form]\n{Which?: One / Two (the second)}");

    let steps = json!([{ "type": 9, "data": { "custom_id": "f", "title": "F", "components": [{ "type": 1, "components": [input] }] } }]);
    let form = discord.slash("do", json!({ "steps": steps.to_string() })).await;
    assert_eq!(form.transcript(), "F\nL: ____");
    assert!(discord.submit(&form, json!({ "t": "typed" })).await.content().contains("typed"));
    discord.finish();
}

#[tokio::test]
async fn a_component_may_take_its_time() {
    let discord = stage().await;
    let steps = json!([{ "type": 6 }, { "edit": { "embeds": [{ "title": "Late" }], "components": [] } }]);
    let button = json!({ "type": 2, "style": 2, "label": "Wait", "custom_id": steps.to_string() });
    let body = json!({ "embeds": [{ "title": "Soon" }], "components": [{ "type": 1, "components": [button] }] });
    let message = discord.mention(&body.to_string()).await;
    let late = discord.press(&message, "Wait").await;
    assert_eq!((late.kind, late.deferred, late.transcript().as_str()), (Kind::Update, true, "| Late"));
    discord.finish();
}

#[tokio::test]
#[should_panic(expected = "ben can't see this message")]
async fn an_ephemeral_message_is_for_one_person() {
    let discord = stage().await;
    let mut secret = reply("secret");
    secret["data"]["flags"] = json!(64);
    let answer = discord.slash("do", json!({ "steps": json!([secret]).to_string() })).await;
    discord.by(BEN).press(&answer, "Anything").await;
}

#[tokio::test]
async fn a_dropped_connection_is_resumed_and_nothing_is_lost() {
    let discord = stage().await;
    assert_eq!(discord.mention("before").await.content(), " before");
    discord.drop_connection().await;
    assert_eq!(discord.mention("after").await.content(), " after");
    discord.finish();
}

#[tokio::test]
async fn an_unknown_route_is_reported() {
    let discord = FakeDiscord::start().await;
    let http = HttpBuilder::new(discord.token).proxy(&discord.api).ratelimiter_disabled(true).build();
    http.get_guilds(None, None).await.unwrap_err();
    assert!(discord.complaints().iter().any(|line| line.ends_with("refused with 404, 0 404: Not Found")));
}

/// serenity waits five seconds before it identifies again, and so does this test.
#[tokio::test]
async fn an_invalid_session_is_begun_anew() {
    let discord = stage().await;
    discord.invalid_session().await;
    assert_eq!(discord.mention("after").await.content(), " after");
    discord.finish();
}

#[tokio::test]
async fn a_wrong_token_opens_nothing() {
    let discord =
        FakeDiscord::start_with(Application { token: "another.token.altogether", ..Application::default() }).await;
    let ended = puppet(&discord, Application::default().token).await.await.unwrap();
    assert!(ended.is_err());
    assert_eq!(discord.complaints(), ["the bot identified with a wrong token"]);
}

#[tokio::test]
async fn a_wrong_token_is_refused_as_discord_refuses_it() {
    let discord = FakeDiscord::start().await;
    let http = HttpBuilder::new("wrong").proxy(&discord.api).ratelimiter_disabled(true).build();
    let serenity::Error::Http(error) = http.get_current_user().await.unwrap_err() else {
        panic!("serenity did not even ask");
    };
    assert_eq!(error.status_code().unwrap().as_u16(), 401);
    assert_eq!(discord.complaints(), ["GET /api/v10/users/@me: refused with 401, 0 401: Unauthorized"]);
}
