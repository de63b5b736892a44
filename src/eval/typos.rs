//! Typing mistakes as fingers make them, the same ones each time.

use super::dice::Dice;

/// Shorter words are seldom mistyped and often beyond repair.
const LONGER: usize = 5;

/// The rows of the keyboard, each half a key further to the right than the one above.
const KEYBOARD: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// A way to mistype the letter at a place of a word.
type Mistake = fn(&mut Vec<char>, usize, &mut Dice);

const MISTAKES: [Mistake; 4] = [swap, drop, double, slip];

/// `text` with one or two mistakes in half of its words of five letters and more.
pub fn mistyped(text: &str, seed: u64) -> String {
    let mut dice = Dice::for_text(seed, text);
    let mut written = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = first.is_alphabetic();
        let end = rest.find(|c: char| c.is_alphabetic() != is_word).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        written.push_str(&if is_word { word(run, &mut dice) } else { run.to_owned() });
        rest = behind;
    }
    written
}

fn word(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() >= LONGER && dice.below(2) == 0 {
        for _ in 0..=dice.below(2) {
            let at = dice.below(letters.len());
            MISTAKES[dice.below(MISTAKES.len())](&mut letters, at, dice);
        }
    }
    letters.into_iter().collect()
}

/// A letter changes places with the next.
fn swap(letters: &mut Vec<char>, at: usize, dice: &mut Dice) {
    match letters.get(at + 1) {
        Some(next) if *next != letters[at] => letters.swap(at, at + 1),
        _ => drop(letters, at, dice),
    }
}

/// A letter is left out.
fn drop(letters: &mut Vec<char>, at: usize, _: &mut Dice) {
    letters.remove(at);
}

/// A letter is typed twice.
fn double(letters: &mut Vec<char>, at: usize, _: &mut Dice) {
    letters.insert(at, letters[at]);
}

/// A finger slips to the next key.
fn slip(letters: &mut Vec<char>, at: usize, dice: &mut Dice) {
    match dice.one_of(&neighbours(letters[at])) {
        Some(neighbour) => letters[at] = *neighbour,
        None => double(letters, at, dice),
    }
}

/// The keys around a letter; none around one that the keyboard does not have.
fn neighbours(letter: char) -> Vec<char> {
    let letter = letter.to_ascii_lowercase();
    let place = |row: &&str| row.chars().position(|key| key == letter);
    let Some((row, column)) = (0..).zip(&KEYBOARD).find_map(|(row, keys)| Some((row, place(keys)?))) else {
        return Vec::new();
    };
    let around = [(row, -1), (row, 1), (row - 1, 0), (row - 1, 1), (row + 1, -1), (row + 1, 0)];
    let key = |(row, offset): (i32, isize)| {
        let keys = KEYBOARD.get(usize::try_from(row).ok()?)?;
        keys.chars().nth(column.checked_add_signed(offset)?)
    };
    around.into_iter().filter_map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_the_neighbours_they_have() {
        let of = |letter| neighbours(letter).into_iter().collect::<String>();
        assert_eq!(of('g'), "fhtyvb");
        assert_eq!(of('Q'), "wa");
        assert_eq!(of('m'), "njk");
        assert_eq!(of('é'), "");
    }

    #[test]
    fn about_half_of_the_longer_words_change_and_nothing_else_does() {
        let text = "How much, in dollars, does one session of this wonderful treatment cost me? ".repeat(50);
        let changed = mistyped(&text, 1);
        assert_eq!(changed, mistyped(&text, 1));
        assert_ne!(changed, mistyped(&text, 2));
        let (mut longer, mut mistaken) = (0, 0);
        for (before, after) in text.split(' ').zip(changed.split(' ')) {
            let letters = before.chars().filter(|c| c.is_alphabetic()).count();
            assert!(letters >= LONGER || before == after, "{before} became {after}");
            longer += usize::from(letters >= LONGER);
            mistaken += usize::from(before != after);
        }
        assert!((40..=60).contains(&(mistaken * 100 / longer)), "{mistaken} of {longer}");
    }
}
