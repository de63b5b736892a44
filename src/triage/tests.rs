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
