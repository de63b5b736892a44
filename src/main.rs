//! Runs the command line.
use std::path::PathBuf;
use std::process::ExitCode;

use exoguide::cli::run::{Run, run};

fn main() -> ExitCode {
    let knowledge = std::env::var_os("EXOGUIDE_KNOWLEDGE").map(PathBuf::from);
    match run(&Run { knowledge: knowledge.as_deref(), ..Run::default() }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("exoguide: {error:#}");
            ExitCode::from(2)
        }
    }
}
