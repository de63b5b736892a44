//! The few functions of analysis that matching needs, in plain additions and multiplications.
//!
//! A machine's own `exp` and `ln` may differ in the last bit from another's, and replies must not: the same question
//! gets the same bytes everywhere. These also run over whole rows at once, which training at load time lives from.
//!
//! Rows are gone through by counting: without optimisation, as tests are built, an iterator takes three or four times as
//! long, and each test that starts the program trains a guide.

/// `e` to the power of `x`, within a relative error of 2e-7; for `x` from -87 to 88, and clamped beyond.
///
/// The power is split into a whole power of two, written into the exponent's bits, and a rest within ±½, for which the
/// Taylor polynomial of degree 6 is exact to single precision.
pub(crate) fn exp(x: f32) -> f32 {
    let scaled = x.clamp(-87.0, 88.0) * std::f32::consts::LOG2_E;
    // Adding 1.5 * 2^23 rounds to a whole number and leaves it in the lowest bits: no branch, no conversion.
    const ROUND: f32 = 12_582_912.0;
    let rounded = scaled + ROUND;
    let y = (scaled - (rounded - ROUND)) * std::f32::consts::LN_2;
    let series = 1.0 + y * (1.0 + y * (1.0 / 2.0 + y * (1.0 / 6.0 + y * (1.0 / 24.0 + y * (1.0 / 120.0 + y / 720.0)))));
    let exponent = rounded.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127);
    series * f32::from_bits(exponent << 23)
}

/// The natural logarithm of a positive number, by Newton's method on [`exp`].
pub(crate) fn ln(x: f32) -> f32 {
    let x = x.max(f32::MIN_POSITIVE);
    let exponent = (x.to_bits() >> 23) as i32 - 127;
    let mut y = exponent as f32 * std::f32::consts::LN_2;
    for _ in 0..4 {
        let power = exp(y);
        y += 2.0 * (x - power) / (x + power);
    }
    y
}

/// The logistic function.
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The inverse of [`sigmoid`], for probabilities kept away from 0 and 1.
pub(crate) fn logit(p: f32) -> f32 {
    let p = p.clamp(1e-6, 1.0 - 1e-6);
    ln(p / (1.0 - p))
}

/// How many numbers are worked on side by side. Adding in so many lanes fixes the order of additions for every machine,
/// and lets one with wide registers use them.
const LANES: usize = 8;

fn in_lanes(values: &[f32], start: f32, join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [start; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        let mut lane = 0;
        while lane < LANES {
            lanes[lane] = join(lanes[lane], chunk[lane]);
            lane += 1;
        }
    }
    lanes.iter().chain(rest).copied().fold(start, &join)
}

/// The greatest of `values`.
pub(crate) fn greatest(values: &[f32]) -> f32 {
    in_lanes(values, f32::NEG_INFINITY, |a, b| if a > b { a } else { b })
}

fn sum(values: &[f32]) -> f32 {
    in_lanes(values, 0.0, |a, b| a + b)
}

/// The sum of the products of two vectors' numbers.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len(), "one vector is longer");
    let mut lanes = [0.0; LANES];
    let ((a, rest_of_a), (b, rest_of_b)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (a, b) in a.iter().zip(b) {
        let mut lane = 0;
        while lane < LANES {
            lanes[lane] += a[lane] * b[lane];
            lane += 1;
        }
    }
    for ((lane, a), b) in lanes.iter_mut().zip(rest_of_a).zip(rest_of_b) {
        *lane += a * b;
    }
    lanes.iter().sum()
}

/// Adds a share of each number of `b` to the one of `a` in its place.
pub(crate) fn add(a: &mut [f32], share: f32, b: &[f32]) {
    assert_eq!(a.len(), b.len(), "one vector is longer");
    let mut at = 0;
    while at < a.len() {
        a[at] += share * b[at];
        at += 1;
    }
}

/// Turns scores into probabilities: larger scores into larger shares of 1.
pub(crate) fn softmax(scores: &mut [f32]) {
    let most = greatest(scores);
    for score in &mut *scores {
        *score = exp(*score - most);
    }
    let scale = 1.0 / sum(scores);
    for score in scores {
        *score *= scale;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_the_true_functions() {
        for x in [-80.0_f32, -3.7, -0.1, 0.0, 0.4, 1.0, 9.9, 60.0] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "exp({x}) = {}", exp(x));
        }
        for x in [1e-6_f32, 0.3, 1.0, 2.7, 4300.0, 1e9] {
            assert!((ln(x) - x.ln()).abs() < 1e-5 * x.ln().abs().max(1.0), "ln({x}) = {}", ln(x));
        }
    }

    #[test]
    fn probabilities_sum_to_one() {
        let mut scores = [1.0, 2.0, 3.0];
        softmax(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(scores[2] > scores[1] && scores[1] > scores[0]);
    }
}
