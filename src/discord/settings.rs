//! What the bot must be told to connect: its token, and where Discord is.

use std::path::{Path, PathBuf};
use std::{env, fmt, fs};

use anyhow::{Context as _, bail};

/// The variables that an operator sets.
const TOKEN: &str = "DISCORD_TOKEN";
const TOKEN_FILE: &str = "DISCORD_TOKEN_FILE";
const API: &str = "EXOGUIDE_DISCORD_API";

/// Discord itself.
pub(super) const DISCORD: &str = "https://discord.com";

/// What the bot must be told to connect.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Proves who the bot is.
    pub token: Token,
    /// The base of Discord's API, where it is another than Discord's own.
    pub api: Option<String>,
}

/// A bot's token. It shows itself to nobody.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// The token in `text`, which may end in a new line, as files do.
    pub fn parse(text: &str) -> anyhow::Result<Token> {
        let token = text.trim();
        let token = token.strip_prefix("Bot ").unwrap_or(token);
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            bail!("this is no token: copy it again from the developer portal, as one word without spaces");
        }
        Ok(Token(token.to_owned()))
    }

    pub(super) fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Settings {
    /// What the environment says; `token_file` is the file that the configuration names.
    pub fn from_environment(token_file: Option<&Path>) -> anyhow::Result<Settings> {
        Ok(Settings { token: token(token_file)?, api: api()? })
    }

    /// The base of Discord's API.
    pub(super) fn base(&self) -> &str {
        self.api.as_deref().unwrap_or(DISCORD)
    }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

fn token(configured: Option<&Path>) -> anyhow::Result<Token> {
    if let Some(token) = variable(TOKEN) {
        return Token::parse(&token).with_context(|| format!("`{TOKEN}` can't be used"));
    }
    let file = variable(TOKEN_FILE).map(PathBuf::from).or_else(|| configured.map(Path::to_owned));
    let Some(file) = file else {
        bail!(
            "there is no token: set `{TOKEN}`, or name a file that holds it in `{TOKEN_FILE}`; \
             Discord's developer portal gives one under Bot, Reset Token"
        );
    };
    let text = fs::read_to_string(&file).with_context(|| {
        format!("the token file `{}` can't be read: check the name and who may read it", file.display())
    })?;
    Token::parse(&text).with_context(|| format!("the token file `{}` can't be used", file.display()))
}

fn api() -> anyhow::Result<Option<String>> {
    let Some(api) = variable(API) else { return Ok(None) };
    if !api.starts_with("http://") && !api.starts_with("https://") {
        bail!("`{API}` is `{api}`, which is no address: write one such as `{DISCORD}`, or unset it");
    }
    Ok(Some(api.trim_end_matches('/').to_owned()))
}
