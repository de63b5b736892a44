//! The real bot, run as operators run it: the binary, a token in the environment, a folder for its state.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::watch;
use tokio::time::timeout;

use super::fake_discord::{BotExit, FakeDiscord};

/// How long the bot may take to finish what it began. Only a test that fails anyway waits so long.
const PATIENCE: Duration = Duration::from_secs(120);

/// Runs `exoguide` to its end, in an empty folder and with nothing of this machine's settings.
///
/// On a thread of its own: the fake Discord lives on the test's, and must go on answering meanwhile.
pub(crate) async fn exoguide<S: AsRef<OsStr>>(
    args: impl IntoIterator<Item = S>,
    environment: &[(&str, impl AsRef<OsStr>)],
) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(folder.path());
    command.args(args).envs(environment.iter().map(|(name, value)| (name, value))).stdin(Stdio::null());
    tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap()
}

/// The environment in which `exoguide run` meets a fake Discord with this token.
pub(crate) fn environment<'a>(discord: &'a FakeDiscord, token: &'a str) -> [(&'static str, &'a str); 2] {
    [("DISCORD_TOKEN", token), ("EXOGUIDE_DISCORD_API", &discord.api)]
}

/// The binary, cut off from the settings and the network of whoever runs the tests.
fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_exoguide"));
    command.current_dir(folder).env_clear();
    // A proxy on the way would not find this machine's loopback, and is not to be asked for the real Discord, nor is the
    // real Discord by a test that forgets to name the fake one.
    command.env("NO_PROXY", "127.0.0.1").env("EXOGUIDE_DISCORD_API", "http://127.0.0.1:9");
    command.env("EXOGUIDE_STATE", folder.join("state"));
    // What the bot says must not depend on the day of the test.
    command.env("EXOGUIDE_TODAY", "2026-11-23");
    command
}

/// How to start the bot, where a test wants it otherwise than usual.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// The folder with the knowledge; without one, the knowledge compiled in.
    pub(crate) knowledge: Option<PathBuf>,
    /// Further arguments of `exoguide run`.
    pub(crate) args: Vec<String>,
    /// The folder in which the bot of before worked, so that this one finds its state.
    pub(crate) folder: Option<TempDir>,
    /// Further variables, which win over those a test sets for every bot.
    pub(crate) environment: Vec<(&'static str, String)>,
}

impl Settings {
    /// With this folder of knowledge.
    pub(crate) fn with_knowledge(folder: impl Into<PathBuf>) -> Settings {
        Settings { knowledge: Some(folder.into()), ..Settings::default() }
    }

    /// The same with these variables.
    pub(crate) fn with(self, environment: &[(&'static str, &str)]) -> Settings {
        let environment = environment.iter().map(|(name, value)| (*name, (*value).to_owned()));
        Settings { environment: environment.collect(), ..self }
    }
}

/// A bot that was told to end, and has.
#[derive(Debug)]
pub(crate) struct Stopped {
    pub(crate) status: ExitStatus,
    /// All that it has written.
    pub(crate) log: String,
    /// The folder in which it worked, for a bot that comes after.
    pub(crate) folder: TempDir,
}

/// A running bot.
pub(crate) struct Bot {
    pid: u32,
    log: watch::Receiver<String>,
    /// How it ended, once it has.
    status: watch::Receiver<Option<ExitStatus>>,
    /// Whether its end is wanted, told to the thread that waits for it.
    stopping: Arc<Mutex<bool>>,
    /// Kept as long as the bot runs, and for the next one.
    folder: Option<TempDir>,
}

impl Bot {
    /// Starts the bot, and waits until it has identified and registered its commands.
    pub(crate) async fn start(discord: &FakeDiscord) -> Self {
        Bot::start_with(discord, Settings::default()).await
    }

    /// Starts the bot with these settings, and waits until it has identified and registered its commands.
    pub(crate) async fn start_with(discord: &FakeDiscord, settings: Settings) -> Self {
        let bot = Bot::begin(discord, settings);
        discord.ready().await;
        bot
    }

    /// Starts the bot with these settings, and does not wait for anything.
    pub(crate) fn begin(discord: &FakeDiscord, settings: Settings) -> Self {
        let folder = settings.folder.unwrap_or_else(|| tempfile::tempdir().unwrap());
        let mut command = command(folder.path());
        command.arg("run").args(&settings.args).envs(environment(discord, discord.token));
        if let Some(knowledge) = &settings.knowledge {
            command.env("EXOGUIDE_KNOWLEDGE", knowledge);
        }
        command.envs(settings.environment);
        discord.bot_started();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        Bot::watch(child, discord, folder)
    }

    /// Collects what the bot writes, and tells Discord when it has ended, so that no test waits for a dead bot.
    fn watch(mut child: Child, discord: &FakeDiscord, folder: TempDir) -> Self {
        let (ended, status) = watch::channel(None);
        let (written, log) = watch::channel(String::new());
        let stopping = Arc::new(Mutex::new(false));
        let bot = Bot { pid: child.id(), log, status, stopping: stopping.clone(), folder: Some(folder) };
        let discord = discord.clone();
        thread::spawn(move || {
            let stderr = child.stderr.take().expect("it was asked for");
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                written.send_modify(|log| *log += &format!("{line}\n"));
            }
            let status = child.wait().unwrap();
            let account = format!("the bot ended with {status}, having written:\n{}", written.borrow().as_str());
            discord.bot_exited(BotExit { expected: *stopping.lock().unwrap(), account });
            ended.send_replace(Some(status));
        });
        bot
    }

    /// What the bot has written to its log so far.
    pub(crate) fn log(&self) -> String {
        self.log.borrow().clone()
    }

    /// Waits until these words stand in the log.
    pub(crate) async fn logged(&self, words: &str) {
        let mut log = self.log.clone();
        let found = timeout(PATIENCE, log.wait_for(|log| log.contains(words))).await;
        assert!(matches!(found, Ok(Ok(_))), "`{words}` does not stand in the log:\n{}", self.log());
    }

    /// Its resident memory in bytes, where the system tells.
    #[allow(dead_code, reason = "`benches/memory.rs` measures with it")]
    pub(crate) fn resident_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kibibytes * 1024)
    }

    /// Asks the bot to end, as a supervisor does, and waits until it has.
    pub(crate) async fn stop(mut self) -> Stopped {
        *self.stopping.lock().unwrap() = true;
        self.signal("TERM");
        let ended = timeout(PATIENCE, self.status.wait_for(Option::is_some)).await;
        let Ok(status) = ended.map(|status| status.unwrap().expect("it was waited for")) else {
            panic!("the bot did not stop within {PATIENCE:?}, having written:\n{}", self.log());
        };
        let folder = self.folder.take().expect("only `stop` takes it");
        Stopped { status, log: self.log(), folder }
    }

    /// Stops the bot, and starts it with these settings on the state that it leaves.
    pub(crate) async fn restart(self, discord: &FakeDiscord, settings: Settings) -> Bot {
        let Stopped { status, log, folder } = self.stop().await;
        assert!(status.success(), "{log}");
        Bot::start_with(discord, Settings { folder: Some(folder), ..settings }).await
    }

    /// Sends a signal by the command of that name, for the system call needs `unsafe`.
    fn signal(&self, name: &str) {
        if self.status.borrow().is_none() {
            // The bot may end in this moment, of itself; its exit status says enough.
            let _ = Command::new("kill").arg(format!("-{name}")).arg(self.pid.to_string()).status();
        }
    }
}

/// A test that failed leaves no process behind.
impl Drop for Bot {
    fn drop(&mut self) {
        *self.stopping.lock().unwrap() = true;
        self.signal("KILL");
    }
}
