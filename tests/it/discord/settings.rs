//! What an operator sets, and sets wrongly.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;

use insta::assert_snapshot;

use super::{TEA, fails_to_start, finish, start, tea};
use crate::support::bot::{Bot, Settings, environment, exoguide};
use crate::support::fake_discord::FakeDiscord;

/// What stands in a variable or a file that should hold a token.
const NO_TOKENS: [(&str, &[u8]); 6] = [
    ("nothing but space", b" \n"),
    ("two words", b"two words"),
    ("two lines", b"one.token.here\nand.another.one\n"),
    ("quotes", b"\"a.b.c\""),
    ("letters that no token has", "tökén".as_bytes()),
    ("bytes that are no text", b"a.b.\xff"),
];

#[tokio::test]
async fn without_a_token_it_says_where_to_get_one() {
    let nothing: [(&str, &str); 0] = [];
    let mut told = vec![format!("nothing set:\n{}", fails_to_start(&nothing).await)];
    for (name, bytes) in NO_TOKENS {
        let said = fails_to_start(&[("DISCORD_TOKEN", text(bytes))]).await;
        told.push(format!("DISCORD_TOKEN, {name}:\n{said}"));
    }
    assert_snapshot!(told.join("\n\n"));
}

#[tokio::test]
async fn a_token_file_that_can_not_be_used_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    let mut told = Vec::new();
    // What PowerShell writes, and an editor of Microsoft's.
    let utf16: Vec<u8> = "a.b.c\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in
        NO_TOKENS.into_iter().chain([("UTF-16", [&[0xFF, 0xFE], utf16.as_slice()].concat().as_slice())])
    {
        std::fs::write(&path, bytes).unwrap();
        told.push(format!("{name}:\n{}", fails_to_start(&[("DISCORD_TOKEN_FILE", &path)]).await));
    }
    for (name, path) in [("a folder", folder.path().to_owned()), ("nothing", folder.path().join("never-was"))] {
        told.push(format!("{name}:\n{}", fails_to_start(&[("DISCORD_TOKEN_FILE", path)]).await));
    }
    assert_snapshot!(told.join("\n\n").replace(folder.path().to_str().unwrap(), "FOLDER"));
}

#[tokio::test]
async fn the_token_may_stand_in_a_file() {
    let discord = FakeDiscord::start().await;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), format!("\u{feff}Bot {}\r\n", discord.token)).unwrap();
    // An empty variable is none.
    let settings = [("DISCORD_TOKEN", ""), ("DISCORD_TOKEN_FILE", file.path().to_str().unwrap())];
    let bot = Bot::start_with(&discord, tea().with(&settings)).await;
    finish(discord, bot).await;
}

#[tokio::test]
async fn an_address_that_is_none_is_told() {
    let mut told = Vec::new();
    for address in [
        "localhost:1",
        "discord.invalid",
        "ftp://discord.invalid",
        "https://",
        "http://127.0.0.1:99999",
        "https://discord.invalid/api/v10",
        "https://discord.invalid?v=10",
        "https://discord.invalid/#api",
        "https://me:secret@discord.invalid",
        "two words",
    ] {
        let said = fails_to_start(&[("DISCORD_TOKEN", "a.b.c"), ("EXOGUIDE_DISCORD_API", address)]).await;
        told.push(said);
    }
    let bytes = [("DISCORD_TOKEN", "a.b.c".into()), ("EXOGUIDE_DISCORD_API", text(b"http://\xff"))];
    told.push(fails_to_start(&bytes).await);
    assert_snapshot!(told.join("\n"));
}

#[tokio::test]
async fn an_address_may_end_in_a_slash() {
    let discord = FakeDiscord::start().await;
    let api = format!(" {}/", discord.api);
    let bot = Bot::start_with(&discord, tea().with(&[("EXOGUIDE_DISCORD_API", &api)])).await;
    finish(discord, bot).await;
}

/// Whoever writes a unit or a compose file can empty a variable, and often not unset it.
#[tokio::test]
async fn an_empty_variable_is_none() {
    let discord = FakeDiscord::start().await;
    let emptied =
        ["EXOGUIDE_KNOWLEDGE", "EXOGUIDE_STATE", "EXOGUIDE_CONFIG", "DISCORD_TOKEN_FILE"].map(|name| (name, ""));
    let set = [emptied.as_slice(), &environment(&discord, "wrong")].concat();
    assert!(fails_to_start(&set).await.contains("Discord refuses the token"));
    let check = exoguide(["check"], &emptied).await;
    assert_eq!(check.status.code(), Some(0), "{check:?}");
    // Who types something empty has made a mistake.
    let typed = exoguide(["check", "--knowledge", ""], &emptied).await;
    assert_eq!(typed.status.code(), Some(2), "{typed:?}");
    assert_ne!(exoguide(["check", TEA], &emptied).await.stdout, check.stdout);
}

#[tokio::test]
async fn the_folder_for_the_state_is_the_one_named() {
    let (discord, bot) = start(Settings { args: vec!["--state".to_owned(), "memory".to_owned()], ..tea() }).await;
    discord.mention("how much is tea?").await;
    let stopped = finish(discord, bot).await;
    assert!(stopped.status.success(), "{}", stopped.log);
    let made: Vec<_> =
        std::fs::read_dir(stopped.folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(made, ["memory"]);
}

#[tokio::test]
async fn a_state_folder_that_can_not_be_used_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let token = [("DISCORD_TOKEN", "a.b.c"), ("EXOGUIDE_STATE", file.to_str().unwrap())];
    let said = fails_to_start(&token).await;
    assert!(said.contains("can't be made: name a folder that the bot may write with `--state`"), "{said}");
}

/// What a variable may hold, which need not be text.
fn text(bytes: &[u8]) -> OsString {
    OsString::from_vec(bytes.to_vec())
}
