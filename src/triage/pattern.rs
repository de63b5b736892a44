//! The language of patterns: from `"red|pink + spreading|[worse]"` to the phrases it stands for.
//!
//! - `+` stands between parts which may come in any order, near each other.
//! - `|` stands between the choices of a part, each a word or several; `/` between the choices for one word.
//! - Words with spaces between them follow one another, with at most a few small words in between.
//! - `[name]` stands for each of the words of a group.
//! - `word!` is this form only; otherwise all forms with the same stem are meant.
//! - `#fever` is a number that would be a fever as a body temperature, `#fever.5` one with decimals, which is no age
//!   and no count; `#number` is any number.

use rustc_hash::FxHashMap;

use crate::text;

/// One thing a phrase is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Atom {
    /// A word in any form.
    Word(String),
    /// A word in this form only.
    Exactly(String),
    /// A number that would be a fever.
    Fever,
    /// A number that would be a fever and has decimals.
    FeverWithDecimals,
    /// Any number.
    Number,
}

/// Atoms that follow one another.
pub(super) type Phrase = Vec<Atom>;

/// The choices of a part; sorted, each once.
pub(super) type Part = Vec<Phrase>;

/// The groups read so far, by name.
pub(super) type Groups = FxHashMap<String, Part>;

/// Why a pattern can't be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// The part of the pattern that is wrong.
    pub(super) fragment: String,
    /// What is wrong with it.
    pub(super) message: String,
    /// What to write instead.
    pub(super) help: String,
}

/// So many phrases in one part are a slip of the pen: groups multiply when they follow one another.
const MOST_PHRASES: usize = 4_000;

/// The parts of `pattern`.
pub(super) fn parse(pattern: &str, groups: &Groups) -> Result<Vec<Part>, Mistake> {
    pattern.split('+').map(|part| parse_part(part, pattern, groups)).collect()
}

fn parse_part(part: &str, pattern: &str, groups: &Groups) -> Result<Part, Mistake> {
    let mut phrases = Part::new();
    for choice in part.split('|') {
        phrases.extend(parse_choice(choice, pattern, groups)?);
    }
    if phrases.len() > MOST_PHRASES {
        let message = format!("this stands for {} phrases, and {MOST_PHRASES} is the most", phrases.len());
        return Err(mistake(part, message, "put `+` between the groups, so that they need not follow one another"));
    }
    phrases.sort_by_cached_key(|phrase| format!("{phrase:?}"));
    phrases.dedup();
    Ok(phrases)
}

fn parse_choice(choice: &str, pattern: &str, groups: &Groups) -> Result<Part, Mistake> {
    let mut phrases = vec![Phrase::new()];
    for item in choice.split_whitespace() {
        let meanings: Part = item.split('/').map(|word| parse_item(word, groups)).collect::<Result<Vec<_>, _>>()?.concat();
        phrases = phrases.iter().flat_map(|start| meanings.iter().map(|end| [&start[..], end].concat())).collect();
    }
    if phrases.iter().any(Vec::is_empty) {
        let help = "write a word on both sides of each `+` and `|`, or remove the sign";
        return Err(mistake(pattern, "a word is missing in this pattern".to_owned(), help));
    }
    Ok(phrases)
}

fn parse_item(item: &str, groups: &Groups) -> Result<Part, Mistake> {
    match item {
        "#fever" => Ok(vec![vec![Atom::Fever]]),
        "#fever.5" => Ok(vec![vec![Atom::FeverWithDecimals]]),
        "#number" => Ok(vec![vec![Atom::Number]]),
        _ if item.starts_with('#') => {
            let message = format!("there is no kind of number `{item}`");
            Err(mistake(item, message, "write `#fever`, `#fever.5` or `#number`"))
        }
        _ if item.starts_with('[') => parse_group(item, groups),
        _ => Ok(vec![words(item)]),
    }
}

fn parse_group(item: &str, groups: &Groups) -> Result<Part, Mistake> {
    let name = item.trim_start_matches('[').trim_end_matches(']');
    if item != format!("[{name}]") {
        let help = "write the group's name between `[` and `]`, with spaces or `|` around it";
        return Err(mistake(item, format!("`{item}` is not the name of a group"), help));
    }
    groups.get(name).cloned().ok_or_else(|| {
        let help = match crate::diagnostic::did_you_mean(name, groups.keys().map(String::as_str)) {
            Some(meant) => format!("did you mean `[{meant}]`?"),
            None => format!("write a `[[group]]` with `name = \"{name}\"` above this"),
        };
        mistake(item, format!("there is no group `{name}`"), &help)
    })
}

/// The words of an item: one as a rule, several where it has a hyphen.
fn words(item: &str) -> Phrase {
    let exactly = item.ends_with('!');
    let atom = |word: String| if exactly { Atom::Exactly(word) } else { Atom::Word(word) };
    text::tokens(item).into_iter().map(|token| atom(token.word)).collect()
}

fn mistake(fragment: &str, message: String, help: &str) -> Mistake {
    Mistake { fragment: fragment.trim().to_owned(), message, help: help.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(pattern: &str) -> Result<Vec<Part>, Mistake> {
        let face = parse("face|both eyes", &Groups::default()).expect("the group is sound").remove(0);
        parse(pattern, &Groups::from_iter([("face".to_owned(), face)]))
    }

    #[test]
    fn parts_choices_and_groups() {
        let parts = parsed("swollen [face]|puffy! + can't see").expect("the pattern is sound");
        let shown: Vec<String> = parts.iter().map(|part| format!("{part:?}")).collect();
        assert_eq!(
            shown,
            [
                r#"[[Exactly("puffy")], [Word("swollen"), Word("both"), Word("eyes")], [Word("swollen"), Word("face")]]"#,
                r#"[[Word("cant"), Word("see")]]"#,
            ]
        );
    }

    #[test]
    fn a_mistake_is_named() {
        for (pattern, message) in [
            ("red + ", "a word is missing in this pattern"),
            ("[fase] + red", "there is no group `fase`"),
            ("[face + red", "`[face` is not the name of a group"),
            ("#cold", "there is no kind of number `#cold`"),
        ] {
            assert_eq!(parsed(pattern).map_err(|mistake| mistake.message), Err(message.to_owned()), "{pattern}");
        }
    }
}
