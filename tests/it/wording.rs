//! What the shipped guide's facts and claims let through, and what they refuse.

use std::collections::BTreeSet;

use exoguide::knowledge::{Origin, load_and_try};

use crate::support::knowledge::Folder;

/// A line of a topic, and the code of what must be found in it; none where it may stand.
type Case = (&'static str, &'static str);

const CLAIM: &str = "forbidden-claim";
/// A topic with prices says when they were checked.
const KIND: &str = "kind = \"prices\"\nreviewed = 2026-11-23\n";

const FACT: &str = "not-in-facts";

/// The lines of which `check` says something else than is expected, when they stand in a topic of the shipped guide.
fn misjudged(cases: &[Case]) -> Vec<String> {
    let folder = Folder::shipped();
    let lines: Vec<&str> = cases.iter().map(|(line, _)| *line).collect();
    let topic =
        format!("title = \"A test\"\nanswer = \"Just a test.\"\ndetails = '''\n{}\n'''\n{KIND}", lines.join("\n"));
    folder.write("topics/test.toml", &topic);
    let found = load_and_try(&Origin::Folder(folder.path()), None, |_| Vec::new()).diagnostics;
    let found: BTreeSet<(&str, &str)> = found
        .iter()
        .filter(|diagnostic| diagnostic.file == "topics/test.toml" && diagnostic.is_error())
        .filter_map(|diagnostic| Some((diagnostic.place.as_ref()?.text.as_str(), diagnostic.code)))
        .collect();
    let of = |line: &str| found.iter().filter(|(there, _)| *there == line).map(|(_, code)| *code).collect::<Vec<_>>();
    let wrong = cases.iter().filter(|(line, code)| match *code {
        "" => !of(line).is_empty(),
        code => !of(line).contains(&code),
    });
    wrong.map(|(line, code)| format!("`{line}`: {code:?} expected, found {:?}", of(line))).collect()
}

fn check(cases: &[Case]) {
    let wrong = misjudged(cases);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn claims_are_refused_unless_they_are_denied_or_asked_about() {
    check(&[
        ("Exosomes cure baldness.", CLAIM),
        ("This heals hair loss for good.", CLAIM),
        ("Exosomes reverse balding.", CLAIM),
        ("Results are guaranteed.", CLAIM),
        ("We guarantee that your hair grows back.", CLAIM),
        ("It will regrow your hair.", CLAIM),
        ("It works for everyone.", CLAIM),
        ("You get permanent results.", CLAIM),
        ("The treatment is safe.", CLAIM),
        ("It is very safe, and it helps.", CLAIM),
        ("There are no side effects.", CLAIM),
        ("The injections are painless.", CLAIM),
        ("It is a proven treatment.", CLAIM),
        ("Exosome therapy is effective.", CLAIM),
        ("It works well.", CLAIM),
        ("Exosome therapy is FDA-approved.", CLAIM),
        ("The product is approved by the FDA.", CLAIM),
        ("Your insurance covers the session.", CLAIM),
        ("This is the best clinic in town.", CLAIM),
        ("We recommend three visits.", CLAIM),
        ("You should get a session.", CLAIM),
        ("There is zero downtime and no danger.", CLAIM),
        ("Side effects do not occur.", CLAIM),
        ("You will see full regrowth.", CLAIM),
        ("Your hair will grow back.", CLAIM),
        ("Studies prove that it works.", CLAIM),
        ("Covered by most insurers.", CLAIM),
        ("Stop taking finasteride.", CLAIM),
        ("Exosome therapy is superior to all other treatments.", CLAIM),
        ("Our top-rated provider will help you.", CLAIM),
        ("It is not a cure.", ""),
        // Near to a word of a pattern, and another word.
        ("The guide says nothing on curls.", ""),
        ("No clinic can promise results.", ""),
        ("Nobody can guarantee that it works.", ""),
        ("It is not FDA-approved.", ""),
        ("No exosome product has FDA approval.", ""),
        ("Is it safe?", ""),
        ("The guide does not call it safe.", ""),
        ("A clinic may call it FDA-approved.", ""),
        ("No current US health plan covers it.", ""),
        ("It may or may not work well for you.", ""),
        ("Finasteride and minoxidil are proven.", ""),
        ("How well it is proven is another question.", ""),
        ("The guide does not say which clinic is best.", ""),
    ]);
}

#[test]
fn figures_and_dates_are_refused_unless_the_facts_have_them() {
    check(&[
        ("A session costs $1,500–5,000.", ""),
        ("A session costs $1,500 to $5,000.", ""),
        ("A session costs $1,500.", FACT),
        ("A session costs $1,600–5,000.", FACT),
        ("A session costs 1,500–5,000 euros.", FACT),
        ("A visit takes 60 to 90 minutes.", ""),
        ("A visit takes 60 to 90 hours.", FACT),
        ("The redness lasts 24–48 hours.", ""),
        ("The redness lasts two days.", FACT),
        ("There are two ways.", ""),
        ("There were 20 patients.", ""),
        ("There were twenty patients.", ""),
        ("There were thirty patients.", FACT),
        ("There were 20 weeks.", FACT),
        ("Results show after four months.", FACT),
        ("It helps 80% of people.", FACT),
        ("Half of the patients had more hair.", FACT),
        ("In December 2019, the FDA warned of it.", ""),
        ("In 2019, the FDA warned of it.", ""),
        ("In January 2019, the FDA warned of it.", FACT),
        ("The study is from 2021.", FACT),
        ("At Norwood 2–4 it may help.", ""),
        ("At Norwood 5–7 it may help.", FACT),
    ]);
}

#[test]
fn statuses_and_names_are_refused_unless_the_facts_have_them() {
    check(&[
        ("PRP is not approved for hair.", ""),
        ("PRP is approved for hair.", FACT),
        ("Minoxidil is approved.", ""),
        ("Finasteride and minoxidil are approved, while PRP and PRF are not approved.", ""),
        ("Minoxidil is not approved.", FACT),
        ("LLLT devices are cleared.", ""),
        ("LLLT devices are approved.", FACT),
        ("Exosome products are cleared.", FACT),
        ("For PRP there is moderate evidence.", ""),
        ("For exosome therapy there is strong evidence.", FACT),
        ("A clinic in Nebraska was named.", ""),
        ("A clinic in Nevada was named.", FACT),
        ("The product carries VEGF.", ""),
        ("The product carries EGFR.", FACT),
    ]);
}
