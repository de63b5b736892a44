//! The configuration file, and what wins over it.

use std::fs;
use std::path::Path;

use exoguide::config::{Config, read};
use exoguide::knowledge::Numbers;
use insta::assert_snapshot;
use tempfile::TempDir;

use crate::support::cli::exoguide;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/config.example.toml");

fn folder_with(name: &str, text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    folder
}

fn tea() -> String {
    format!("knowledge = '{}/tests/data/tea'\n", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_example_changes_nothing() {
    assert_eq!(read(Some(Path::new(EXAMPLE))).unwrap(), Config::default());
}

#[test]
fn the_example_shows_every_setting() {
    let text = fs::read_to_string(EXAMPLE).unwrap().replace("\n#", "\n").replace("\n ", "\n# ");
    let folder = folder_with("exoguide.toml", &text);
    let path = |name: &str| folder.path().join(name);
    let expected = Config {
        knowledge: Some(path("knowledge")),
        state: path("state"),
        token_file: Some(path("discord-token")),
        links: true,
        unasked: false,
        today: None,
        numbers: Numbers {
            emergency_number: Some("112".to_owned()),
            crisis_line: Some("116 123 (free, day and night)".to_owned()),
        },
    };
    assert_eq!(read(Some(&path("exoguide.toml"))).unwrap(), expected);
}

#[test]
fn a_mistake_is_shown_where_it_stands() {
    let folder = folder_with("exoguide.toml", "knowlege = \"guide\"\nlinks = \"no\"\n");
    assert_snapshot!(exoguide(&["ask", "x"]).started_in(folder.path()).run(), @r#"
    status 2
    --- errors
    error[unknown-key]: unknown key `knowlege`
     --> exoguide.toml:1:1
      |
    1 | knowlege = "guide"
      | ^^^^^^^^
      |
      = help: did you mean `knowledge`?

    error[wrong-type]: `links` must be `true` or `false`, and here stands a text
     --> exoguide.toml:2:9
      |
    2 | links = "no"
      |         ^^^^
      |
      = help: write it as `links = true`

    error: the configuration has 2 errors: mend it, or leave the file out
    "#);
}

#[test]
fn a_file_that_is_named_must_be_there() {
    assert_snapshot!(exoguide(&["--config", "nowhere.toml", "ask", "x"]).run(), @r#"
    status 2
    --- errors
    error[missing-file]: there is no file `nowhere.toml`
    --> nowhere.toml
     = help: name the configuration file with `--config`, or leave it out

    error: the configuration has 1 error: mend it, or leave the file out
    "#);
}

/// What can't be looked at may be there all the same.
#[cfg(unix)]
#[test]
fn a_file_that_can_not_be_looked_at_is_not_called_missing() {
    let folder = tempfile::tempdir().unwrap();
    let round = folder.path().join("round");
    std::os::unix::fs::symlink(&round, &round).unwrap();
    for args in [["ask", "x", "--config", "round"].as_slice(), &["check", "round"]] {
        let ran = exoguide(args).started_in(folder.path()).run().to_string();
        assert!(ran.contains("error[unreadable]: `round` can't be read: "), "{ran}");
    }
}

#[test]
fn a_half_written_file_is_shown() {
    let folder = folder_with("exoguide.toml", "links = tr");
    let ran = exoguide(&["check"]).started_in(folder.path()).run();
    assert_eq!(ran.status, 2, "{ran}");
    assert!(ran.stderr.contains("exoguide.toml:1:9"), "{ran}");
}

#[test]
fn the_file_in_the_folder_is_read_and_can_be_named() {
    let folder = folder_with("exoguide.toml", &tea());
    let here = exoguide(&["ask", "how long to brew"]).started_in(folder.path());
    assert!(here.prints().starts_with("How long to let it brew\n"));
    let file = folder.path().join("exoguide.toml");
    let named = exoguide(&["ask", "how long to brew"]).env("EXOGUIDE_CONFIG", file.to_str().unwrap());
    assert!(named.prints().starts_with("How long to let it brew\n"));
}

#[test]
fn the_command_line_wins_over_the_environment_and_that_over_the_file() {
    let folder = folder_with("exoguide.toml", "knowledge = \"nowhere\"\n");
    let tea = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tea");
    let by_env = exoguide(&["check"]).started_in(folder.path()).env("EXOGUIDE_KNOWLEDGE", tea);
    assert_eq!(by_env.run().status, 0);
    let by_flag = exoguide(&["check", "--knowledge", tea]).started_in(folder.path()).env("EXOGUIDE_KNOWLEDGE", "no");
    assert_eq!(by_flag.run().status, 0);
    let by_file = exoguide(&["check"]).started_in(folder.path()).run();
    assert_eq!(by_file.status, 1, "{by_file}");
}

#[test]
fn links_can_be_switched_off() {
    let asked = |links| {
        let folder = folder_with("exoguide.toml", &format!("{}links = {links}\n", tea()));
        exoguide(&["ask", "how hot should the water be"]).started_in(folder.path()).prints()
    };
    assert!(asked(true).contains("<https://example.org/kettles>"));
    let without = asked(false);
    assert!(without.contains("has more: kettles.") && !without.contains("https"), "{without}");
}

/// What `exoguide ask` says to `question` in a folder with this configuration.
fn asked(settings: &str, question: &str) -> String {
    let folder = folder_with("exoguide.toml", &format!("{}{settings}", tea()));
    exoguide(&["ask", question]).started_in(folder.path()).run().to_string()
}

#[test]
fn whom_to_call_is_what_the_operator_set_or_nothing_in_particular() {
    let settings = "emergency_number = \"999\"\ncrisis_line = \"Samaritans (116 123)\"\n";
    for (settings, question, expected) in [
        (settings, "my throat is closing", "Call 999 now"),
        (settings, "I want to end my life", "call 999 or Samaritans (116 123)"),
        ("emergency_number = \"999\"\n", "I want to end my life", "call 999 or a crisis line"),
        ("", "my throat is closing", "Call your local emergency number now"),
    ] {
        let said = asked(settings, question);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(expected), "{said}");
    }
    let said = asked("emergency_number = \"call somebody\"\n", "what does tea cost");
    assert!(said.contains("`call somebody` has no number"), "{said}");
    let said = asked("crisis_line = \"\"\n", "what does tea cost");
    assert!(said.contains("`crisis_line` is empty") && !said.contains("has no number"), "{said}");
}
