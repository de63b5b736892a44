//! Dice that fall the same way each time, for measurements that must come out the same on every machine.

/// A generator of numbers that look drawn by chance: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
/// number generators", 2014).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The dice of this seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// The dice of this seed for `text`: another text's say nothing about them, so that a set can grow by a question
    /// and all others stay as they were.
    pub fn for_text(seed: u64, text: &str) -> Dice {
        // FNV-1a.
        Dice(text.bytes().fold(seed ^ 0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
        }))
    }

    /// The next number below `sides`, each as likely as the others.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        ((u128::from(mixed) * sides as u128) >> 64) as usize
    }

    /// One of `choices`; none of none.
    pub fn one_of<'c, T>(&mut self, choices: &'c [T]) -> Option<&'c T> {
        choices.get(self.below(choices.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dice_are_those_of_the_paper() {
        // The reference implementation's first numbers for the seed 1234567, of which `below` takes the upper bits.
        let mut dice = Dice::new(1_234_567);
        let expected = [6_457_827_717_110_365_317_u64, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!([0; 3].map(|_| dice.below(1 << 32) as u64), expected.map(|number| number >> 32));
    }

    #[test]
    fn all_sides_fall() {
        let mut dice = Dice::for_text(1, "text");
        let mut counts = [0; 6];
        (0..6_000).for_each(|_| counts[dice.below(6)] += 1);
        assert!(counts.iter().all(|count| (850..1_150).contains(count)), "{counts:?}");
    }
}
