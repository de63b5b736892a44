//! What the bot must be told to connect: its token, and where Discord is.

use std::env::{self, VarError};
use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use url::Url;

use crate::config::Config;

/// The variables that an operator sets.
const TOKEN: &str = "DISCORD_TOKEN";
const TOKEN_FILE: &str = "DISCORD_TOKEN_FILE";
const API: &str = "EXOGUIDE_DISCORD_API";

/// Longer than any token.
const MOST_BYTES: u64 = 4096;

/// Discord itself.
pub(super) const DISCORD: &str = "https://discord.com";

/// What the bot must be told to connect.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Proves who the bot is.
    pub token: Token,
    /// The base of Discord's API, where it is another than Discord's own.
    pub api: Option<String>,
    /// Whether the bot reads whole channels, for which Discord must have allowed it the content of messages.
    pub reads_channels: bool,
}

/// A bot's token. It shows itself to nobody.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// The token in `text`, which may end in a new line, as files do, and begin with a mark, as some editors' files do.
    pub fn parse(text: &str) -> anyhow::Result<Token> {
        let token = text.trim_start_matches('\u{feff}').trim();
        let token = token.strip_prefix("Bot ").map_or(token, str::trim_start);
        match mistake(token) {
            Some(mistake) => bail!("{mistake}: copy it again from the developer portal (Bot, Reset Token)"),
            None => Ok(Token(token.to_owned())),
        }
    }

    pub(super) fn secret(&self) -> &str {
        &self.0
    }
}

/// Why this is no token, in words that hold nothing of it.
fn mistake(token: &str) -> Option<&'static str> {
    if token.is_empty() {
        Some("there is no token in it")
    } else if token.contains(char::is_whitespace) {
        Some("there is white space in it, and a token is one word")
    } else if token.starts_with(['"', '\'']) {
        Some("there are quotes around it, and a token has none")
    } else if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        Some("there are characters in it that no token has")
    } else {
        None
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Settings {
    /// What the environment says besides the configuration.
    pub fn from_environment(config: &Config) -> anyhow::Result<Settings> {
        let (token, reads_channels) = (token(config.token_file.as_deref())?, config.unasked);
        Ok(Settings { token, api: api()?, reads_channels })
    }

    /// The base of Discord's API.
    pub(super) fn base(&self) -> &str {
        self.api.as_deref().unwrap_or(DISCORD)
    }
}

/// What a variable says. An empty one says nothing: not everybody who sets it can unset it.
fn variable(name: &str) -> anyhow::Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.trim().is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => bail!("`{name}` can't be used, for it is no text in UTF-8: set it anew"),
    }
}

fn token(configured: Option<&Path>) -> anyhow::Result<Token> {
    if let Some(token) = variable(TOKEN)? {
        return Token::parse(&token).with_context(|| format!("`{TOKEN}` can't be used"));
    }
    // A path need not be UTF-8.
    let named = env::var_os(TOKEN_FILE).filter(|name| !name.is_empty());
    let Some(file) = named.as_deref().map(Path::new).or(configured) else {
        bail!(
            "there is no token: set `{TOKEN}`, or name a file that holds it in `{TOKEN_FILE}`; \
             Discord's developer portal gives one under Bot, Reset Token"
        );
    };
    token_in(file)
}

fn token_in(file: &Path) -> anyhow::Result<Token> {
    let shown = file.display();
    let bytes = read(file).map_err(|error| {
        anyhow!("the token file `{shown}` can't be read ({error}): check the name and who may read it")
    })?;
    let text = String::from_utf8(bytes).map_err(|_| anyhow!("it is not saved as UTF-8: save it again as plain text"));
    text.and_then(|text| Token::parse(&text)).with_context(|| format!("the token file `{shown}` can't be used"))
}

/// As much of a file as a token can have: who names another file by mistake need not wait for its end.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn api() -> anyhow::Result<Option<String>> {
    let Some(address) = variable(API)? else { return Ok(None) };
    match base(address.trim()) {
        Ok(base) => Ok(Some(base)),
        Err(mistake) => bail!("`{API}` {mistake}: write an address such as `{DISCORD}`, or unset it"),
    }
}

/// The scheme, host and port in `address`, which must hold nothing else: the paths of the API are put behind it.
fn base(address: &str) -> Result<String, String> {
    // First of all, for such an address is not to be shown.
    if address.contains('@') {
        return Err("holds a name or a password, which can't be used there".to_owned());
    }
    let web = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let Some(url) = web else { return Err(format!("is `{address}`, which is no address of the web")) };
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(format!("is `{address}`, which has something behind the host"));
    }
    Ok(url.origin().ascii_serialization())
}
