//! The command line, as people type it and as programs read it.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::cli::{exoguide, with_tea};

/// The objects that `ask --format json` prints for `input`, one a line.
fn answers(args: &[&str], input: impl Into<Vec<u8>>) -> Vec<Value> {
    let out = with_tea(&[&["ask", "--format", "json"], args].concat()).input(input).prints();
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn keys(answer: &Value) -> Vec<&str> {
    answer.as_object().unwrap().keys().map(String::as_str).collect()
}

/// The text with the digits of every decimal number masked: figures change whenever matching does.
fn without_decimals(text: &str) -> String {
    let is_decimal = |word: &str| word.parse::<f64>().is_ok() && word.contains('.') && !word.ends_with('.');
    let mask = |word: &str| word.replace(|c: char| c.is_ascii_digit(), "#");
    let words = text.split_inclusive([' ', ',', '\n']).map(|word| {
        let bare = word.trim_end_matches([' ', ',', '\n']);
        if is_decimal(bare) { mask(word) } else { word.to_owned() }
    });
    words.collect()
}

mod help {
    use super::*;

    #[test]
    fn of_the_program() {
        assert_snapshot!(exoguide(&["--help"]).prints());
    }

    #[test]
    fn of_ask_in_short_and_long() {
        assert_snapshot!("help_of_ask_short", exoguide(&["ask", "-h"]).prints());
        assert_snapshot!("help_of_ask_long", exoguide(&["ask", "--help"]).prints());
    }

    #[test]
    fn of_the_other_subcommands() {
        let of = |command| exoguide(&[command, "-h"]).prints();
        let helps = ["chat", "check", "due", "init", "completions"].map(of);
        assert_snapshot!(helps.join("\n==========\n\n"));
    }

    #[test]
    fn is_shown_when_nothing_is_asked_for() {
        let ran = exoguide(&[]).run();
        assert_eq!(ran.status, 2);
        assert_eq!(ran.stderr, exoguide(&["-h"]).prints());
    }

    #[test]
    fn says_what_was_meant() {
        assert_snapshot!(exoguide(&["chekc"]).run(), @r#"
        status 2
        --- errors
        error: unrecognized subcommand 'chekc'

          tip: a similar subcommand exists: 'check'

        Usage: exoguide [OPTIONS] <COMMAND>

        For more information, try '--help'.
        "#);
        assert_snapshot!(exoguide(&["ask", "--formt", "json"]).run(), @r#"
        status 2
        --- errors
        error: unexpected argument '--formt' found

          tip: a similar argument exists: '--format'

        Usage: exoguide ask --format <FORMAT> [QUESTION]...

        For more information, try '--help'.
        "#);
    }
}

mod ask {
    use super::*;

    #[test]
    fn answers_with_table_source_and_what_is_asked_next() {
        assert_snapshot!(with_tea(&["ask", "how", "long", "to", "brew"]).prints());
    }

    #[test]
    fn more_has_the_details() {
        assert_snapshot!(with_tea(&["ask", "--more", "how hot should the water be"]).prints());
    }

    #[test]
    fn words_are_explained() {
        let out = with_tea(&["ask", "--words", "--more", "how hot should the water be"]).prints();
        assert!(out.ends_with("In plain words:\n  - thermometer: A tool that shows how hot something is.\n"), "{out}");
        let answer = &answers(&["--words"], "how long to let it draw\n")[0];
        assert_eq!(answer["words"][0]["word"], "brew", "{answer}");
        assert!(!with_tea(&["ask", "--words", "what does it cost"]).prints().contains("In plain words"));
    }

    #[test]
    fn declines_in_a_moderators_words() {
        assert_snapshot!(with_tea(&["ask", "which coffee beans?"]).prints());
    }

    #[test]
    fn explains_itself() {
        let out = with_tea(&["ask", "--explain", "hw", "many", "bucks", "xyzzy", "brewin"]).prints();
        assert_snapshot!(without_decimals(&out));
    }

    #[test]
    fn json_has_the_keys_of_the_contract_in_order() {
        const ALWAYS: [&str; 7] = ["question", "outcome", "topics", "suggestions", "confidence", "text", "disclaimer"];
        let out = with_tea(&["ask", "--format", "json", "how long to brew"]).prints();
        let places: Vec<usize> = ALWAYS.iter().map(|key| out.find(&format!("\"{key}\":")).unwrap()).collect();
        assert!(places.is_sorted(), "{out}");

        let answered = &answers(&[], "how long to brew\n")[0];
        assert_eq!(keys(answered).len(), ALWAYS.len());
        assert_eq!(answered["outcome"], "answer");
        assert_eq!(answered["topics"], serde_json::json!(["time"]));
        assert_eq!(answered["suggestions"], serde_json::json!(["water", "price"]));

        let declined = &answers(&[], "which coffee beans\n")[0];
        assert_eq!((&declined["outcome"], &declined["boundary"]), (&"decline".into(), &"coffee".into()));
        assert_eq!(declined["topics"], serde_json::json!([]));
    }

    #[test]
    fn json_has_the_ranking_whatever_the_outcome() {
        for question in ["how long to brew", "which coffee beans", "", "xyzzy"] {
            let answer = &answers(&["--ranking", "2"], format!("{question}\n"))[0];
            let ranking = answer["ranking"].as_array().unwrap();
            assert_eq!(ranking.len(), 2, "{question}: {answer}");
            assert!(ranking.iter().all(|one| one["id"].is_string() && one["id"] != "coffee"), "{answer}");
        }
        assert_eq!(answers(&["--ranking", "0"], "tea\n")[0]["ranking"], serde_json::json!([]));
    }

    #[test]
    fn numbers_have_four_decimals_at_most() {
        let out = with_tea(&["ask", "--format", "json", "--ranking", "3", "tea"]).prints();
        let answer: Value = serde_json::from_str(&out).unwrap();
        let scores = answer["ranking"].as_array().unwrap().iter().map(|one| &one["score"]);
        for number in scores.chain([&answer["confidence"]]) {
            assert!(number.to_string().len() <= "0.1234".len(), "{number}");
        }
    }

    #[test]
    fn an_explanation_is_for_people() {
        assert_snapshot!(with_tea(&["ask", "--explain", "--format", "json", "x"]).run(), @r#"
        status 2
        --- errors
        error: `--explain` is for people: leave it out, or `--format json`
        "#);
    }

    #[test]
    fn several_questions_as_text() {
        assert_snapshot!(with_tea(&["ask"]).input("how long to brew\n\nwhich coffee\n").prints());
    }

    #[test]
    fn one_line_in_is_one_line_out() {
        let input = b"how hot\r\n\n \t\n\xff\xfe\x00\nlast without an end".as_slice();
        let questions: Vec<Value> = answers(&[], input).iter().map(|answer| answer["question"].clone()).collect();
        assert_eq!(questions, ["how hot", "", " \t", "\u{fffd}\u{fffd}\0", "last without an end"]);
        assert_eq!(answers(&[], "").len(), 0);
    }

    #[test]
    fn a_blank_line_is_declined() {
        let answer = &answers(&[], "\n")[0];
        assert_eq!((&answer["outcome"], &answer["confidence"]), (&"decline".into(), &0.0.into()));
        assert!(answer["text"].as_str().unwrap().contains("no question"), "{answer}");
    }

    #[test]
    fn an_empty_question_has_an_answer() {
        assert!(with_tea(&["ask", ""]).prints().contains("no question"));
    }

    #[test]
    fn a_hundred_thousand_lines() {
        let answers = with_tea(&["ask", "--format", "json"]).input("how hot\n".repeat(100_000)).prints();
        assert_eq!(answers.lines().count(), 100_000);
    }

    #[test]
    fn a_hundred_kilobytes_of_anything() {
        let words = "how hot is the water ".repeat(5_000);
        let bytes: Vec<u8> =
            (0..100_000_u32).map(|n| (n.wrapping_mul(n) / 7 % 251) as u8).filter(|byte| *byte != b'\n').collect();
        let letters = "a".repeat(100_000);
        let mentions = "<@1>".repeat(25_000);
        for input in [words.into_bytes(), bytes, letters.into_bytes(), mentions.into_bytes()] {
            assert_eq!(answers(&[], input).len(), 1);
        }
    }

    #[test]
    fn each_line_is_answered_before_the_next_is_typed() {
        let mut child = with_tea(&["ask", "--format", "json"]).piped().spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        for question in ["how hot", "how long"] {
            writeln!(input, "{question}").unwrap();
            let mut line = String::new();
            output.read_line(&mut line).unwrap();
            assert!(line.contains(question), "{line}");
        }
        drop(input);
        assert!(child.wait().unwrap().success());
    }

    #[test]
    fn a_reader_who_leaves_early_is_no_error() {
        let mut child = with_tea(&["ask", "--format", "json"]).piped().spawn().unwrap();
        drop(child.stdout.take());
        // It may be gone before it has read all.
        let _ = child.stdin.take().unwrap().write_all("how hot\n".repeat(1_000).as_bytes());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
    }

    #[test]
    fn colours_are_where_they_are_wanted() {
        let colored = |args: &[&str]| with_tea(&[&["ask", "how hot"], args].concat()).prints().contains('\x1b');
        assert!(!colored(&[]));
        assert!(!colored(&["--color", "never"]));
        assert!(colored(&["--color", "always"]));
        assert!(!with_tea(&["ask", "how hot"]).env("NO_COLOR", "1").prints().contains('\x1b'));
    }

    #[test]
    fn control_characters_of_the_knowledge_stay_out_of_the_terminal() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("topics")).unwrap();
        let topic = "title = \"A \\u001b]0;title\\u0007\"\nanswer = \"x\\u001b[2J\\u009b5m y\\u0000 z\"\n";
        fs::write(folder.path().join("topics/a.toml"), topic).unwrap();
        let knowledge = folder.path().to_str().unwrap();
        let out = exoguide(&["--knowledge", knowledge, "--color", "always", "chat"]).input("/topic a\n").prints();
        assert!(out.contains("A ]0;title") && out.contains("x[2J5m y z"), "{out:?}");
    }

    #[test]
    fn a_guide_that_can_not_be_read_is_said_where_and_why() {
        assert_snapshot!(exoguide(&["ask", "--knowledge", "nowhere", "x"]).run(), @r#"
        status 2
        --- errors
        error[missing-folder]: there is no folder `nowhere`
        --> nowhere
         = help: name the folder that holds `topics`, or make one with `exoguide init nowhere`

        error: the folder `nowhere` has 1 error: mend it, and see with `exoguide check` whether it is right
        "#);
        let ran = exoguide(&["ask", "--knowledge", "Cargo.toml", "x"]).run();
        assert_eq!(ran.status, 2, "{ran}");
        assert!(ran.stderr.contains("is a file"), "{ran}");
    }
}

mod chat {
    use super::*;

    #[test]
    fn a_conversation_by_pipe() {
        let lines = "how long to brew\n1\n/more\n/price\n/more\n/topic watr\n7\n\n/prize\n/quit\nnot read";
        assert_snapshot!(with_tea(&["chat"]).input(lines).prints());
    }

    #[test]
    fn what_was_offered_can_be_asked_for_in_words() {
        let titles = |lines: &str| {
            let out = with_tea(&["chat"]).input(lines).prints();
            let known =
                ["How hot the water should be", "How long to let it brew", "What tea costs", "Without a thermometer:"];
            let is_title = |line: &&str| known.contains(line) || line.starts_with("The guide does not cover");
            out.lines().filter(is_title).map(str::to_owned).collect::<Vec<String>>()
        };
        let (water, time, price) = ("How hot the water should be", "How long to let it brew", "What tea costs");
        let declined = "The guide does not cover this";
        for (followup, shown) in [("yes", water), ("The first one, please", water), ("2", price), ("the second", price)]
        {
            assert_eq!(titles(&format!("how long to brew\n{followup}\n")), [time, shown], "{followup}");
        }
        for followup in ["more", "Details?", "tell me more"] {
            assert_eq!(titles(&format!("/topic water\n{followup}\n")), [water, water, "Without a thermometer:"]);
        }
        // Of two answers, the one that has more to say.
        let both = "how hot should the water be? how long should tea brew?\nmore\n";
        assert_eq!(titles(both), [water, time, water, "Without a thermometer:"]);
        // What nobody offers is a question, and a number that may be called is one at all times.
        assert_eq!(titles("how long to brew\n911\n"), [time, declined]);
        assert_eq!(titles("2\n"), [declined]);
    }

    #[test]
    fn what_is_not_on_offer_is_told_and_no_is_no_question() {
        let said = |line: &str| with_tea(&["chat"]).input(format!("how long to brew\n{line}\n")).prints();
        for number in ["3", "0", "9", "number 12", "fifth"] {
            let out = said(number);
            assert!(out.ends_with("on offer: pick from 1 to 2\n"), "{number}: {out}");
        }
        for no in ["no", "No, thanks.", "nothing", "none of them"] {
            let out = said(no);
            assert!(out.ends_with("\nall right: ask something else, in your own words\n"), "{no}: {out}");
        }
    }

    #[test]
    fn whoever_was_warned_is_warned_again_before_anything_else() {
        let [none, warned, more, no, besides, details] = said([
            "more",
            "i can't breathe",
            "more",
            "nothing",
            "I can't breathe. How much does it cost per session?",
            "tell me more",
        ]);
        assert_eq!(none, "there is no answer yet to say more about: ask something first");
        assert!(warned.contains("Get emergency help now"), "{warned}");
        assert_eq!([more, no], [warned.clone(), warned]);
        for out in [besides, details] {
            let (warning, answer) = out.split_once("About your other question:").unwrap();
            assert!(warning.contains("Get emergency help now") && answer.contains("What it costs"), "{out}");
        }
    }

    #[test]
    fn a_conversation_goes_on_from_what_a_command_showed() {
        let [list, second, fifth, more] =
            said(["/checklist", "2", "how much is it\n/costs sessions: 2\n5", "/checklist\nmore"]);
        assert!(list.contains("\n  2. Red flags"), "{list}");
        assert!(second.starts_with("Red flags"), "{second}");
        assert!(fifth.contains("\n\nRed flags"), "{fifth}");
        assert!(more.contains("A list to take along:"), "{more}");
        assert!(!list.contains("attached"), "nothing is, in a terminal: {list}");
    }

    /// What the shipped guide says to each of these lines, in one conversation.
    fn said<const N: usize>(lines: [&str; N]) -> [String; N] {
        const MARK: &str = "/xyzzy";
        let lines = lines.map(|line| format!("{line}\n{MARK}\n")).concat();
        let out = exoguide(&["chat"]).input(lines).prints();
        let (_greeting, out) = out.split_once("\n\n").unwrap();
        let told = format!("there is no command `{MARK}`: `/help` lists those there are\n");
        let parts = out.split(told.as_str());
        let said: Vec<String> = parts.take(N).map(|part| part.trim().to_owned()).collect();
        said.try_into().unwrap()
    }

    #[test]
    fn words_of_what_a_command_has_worked_out_are_explained() {
        let [_, two, _, sum] = said(["/compare prp, lllt", "/words", "/costs sessions: 2", "/words"]);
        assert!(two.contains("  - LLLT: ") && !two.contains("  - PRF: "), "{two}");
        assert!(sum.contains("  - LLLT: ") && sum.contains("  - PRF: "), "{sum}");
    }

    #[test]
    fn a_command_takes_its_options_as_people_type_them() {
        let [all, same, without, three] = said([
            "/costs sessions: 2 with_prp: yes maintenance_years: 3",
            "/costs sessions=2, with_prp maintenance_years=3",
            "/costs with_prp: false sessions: 3",
            "/costs sessions: 3",
        ]);
        assert!(all.contains("2 × $2,000–6,000 = $4,000–12,000"), "{all}");
        assert!(all.contains("3 × $1,500–5,000 = $4,500–15,000"), "{all}");
        assert_eq!(all, same);
        assert!(without.contains("3 × $1,500–5,000 = $4,500–15,000"), "{without}");
        assert_eq!(without, three);
    }

    #[test]
    fn what_a_command_does_not_take_is_told() {
        let all = said([
            "/costs 3",
            "/costs sessions: 99",
            "/costs sessions: 0",
            "/costs sessions: three",
            "/costs sessions: 2 with_prp: perhaps",
            "/costs how much",
        ]);
        for out in all {
            assert!(out.starts_with("I did not understand “") && out.contains("sessions: 1–12"), "{out}");
            assert!(!out.contains('$'), "{out}");
        }
    }

    #[test]
    fn two_treatments_are_compared_however_they_are_named() {
        let [both, ways @ ..] = said([
            "/compare prp, lllt",
            "/compare PRP vs LLLT",
            "/compare prp and lllt",
            "/compare a: prp b: lllt",
            "/compare prp versus lllt (laser devices)",
        ]);
        assert!(both.starts_with("PRP and LLLT (laser devices)\n"), "{both}");
        ways.iter().for_each(|way| assert_eq!(*way, both));
        let [one, foo, beside, third] =
            said(["/compare prp", "/compare foo", "/compare prp vs bar", "/compare prp, prf, lllt"]);
        assert!(one.starts_with("PRP and Exosome therapy\n"), "{one}");
        for (out, left) in [(foo, "foo"), (beside, "bar"), (third, "lllt")] {
            assert!(out.starts_with(&format!("I did not understand “{left}”")) && out.contains("Minoxidil"), "{out}");
        }
    }

    #[test]
    fn its_lists() {
        assert_snapshot!(with_tea(&["chat"]).input("/help\n/topics\n/more\n/topic\n/xyzzy").prints());
    }

    #[test]
    fn words_of_the_last_answer_are_explained() {
        let out = with_tea(&["chat"]).input("/words\n/topic time\n/words\n").prints();
        assert!(out.contains("no explanations") && out.contains("  - brew: To let hot water"), "{out}");
    }

    #[test]
    fn bytes_that_are_no_text() {
        let out = with_tea(&["chat"]).input(b"\xff\xfe\x00\n/\xff\n/\x1b]0;title\x07\n".as_slice()).prints();
        assert!(out.contains("there is no command") && !out.contains(['\x1b', '\x07']), "{out:?}");
    }
}

mod draw {
    use super::*;

    #[test]
    fn a_guide_without_pictures_says_so_and_makes_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        let pictures = folder.path().join("pictures");
        let out = with_tea(&["draw", pictures.to_str().unwrap()]).prints();
        assert!(out.starts_with("nothing is drawn: "), "{out}");
        assert!(!pictures.exists());
    }
}

mod check {
    use super::*;

    #[test]
    fn the_shipped_guide_has_no_problem() {
        let ran = exoguide(&["check"]).run();
        assert_eq!(ran.status, 0, "{ran}");
        assert!(ran.stdout.ends_with("no problems\n"), "{ran}");
    }

    #[test]
    fn the_compiled_in_guide_is_no_file_of_yours() {
        let folder = tempfile::tempdir().unwrap();
        let ran = exoguide(&["check"]).started_in(folder.path()).run();
        assert_eq!(ran.status, 0, "{ran}");
        assert!(ran.stdout.ends_with("no file of yours was checked.\n"), "{ran}");
    }

    #[test]
    fn inside_a_guides_folder_nothing_else_is_checked() {
        let folder = tempfile::tempdir().unwrap();
        let topics = folder.path().join("topics");
        fs::create_dir(&topics).unwrap();
        assert_snapshot!(exoguide(&["check"]).started_in(folder.path()).run(), @r"
        status 1
        --- output
        error[missing-folder]: there is no folder `knowledge` here: you are inside a guide's folder
        --> .
         = help: type `exoguide check .`, or go up to the folder in which the guide's folder lies

        nothing was checked
        ");
        assert_snapshot!(exoguide(&["check"]).started_in(&topics).run(), @r"
        status 1
        --- output
        error[missing-folder]: there is no folder `knowledge` here: you are inside a guide's folder
        --> ..
         = help: type `exoguide check ..`, or go up to the folder in which the guide's folder lies

        nothing was checked
        ");
        assert_snapshot!(exoguide(&["ask", "hello"]).started_in(folder.path()).run(), @r"
        status 2
        --- errors
        error[missing-folder]: there is no folder `knowledge` here: you are inside a guide's folder
        --> .
         = help: type `exoguide check .`, or go up to the folder in which the guide's folder lies

        error: nothing was read: name the guide's folder, as in `--knowledge .`
        ");
        let ran = exoguide(&["check", "--format", "json"]).started_in(&topics).run();
        let found: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!((ran.status, found[0]["code"].as_str()), (1, Some("missing-folder")));
    }

    #[test]
    fn a_folder_wins_over_the_option() {
        assert_snapshot!(exoguide(&["check", "tests/data/tea", "--knowledge", "nowhere"]).run(), @r#"
        status 0
        --- output
        the folder `tests/data/tea` (3 topics, 1 boundary, 20 phrasings): no problems
        Not there: `claims.toml` (no claim was checked), `facts.toml` (no figure and no name was checked), `urgent.toml` (the program's own signs are used).
        "#);
    }

    #[test]
    fn a_folder_that_is_none() {
        assert_snapshot!(exoguide(&["check", "nowhere"]).run(), @r#"
        status 1
        --- output
        error[missing-folder]: there is no folder `nowhere`
        --> nowhere
         = help: name the folder that holds `topics`, or make one with `exoguide init nowhere`

        the folder `nowhere` (0 topics, 0 boundaries, 0 phrasings): 1 error
        "#);
        assert_snapshot!(exoguide(&["check", "Cargo.toml"]).run(), @r#"
        status 1
        --- output
        error[not-a-folder]: `Cargo.toml` is a file, and a folder is needed
        --> Cargo.toml
         = help: name the folder that holds `guide.toml` and `topics`

        the folder `Cargo.toml` (0 topics, 0 boundaries, 0 phrasings): 1 error
        "#);
    }

    #[test]
    fn a_half_written_topic_is_shown_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("topics")).unwrap();
        fs::write(folder.path().join("topics/a.toml"), "title = \"A\"\nanswer = \"half").unwrap();
        let ran = exoguide(&["check", folder.path().to_str().unwrap()]).run();
        assert_eq!(ran.status, 1, "{ran}");
        assert!(ran.stdout.contains("topics/a.toml:2:"), "{ran}");
    }

    #[test]
    fn json_is_one_array() {
        assert_eq!(exoguide(&["check", "tests/data/tea", "--format", "json"]).prints(), "[]\n");
        let ran = exoguide(&["check", "nowhere", "--format", "json"]).run();
        let found: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!((ran.status, found[0]["code"].as_str()), (1, Some("missing-folder")));
    }
}

mod init {
    use super::*;

    #[test]
    fn what_it_writes_passes_the_check() {
        let folder = tempfile::tempdir().unwrap();
        let written = exoguide(&["init", "new/guide"]).started_in(folder.path()).prints();
        assert!(written.ends_with("exoguide check new/guide\n"), "{written}");
        let checked = exoguide(&["check", "new/guide"]).started_in(folder.path()).prints();
        let compiled_in = exoguide(&["check"]).started_in(folder.path()).prints();
        let counts = |text: &str| text.split_once(" (").unwrap().1.lines().next().map(str::to_owned);
        assert_eq!(counts(&checked), counts(&compiled_in));
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("notes.txt"), "mine").unwrap();
        assert_snapshot!(exoguide(&["init", "."]).started_in(folder.path()).run(), @r#"
        status 2
        --- errors
        error: `.` is not empty: name a folder that does not exist yet, or empty it first
        "#);
        assert_snapshot!(exoguide(&["init", "notes.txt"]).started_in(folder.path()).run(), @r#"
        status 2
        --- errors
        error: `notes.txt` is a file: name a folder that does not exist yet
        "#);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(fs::read_to_string(folder.path().join("notes.txt")).unwrap(), "mine");
    }

    #[test]
    fn an_empty_folder_will_do() {
        let folder = tempfile::tempdir().unwrap();
        exoguide(&["init", "."]).started_in(folder.path()).prints();
        assert!(folder.path().join("guide.toml").is_file());
    }
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(exoguide(&["completions", shell]).prints().contains("completions"), "{shell}");
    }
}
