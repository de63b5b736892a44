//! What was learnt: how much every word and pair of words tells. It is compiled in, and only read.
//!
//! All numbers are little-endian. The file has a head, the grams in order, how rare and how telling each is, the words that show
//! the sign, and the texts: the signs, and the words that the messages have.

use std::sync::LazyLock;

use super::grams::{Gram, GramUse};
use crate::matching::classifier::Classifier;
use crate::matching::features::{Feature, Weighted};

/// A text counts as if it had so many unknown words besides: few words say too little to be sure of.
const UNSAID: f32 = 3.0;

/// The upper bits of a gram that lead to the few that share them.
const BITS: u32 = 12;

/// The program's own table; `tools/listener` says how it is made.
pub(super) static COMPILED_IN: LazyLock<Table<'static>> =
    LazyLock::new(|| Table::read(include_bytes!("../listener.bin")));

/// A gram and its share of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sound {
    pub(super) gram: Gram,
    /// Its share of the text's length as a vector.
    pub(super) value: f32,
    /// How much it speaks for a call for help; 0 for a word that was never heard.
    pub(super) weight: f32,
}

/// What was learnt.
#[derive(Debug)]
pub(super) struct Table<'b> {
    /// The number of the messages it was learnt from.
    pub(super) source: u32,
    /// The signs that the messages show, by their ids.
    pub(super) signs: Vec<&'b str>,
    /// The words that the messages have, spelled right.
    pub(super) words: &'b str,
    /// How much any message speaks for a call for help.
    pub(super) always: f32,
    /// What a rarity of 1 stands for.
    unit_of_rarity: f32,
    unit_of_weight: f32,
    grams: &'b [[u8; 4]],
    rarities: &'b [u8],
    weights: &'b [[u8; 2]],
    /// Where the grams begin that share their upper bits.
    starts: Vec<u32>,
    /// The words that tell the signs apart, in order.
    telling: &'b [[u8; 4]],
    which: Classifier,
}

/// What is to be written.
pub(super) struct Learnt {
    pub(super) source: u32,
    pub(super) signs: Vec<String>,
    pub(super) words: Vec<String>,
    pub(super) always: f32,
    pub(super) unit_of_rarity: f32,
    /// Every gram, in order, how rare it is, and how much it speaks for a call for help.
    pub(super) grams: Vec<(Gram, u8, f32)>,
    /// The words that tell the signs apart, in order.
    pub(super) telling: Vec<Gram>,
    pub(super) which: Classifier,
}

/// How much a gram of this rarity counts: the square of its inverse document frequency, so that what is said in any story counts
/// for little.
pub(super) fn heaviness(rarity: u8, unit: f32) -> f32 {
    let idf = f32::from(rarity) * unit;
    idf * idf
}

/// What the values of a text are multiplied by to make it a vector of length 1, given the sum of their squares; `rarest` is what
/// a word counts that was never heard.
pub(super) fn scale(squares: f32, rarest: f32) -> f32 {
    1.0 / (squares + UNSAID * rarest * rarest).sqrt()
}

impl<'b> Table<'b> {
    /// Reads what [`Learnt::bytes`] wrote. It panics where the bytes are no such table: they are compiled in.
    pub(super) fn read(bytes: &'b [u8]) -> Table<'b> {
        let mut reader = Reader { rest: bytes };
        let [source, grams, telling, signs, of_signs, words] = [(); 6].map(|()| reader.number());
        let [always, unit_of_rarity, unit_of_weight] = [(); 3].map(|()| reader.float());
        let (grams, rarities, weights) = (reader.pieces(grams), reader.take(grams), reader.pieces(grams));
        let telling = reader.pieces(telling);
        let units = telling.iter().map(|_| reader.float()).collect();
        let rows = reader.take(telling.len() * signs).iter().map(|byte| *byte as i8).collect();
        let which = Classifier::of_rows(rows, units, signs);
        let signs = reader.text(of_signs).lines().collect();
        let words = reader.text(words);
        let before =
            |upper: u64| grams.partition_point(|gram| u64::from(Gram::from_le_bytes(*gram)) < upper << (32 - BITS));
        let starts = (0..=1 << BITS).map(|upper| before(upper) as u32).collect();
        let source = source as u32;
        Table {
            source,
            signs,
            words,
            always,
            unit_of_rarity,
            unit_of_weight,
            grams,
            rarities,
            weights,
            starts,
            telling,
            which,
        }
    }

    /// How much a word counts that was never heard.
    fn rarest(&self) -> f32 {
        heaviness(u8::MAX, self.unit_of_rarity)
    }

    /// The grams of a text as a vector of length 1; pairs that were never heard tell nothing.
    pub(super) fn sounds(&self, grams: &[GramUse]) -> Vec<Sound> {
        let sound = |heard: &GramUse| {
            let (value, weight) = match self.place(heard.gram) {
                Some(place) => {
                    (heard.weight * heaviness(self.rarities[place], self.unit_of_rarity), self.weight(place))
                }
                None if heard.single => (self.rarest(), 0.0),
                None => return None,
            };
            Some(Sound { gram: heard.gram, value, weight })
        };
        let mut sounds: Vec<Sound> = grams.iter().filter_map(sound).collect();
        let scale = scale(sounds.iter().map(|sound| sound.value * sound.value).sum(), self.rarest());
        sounds.iter_mut().for_each(|sound| sound.value *= scale);
        sounds
    }

    fn place(&self, gram: Gram) -> Option<usize> {
        let upper = (gram >> (32 - BITS)) as usize;
        let (start, end) = (self.starts[upper] as usize, self.starts[upper + 1] as usize);
        let place = self.grams[start..end].binary_search_by_key(&gram, |known| Gram::from_le_bytes(*known)).ok()?;
        Some(start + place)
    }

    fn weight(&self, place: usize) -> f32 {
        f32::from(i16::from_le_bytes(self.weights[place])) * self.unit_of_weight
    }

    /// How much the words of a text speak for each sign.
    pub(super) fn scores_of_signs(&self, sounds: &[Sound]) -> Vec<f32> {
        let telling = |sound: &Sound| {
            let feature = self.telling.binary_search_by_key(&sound.gram, |known| Gram::from_le_bytes(*known)).ok()?;
            Some(Weighted { feature: feature as Feature, value: sound.value })
        };
        self.which.scores(&sounds.iter().filter_map(telling).collect::<Vec<_>>())
    }
}

impl Learnt {
    /// The table, to be written to a file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let most = self.grams.iter().fold(f32::MIN_POSITIVE, |most, (_, _, weight)| most.max(weight.abs()));
        let unit_of_weight = most / f32::from(i16::MAX);
        let (signs, words) = (self.signs.join("\n"), self.words.join("\n"));
        let (rows, units) = self.which.rows();
        let mut bytes = Vec::new();
        let mut write = |piece: &[u8]| bytes.extend_from_slice(piece);
        write(&self.source.to_le_bytes());
        let counts = [self.grams.len(), self.telling.len(), self.signs.len(), signs.len(), words.len()];
        counts.iter().for_each(|count| write(&(*count as u32).to_le_bytes()));
        [self.always, self.unit_of_rarity, unit_of_weight].iter().for_each(|number| write(&number.to_le_bytes()));
        self.grams.iter().for_each(|(gram, _, _)| write(&gram.to_le_bytes()));
        self.grams.iter().for_each(|(_, rarity, _)| write(&[*rarity]));
        self.grams.iter().for_each(|(_, _, weight)| write(&((weight / unit_of_weight).round() as i16).to_le_bytes()));
        self.telling.iter().for_each(|gram| write(&gram.to_le_bytes()));
        units.iter().for_each(|unit| write(&unit.to_le_bytes()));
        rows.iter().for_each(|weight| write(&weight.to_le_bytes()));
        write(signs.as_bytes());
        write(words.as_bytes());
        bytes
    }
}

/// Takes a table apart from its front.
struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    fn take(&mut self, length: usize) -> &'b [u8] {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// So many pieces of so many bytes.
    fn pieces<const N: usize>(&mut self, count: usize) -> &'b [[u8; N]] {
        self.take(count * N).as_chunks().0
    }

    fn number(&mut self) -> usize {
        u32::from_le_bytes(self.pieces(1)[0]) as usize
    }

    fn float(&mut self) -> f32 {
        f32::from_le_bytes(self.pieces(1)[0])
    }

    fn text(&mut self, length: usize) -> &'b str {
        std::str::from_utf8(self.take(length)).expect("the table was written from texts")
    }
}
