//! The command line: what can be typed, and what the subcommands share.
//!
//! Each subcommand is a file: a type whose fields are its arguments, and a `run` which gives a [`Status`]. A new one
//! takes a file, a line in [`Command`] and a line in `main`.

mod advert;
mod ask;
mod chat;
mod check;
mod completions;
mod draw;
mod due;
mod eval;
mod init;
mod run;

use std::env;
use std::ffi::OsStr;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use annotate_snippets::Renderer;
use anstyle::{AnsiColor, Style};
use anyhow::bail;
use clap::builder::{Resettable, Styles};
use clap::{Arg, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum, ValueHint};
use toml::value::Datetime;

use crate::config::{self, Config};
use crate::diagnostic::{self, Diagnostic};
use crate::guide::Guide;
use crate::knowledge::{Checked, Date, Origin, calendar, source};
use crate::memory;

const HEADING: Style = AnsiColor::Green.on_default().bold();
const LITERAL: Style = AnsiColor::Cyan.on_default().bold();
const PLACEHOLDER: Style = AnsiColor::Cyan.on_default();

const STYLES: Styles = Styles::styled()
    .header(HEADING)
    .usage(HEADING)
    .literal(LITERAL)
    .placeholder(PLACEHOLDER)
    .valid(LITERAL)
    .invalid(AnsiColor::Yellow.on_default())
    .error(AnsiColor::Red.on_default().bold());

/// Answers patients' questions from one curated guide, and never from anywhere else
///
/// Every sentence it says was written by a moderator and stands in the knowledge folder; nothing is generated.
/// It runs in the terminal and as a Discord bot.
#[derive(Debug, Parser)]
#[command(name = "exoguide", version, styles = STYLES, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = examples(&[
    ("Ask something", "exoguide ask \"how much is it?\""),
    ("Talk with the guide", "exoguide chat"),
    ("See whether an edit of the knowledge is right", "exoguide check"),
    ("Run the Discord bot", "exoguide run"),
    ("Measure how well questions are answered", "exoguide eval questions.tsv"),
    ("Start a guide of your own", "exoguide init my-guide"),
]))]
pub struct Cli {
    /// What every subcommand takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The options of every subcommand.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The knowledge folder [default: ./knowledge where it exists, else the compiled-in guide]
    #[arg(long, global = true, value_name = "DIR", env = "EXOGUIDE_KNOWLEDGE", hide_env_values = true, value_hint = ValueHint::DirPath)]
    pub knowledge: Option<PathBuf>,
    /// The configuration file [default: ./exoguide.toml where it exists]
    #[arg(long, global = true, value_name = "FILE", env = "EXOGUIDE_CONFIG", hide_env_values = true, value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// The day to take for today, such as 2026-11-23 [default: this machine's]
    #[arg(long, global = true, value_name = "DATE", env = "EXOGUIDE_TODAY", hide_env_values = true, value_parser = day_written)]
    pub today: Option<Date>,
    /// When to use colours: auto, always or never; auto heeds NO_COLOR
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t, hide_possible_values = true)]
    pub color: Color,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Color {
    /// In a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What `exoguide` can do.
#[derive(Debug, Subcommand)]
#[expect(missing_docs, reason = "a doc comment here would hide the longer one at the type, which is the help text")]
pub enum Command {
    Ask(ask::Ask),
    Advert(advert::Advert),
    Chat(chat::Chat),
    Check(check::Check),
    Due(due::Due),
    Draw(draw::Draw),
    Run(run::Run),
    Eval(eval::Eval),
    Init(init::Init),
    Completions(completions::Completions),
}

/// What a run came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It did what was asked.
    Fine,
    /// A check or an evaluation found something.
    Found,
    /// It could not do what was asked.
    CouldNotRun,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        match status {
            Status::Fine => ExitCode::SUCCESS,
            Status::Found => ExitCode::from(1),
            Status::CouldNotRun => ExitCode::from(2),
        }
    }
}

/// For people or for programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

impl Cli {
    /// What was typed, and what the environment says besides. What can't be understood ends the program here.
    pub fn read() -> Cli {
        let mut command = heedless_of_empty_variables(Cli::command());
        let matches = command.get_matches_mut();
        Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit())
    }

    /// Makes everything printed from here on heed `--color`.
    pub fn choose_color(&self) {
        let choice = match self.global.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }

    /// Makes memory be held as it suits the command: some stay, and most end soon. To be called before there is a second thread.
    pub fn plan_memory(&self) {
        match self.command {
            Command::Run(_) | Command::Chat(_) => memory::hold_little(),
            _ => memory::hold_much(),
        }
    }

    /// What the configuration file says, and what the command line says instead.
    pub fn config(&self) -> anyhow::Result<Config> {
        let config = match config::read(self.global.config.as_deref()) {
            Ok(config) => config,
            Err(diagnostics) => {
                print_to_stderr(&diagnostics);
                bail!("the configuration has {}: mend it, or leave the file out", diagnostic::summary(&diagnostics));
            }
        };
        let knowledge = self.global.knowledge.clone().or(config.knowledge);
        Ok(Config { knowledge, today: self.global.today, ..config })
    }
}

/// An empty variable is as good as none: not everybody who sets one can unset it.
fn heedless_of_empty_variables(command: clap::Command) -> clap::Command {
    let empty = |name: &OsStr| env::var_os(name).is_some_and(|value| value.is_empty());
    let heedless = |arg: Arg| if arg.get_env().is_some_and(empty) { arg.env(Resettable::Reset) } else { arg };
    command.mut_args(heedless).mut_subcommands(heedless_of_empty_variables)
}

/// The guide that the configuration names, on this day; what is wrong with it is printed.
pub(crate) fn guide(config: &Config) -> anyhow::Result<Guide> {
    Ok(Guide::new(knowledge(config)?).on(today(config)))
}

/// The day that was handed in, else that of this machine. Here alone the clock is read.
pub(crate) fn today(config: &Config) -> Date {
    config.today.unwrap_or_else(machines_day)
}

/// The day of this machine, as they count it in Greenwich.
pub(crate) fn machines_day() -> Date {
    const DAY: u64 = 24 * 60 * 60;
    // A clock that stands before 1970 is wrong, and then nothing is overdue.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    calendar::numbered(i64::try_from(since.as_secs() / DAY).unwrap_or_default())
}

/// The day that stands in an argument.
fn day_written(written: &str) -> Result<Date, String> {
    let moment = written.parse::<Datetime>().ok().filter(|moment| moment.time.is_none());
    moment.and_then(|moment| moment.date).ok_or_else(|| "write year, month and day, as in 2026-11-23".to_owned())
}

/// The knowledge that the configuration names; what is wrong with it is printed.
pub(crate) fn knowledge(config: &Config) -> anyhow::Result<Checked> {
    if let Some(astray) = astray(config) {
        let folder = astray.file.clone();
        print_to_stderr(&[astray]);
        bail!("nothing was read: name the guide's folder, as in `--knowledge {folder}`");
    }
    let loaded = config.load();
    match loaded.knowledge {
        Some(knowledge) => Ok(knowledge),
        None => {
            print_to_stderr(&loaded.diagnostics);
            let summary = diagnostic::summary(&loaded.diagnostics);
            bail!("{} has {summary}: mend it, and see with `exoguide check` whether it is right", config.origin());
        }
    }
}

/// What to say to somebody who works in a knowledge folder and would get the compiled-in guide instead.
fn astray(config: &Config) -> Option<Diagnostic> {
    (config.origin() == Origin::CompiledIn).then(source::one_folder_too_deep).flatten()
}

fn print_to_stderr(diagnostics: &[Diagnostic]) {
    // Where nobody listens to errors, the exit status has to do.
    let _ = write!(anstream::stderr(), "{}", diagnostic::render(diagnostics, &Renderer::styled()));
}

/// The examples that end a help text: what each does, and what to type.
fn examples(examples: &[(&str, &str)]) -> String {
    let lines = examples.iter().map(|(purpose, command)| format!("  {purpose}:\n    {LITERAL}{command}{LITERAL:#}\n"));
    format!("{HEADING}Examples:{HEADING:#}\n{}", lines.collect::<String>())
}
