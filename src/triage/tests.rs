//! What triage makes of whole messages.

use super::*;
use crate::knowledge::read::compiled_in_urgent;
use crate::text::tokens;

/// Measures triage on the file of labelled questions that `TRIAGE_FILE` names.
#[test]
#[ignore = "a measurement, not a test"]
fn measure() {
    let files = std::env::var("TRIAGE_FILE").expect("TRIAGE_FILE names a file of questions");
    let (triage, problems) = Triage::compile(&compiled_in_urgent());
    problems.iter().for_each(|problem| println!("PROBLEM {problem:?}"));
    for file in files.split(':') {
        let text = std::fs::read_to_string(file).expect("the file can be read");
        let (mut counts, mut time) = ([0; 4], std::time::Duration::ZERO);
        for line in text.lines() {
            let (expected, question) = line.split_once('\t').unwrap_or(("urgent", line));
            let question = question.split('\t').next().unwrap_or_default();
            let tokens = tokens(question);
            let start = std::time::Instant::now();
            let assessment = triage.assess(&tokens);
            time += start.elapsed();
            let shown = |finding: &Finding<'_>| {
                let words = finding.words.iter().flat_map(|range| &tokens[range.clone()]).map(|token| &*token.word);
                format!("{}[{}]", finding.sign.id, words.collect::<Vec<_>>().join(" "))
            };
            let aside: Vec<_> = assessment.set_aside.iter().map(|s| format!("{:?}:{}", s.reason, shown(&s.finding))).collect();
            match (expected == "urgent", &assessment.alarm) {
                (true, None) => { counts[1] += 1; println!("MISSED {question}\n       {aside:?}"); }
                (false, Some(alarm)) => { counts[3] += 1; println!("FALSE  {question}\n       {:?}", alarm.findings.iter().map(shown).collect::<Vec<_>>()); }
                (true, _) => counts[0] += 1,
                (false, _) => counts[2] += 1,
            }
        }
        println!("{file}: caught {} missed {} calm {} false {}; {:?} each", counts[0], counts[1], counts[2], counts[3], time / text.lines().count() as u32);
    }
}

#[test]
fn every_example_of_the_compiled_in_signs_holds() {
    let file = compiled_in_urgent();
    let (triage, mut problems) = Triage::compile(&file);
    problems.extend(triage.failing_examples(&file));
    let shown = |problem: &Problem| format!("{}: {}", problem.message, problem.help);
    let text = crate::knowledge::source::compiled_in_file("urgent.toml").text;
    for p in &problems { println!("EX {} || {}", &text[p.span.clone()], shown(p)); }
    assert!(problems.is_empty(), "{:#?}", problems.iter().map(shown).collect::<Vec<_>>());
}

#[test]
#[ignore = "a look inside, not a test"]
fn look_inside() {
    let triage = Triage::new(&compiled_in_urgent());
    let message = std::env::var("MESSAGE").expect("MESSAGE is set");
    let tokens = tokens(&message);
    let units = triage.vocabulary.units(&tokens);
    let layout = Layout::new(&units, &tokens);
    let found = triage.phrases.find(&units, &layout.ends_sentence);
    for unit in &units { println!("{} {:?}", tokens[unit.token].word, unit); println!("   {:?}", triage.vocabulary.repaired(&tokens[unit.token].word)); }
    for cue in triage.cues.matches(&found, &layout, |_, _| Reasons::NONE) {
        println!("{:?} {:?}", cue.meaning, cue.units().map(|u| tokens[units[u].token].word.clone()).collect::<Vec<_>>());
    }
    let a = triage.assess(&tokens);
    println!("{:?}\n{:?}", a.alarm.map(|a| a.findings), a.set_aside);
}
