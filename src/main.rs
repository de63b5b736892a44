//! `exoguide`: arguments, one subcommand, at most one printed error, an exit status.

use std::io::{self, Write as _};
use std::process::ExitCode;

use exoguide::cli::{Cli, Command, Status};

fn main() -> ExitCode {
    let cli = Cli::read();
    cli.choose_color();
    cli.plan_memory();
    match run(&cli) {
        Ok(status) => status.into(),
        Err(error) if is_broken_pipe(&error) => Status::Fine.into(),
        Err(error) => {
            let style = anstyle::AnsiColor::Red.on_default().bold();
            // Where nobody listens to errors, the exit status has to do.
            let _ = writeln!(anstream::stderr(), "{style}error{style:#}: {error:#}");
            Status::CouldNotRun.into()
        }
    }
}

fn run(cli: &Cli) -> anyhow::Result<Status> {
    match &cli.command {
        Command::Ask(ask) => ask.run(&cli.config()?),
        Command::Advert(advert) => advert.run(&cli.config()?),
        Command::Chat(chat) => chat.run(&cli.config()?),
        Command::Check(check) => check.run(&cli.config()?),
        Command::Draw(draw) => draw.run(&cli.config()?),
        Command::Due(due) => due.run(&cli.config()?),
        Command::Eval(eval) => eval.run(&cli.config()?),
        Command::Run(run) => run.run(&cli.config()?),
        Command::Init(init) => init.run(),
        Command::Completions(completions) => completions.run(),
    }
}

/// Whoever read our output has seen enough, as in `exoguide ask ... | head`.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let is = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(is))
}
