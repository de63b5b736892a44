//! A sum of the guide's own figures, with how it was added up and what the guide gives no figure for.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::ranges;
use super::drawing::{Bar, Drawing, Ranges};
use super::{Again, File, Sheet, list, paragraphs};
use crate::guide::Guide;
use crate::knowledge::{Figure, Row, Sums, Times, Topic};

/// What is to be added up: the numbers and the switches that were filled in, by option.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// How many of each.
    pub numbers: BTreeMap<String, i64>,
    /// What is switched on.
    pub switches: BTreeSet<String>,
}

/// So many times a row's figure.
struct Item<'g> {
    row: &'g Row,
    figure: &'g Figure,
    times: &'g Times,
    number: u16,
}

/// The sum of a topic's figures; nothing where the topic has none to add up, or nothing is wanted.
pub fn sums<'g>(guide: &'g Guide, topic: &'g Topic, wanted: &Wanted) -> Option<Sheet<'g>> {
    let words = topic.sums.as_ref()?;
    let items: Vec<Item<'_>> = items(topic, wanted).collect();
    let total = total(&items)?;
    let lines: Vec<String> = items.iter().map(line).collect();
    let beyond = |item: &Item<'_>| {
        item.times.beyond.clone().filter(|_| item.times.usual.is_some_and(|usual| item.number > usual))
    };
    let others = beside_others(guide, words, &items);
    let text = paragraphs(
        [lines.join("\n"), format!("**{}: {total}**", words.total)]
            .into_iter()
            .chain(items.iter().filter_map(beyond))
            .chain([words.how.clone(), words.not_given.clone()])
            .chain(others.as_ref().map(|(_, ranges)| in_words(ranges))),
    );
    let files = others.map(|(topic, ranges)| File::of(topic, Drawing::Ranges(ranges))).into_iter().collect();
    let sheet = Sheet::of(guide, "sum").about(guide, topic);
    Some(Sheet { title: words.title.clone(), text, files, again: again(&items, wanted), ..sheet })
}

/// What [`Wanted::parse`] makes the same of.
fn again(items: &[Item<'_>], wanted: &Wanted) -> Again {
    let numbers = items.iter().map(|item| format!("{}={}", item.times.option.value, item.number));
    Again::Typed(numbers.chain(wanted.switches.iter().cloned()).collect::<Vec<_>>().join(","))
}

/// What stands in the picture.
fn in_words(ranges: &Ranges) -> String {
    list(&ranges.title, ranges.bars.iter().map(|bar| format!("{}: {}", bar.name, bar.figure)))
}

/// What falls into the first year, beside the figures of the first table that is drawn.
fn beside_others<'g>(guide: &'g Guide, words: &Sums, items: &[Item<'_>]) -> Option<(&'g Topic, Ranges)> {
    let sum = total(items.iter().filter(|item| !item.times.later))?;
    let bar = Bar { name: words.first.clone(), low: sum.low, high: upper(&sum), figure: sum.to_string(), own: true };
    let compared = |topic: &&Topic| topic.compared().is_some_and(|(_, compare)| compare.draw.is_some());
    let topic = guide.knowledge().topics.iter().find(compared)?;
    Some((topic, ranges(guide, topic, &[], Some(bar))?))
}

/// The sums that are asked for most: up to the usual number of each.
pub(super) fn usual<'g>(guide: &'g Guide, topic: &'g Topic) -> Vec<Sheet<'g>> {
    up_to(guide, topic, |times| times.usual.unwrap_or(1))
}

/// The sums of up to the largest number of each.
pub(super) fn all<'g>(guide: &'g Guide, topic: &'g Topic) -> Vec<Sheet<'g>> {
    up_to(guide, topic, |times| times.most)
}

/// The sums of up to so many of each, with and without what can take its place.
fn up_to<'g>(guide: &'g Guide, topic: &'g Topic, most: impl Fn(&Times) -> u16) -> Vec<Sheet<'g>> {
    let switches = topic.instead().map(|(_, instead)| BTreeSet::from([instead.option.value.clone()]));
    let switches: Vec<BTreeSet<String>> = switches.chain([BTreeSet::new()]).collect();
    let counted = topic.counted().filter(|(_, _, times)| !times.later);
    let numbers = counted.flat_map(|(_, _, times)| {
        let each = 1..=i64::from(most(times));
        each.map(|number| BTreeMap::from([(times.option.value.clone(), number)]))
    });
    let wanted = numbers.flat_map(|numbers| {
        let with = |switches: &BTreeSet<String>| Wanted { numbers: numbers.clone(), switches: switches.clone() };
        switches.iter().map(with).collect::<Vec<_>>()
    });
    wanted.filter_map(|wanted| sums(guide, topic, &wanted)).collect()
}

fn items<'g>(topic: &'g Topic, wanted: &Wanted) -> impl Iterator<Item = Item<'g>> {
    topic.counted().filter_map(|(_, row, times)| {
        let mut instead = topic.instead().filter(|(_, instead)| instead.row.value == row.id);
        let instead = instead.find(|(_, instead)| wanted.switches.contains(&instead.option.value));
        // Who only says how they want it wants one.
        let number = wanted.numbers.get(&times.option.value).copied().unwrap_or(i64::from(instead.is_some()));
        let number = u16::try_from(number.clamp(0, i64::from(times.most))).unwrap_or_default();
        let row = instead.map_or(row, |(row, _)| row);
        (number > 0).then_some(Item { row, figure: row.figure()?, times, number })
    })
}

/// `3 × $1,500–5,000 = $4,500–15,000`, behind what it is for.
fn line(item: &Item<'_>) -> String {
    let name = item.row.cells.first().map(ToString::to_string).unwrap_or_default();
    let (one, all) = (bare(item.figure), times(item.figure, item.number));
    match item.number {
        1 => format!("- **{name}:** {one}"),
        number => format!("- **{name}:** {number} × {one} = {all}"),
    }
}

fn total<'i, 'g: 'i>(items: impl IntoIterator<Item = &'i Item<'g>>) -> Option<Figure> {
    let figures = items.into_iter().map(|item| times(item.figure, item.number));
    figures.reduce(|sum, figure| Figure { low: sum.low + figure.low, high: Some(upper(&sum) + upper(&figure)), ..sum })
}

fn times(figure: &Figure, number: u16) -> Figure {
    let number = f64::from(number);
    Figure { low: figure.low * number, high: figure.high.map(|high| high * number), ..bare(figure) }
}

/// The figure without what it is counted for.
fn bare(figure: &Figure) -> Figure {
    Figure { per: None, note: None, ..figure.clone() }
}

fn upper(figure: &Figure) -> f64 {
    figure.high.unwrap_or(figure.low)
}

impl Wanted {
    /// What is typed behind a command: `sessions=3 with_prp`, with a `:` as well as a `=`; words that are none of the topic's
    /// options are left.
    pub fn parse(topic: &Topic, typed: &str) -> Wanted {
        let mut wanted = Wanted::default();
        let known: BTreeSet<&str> = topic.counted().map(|(_, _, times)| times.option.as_str()).collect();
        for word in typed.split(|c: char| c.is_whitespace() || c == ',') {
            let (option, value) = word.split_once(['=', ':']).unwrap_or((word, ""));
            if known.contains(option) {
                wanted.numbers.extend(value.parse().ok().map(|number| (option.to_owned(), number)));
            } else if !matches!(value, "no" | "false")
                && topic.instead().any(|(_, instead)| instead.option.value == option)
            {
                wanted.switches.insert(option.to_owned());
            }
        }
        wanted
    }
}
