//! The configuration: from what the operator wrote to what the program needs.
//!
//! Every key may be left out. A path is taken from the folder of the configuration file, so that the file means the same
//! wherever the program is started; flags and environment variables win over the file.

use std::path::{Path, PathBuf};

use crate::diagnostic::{self, Diagnostic};
use crate::knowledge::fields::{Fields, Limit};
use crate::knowledge::{self, Date, Loaded, Numbers, Origin, read, source};
use crate::render::discord::too_long;

/// The file that is read when none is named and it exists.
const DEFAULT_FILE: &str = "exoguide.toml";

/// Longer than any file system takes.
const PATH: Limit = Limit::unread(4096, 4096);

/// What the program needs to know of the place where it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The knowledge folder, if one is named.
    pub knowledge: Option<PathBuf>,
    /// The folder of what the bot remembers.
    pub state: PathBuf,
    /// The file that holds the bot's token.
    pub token_file: Option<PathBuf>,
    /// Whether links out of the guide are shown.
    pub links: bool,
    /// Whether the bot may read whole channels, to answer there unasked.
    pub unasked: bool,
    /// The day to take for today, where one is handed in.
    pub today: Option<Date>,
    /// Whom patients are told to call, as far as the operator has set it.
    pub numbers: Numbers,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            knowledge: None,
            state: "state".into(),
            token_file: None,
            links: true,
            unasked: false,
            today: None,
            numbers: Numbers::default(),
        }
    }
}

impl Config {
    /// Where the knowledge comes from.
    pub fn origin(&self) -> Origin {
        Origin::find(self.knowledge.as_deref())
    }

    /// Reads the knowledge as the operator wants it shown.
    pub fn load(&self) -> Loaded {
        self.shown(knowledge::load(&self.origin()))
    }

    /// The guide that is compiled in, as the operator wants it shown.
    pub fn load_compiled_in(&self) -> Loaded {
        self.shown(knowledge::load(&Origin::CompiledIn))
    }

    /// Reads the knowledge, tried out on this day, and fit for every surface.
    pub fn load_and_try(&self, today: Date) -> Loaded {
        self.shown(knowledge::load_and_try(&self.origin(), Some(today), too_long))
    }

    fn shown(&self, mut loaded: Loaded) -> Loaded {
        if let (false, Some(knowledge)) = (self.links, &mut loaded.knowledge) {
            knowledge.remove_links();
        }
        if let Some(knowledge) = &mut loaded.knowledge {
            knowledge.name_numbers(&self.numbers);
            let cares = &knowledge.urgent.cares;
            loaded.triage = loaded.triage.map(|triage| triage.with_cares(cares.clone()));
        }
        loaded
    }
}

/// The configuration in the file that was named, else in `./exoguide.toml` where it exists, else the usual one; or what
/// is wrong with the file.
pub fn read(named: Option<&Path>) -> Result<Config, Vec<Diagnostic>> {
    let path = match named {
        Some(path) => path,
        None if Path::new(DEFAULT_FILE).symlink_metadata().is_ok() => Path::new(DEFAULT_FILE),
        None => return Ok(Config::default()),
    };
    let mut diagnostics = Vec::new();
    let config = read_file(path, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    if diagnostics.is_empty() { Ok(config) } else { Err(diagnostics) }
}

fn read_file(path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let shown = path.display().to_string();
    if path.metadata().is_err_and(|error| source::is_missing(&error)) {
        let message = format!("there is no file `{shown}`");
        let help = "name the configuration file with `--config`, or leave it out";
        diagnostics.push(Diagnostic::error("missing-file", shown, message).help(help));
        return Config::default();
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    source::read_file(path, shown, diagnostics)
        .and_then(|file| read::read(&file, diagnostics, |fields| config(folder, fields)))
        .unwrap_or_default()
}

fn config(folder: &Path, fields: &mut Fields<'_, '_>) -> Config {
    let usual = Config::default();
    let mut path = |key| fields.text(key, PATH).map(|text| folder.join(text.value));
    let (knowledge, state, token_file) = (path("knowledge"), path("state"), path("token_file"));
    Config {
        knowledge,
        state: state.unwrap_or(usual.state),
        token_file,
        links: fields.switch("links").unwrap_or(usual.links),
        unasked: fields.switch("unasked").unwrap_or(usual.unasked),
        numbers: Numbers::set(fields),
        ..usual
    }
}
