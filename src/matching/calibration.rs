//! Calibration: from scores to the probability that the best topic is a right answer.
//!
//! It is learnt when the guide is loaded, from phrasings that the classifier had not yet seen, so it holds for any
//! guide. Two things are fitted: the temperature of the scores (Guo et al., "On Calibration of Modern Neural Networks",
//! 2017), and a logistic regression on what is known of a match (Platt, 1999), by Newton's method as in Bishop,
//! "Pattern Recognition and Machine Learning" (2006), 4.3.3.

use super::numeric::{exp, ln, logit, sigmoid, softmax};

/// What is known of a match: a constant, and what follows it in [`Signals::new`].
const SIGNALS: usize = 5;

/// Fewer samples than this say nothing, and [`Calibration::default`] holds.
const LEAST_SAMPLES: usize = 40;

/// Pulls the fit toward the default where samples are few or alike.
const RIDGE: f32 = 1.0;

/// Nothing is less or more probable than this: the logits of 0 and 1 are infinite.
const IMPROBABLE: f32 = 0.001;
const PROBABLE: f32 = 0.999;

/// Newton's method doubles the right digits with each step, so these are more than enough.
const STEPS: usize = 12;

/// How often a step that overshoots is halved.
const HALVINGS: i32 = 6;

/// A smaller pivot is zero but for rounding.
const ZERO: f32 = 1e-9;

/// The range in which the factor for scores is looked for, wide enough for any guide. Each round leaves so much of it: a
/// twentieth in the end, on a logarithmic scale.
const LEAST_FACTOR: f32 = 0.1;
const MOST_FACTOR: f32 = 10.0;
const GOLDEN: f32 = 0.618_034;
const ROUNDS: usize = 6;

/// What is known of the best topic's match with a question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signals([f32; SIGNALS]);

impl Signals {
    /// `probability` of the topic among all classes, `likeness` of its nearest phrasings, `nearness` in meaning, and the
    /// share of the question that is `unknown` to the knowledge.
    pub(crate) fn new(probability: f32, likeness: f32, nearness: f32, unknown: f32) -> Signals {
        Signals([1.0, logit(probability.clamp(IMPROBABLE, PROBABLE)), likeness, nearness, unknown])
    }
}

/// A match whose outcome is known.
pub(crate) struct Sample {
    /// What was known.
    pub(crate) signals: Signals,
    /// Whether the topic was a right answer.
    pub(crate) right: bool,
    /// How much the sample counts.
    pub(crate) weight: f32,
}

/// The fitted logistic regression.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Calibration([f32; SIGNALS]);

impl Default for Calibration {
    /// The probability as it is, less where words are unknown.
    fn default() -> Calibration {
        Calibration([0.0, 1.0, 0.0, 0.0, -2.0])
    }
}

impl Calibration {
    /// The probability that the topic is a right answer.
    pub(crate) fn confidence(&self, signals: Signals) -> f32 {
        sigmoid(self.0.iter().zip(signals.0).map(|(weight, signal)| weight * signal).sum())
    }

    /// The weights under which the samples are most likely, near the default where they don't tell.
    pub(crate) fn fit(samples: &[Sample]) -> Calibration {
        let prior = Calibration::default();
        let both = samples.iter().any(|sample| sample.right) && samples.iter().any(|sample| !sample.right);
        if samples.len() < LEAST_SAMPLES || !both {
            return prior;
        }
        let mut fitted = prior;
        for _ in 0..STEPS {
            let (gradient, curvature) = slope(&fitted, &prior, samples);
            let Some(step) = solve(curvature, gradient) else { break };
            let Some(better) = downhill(&fitted, step, &prior, samples) else { break };
            fitted = better;
        }
        fitted
    }

    /// The fitted weights less a share of `step`.
    fn less(&self, step: [f32; SIGNALS], share: f32) -> Calibration {
        let mut moved = *self;
        moved.0.iter_mut().zip(step).for_each(|(weight, step)| *weight -= share * step);
        moved
    }
}

/// The first of the whole step, half of it, a quarter and so on that makes the samples more likely: a whole one may
/// overshoot where they are told apart nearly without error.
fn downhill(
    fitted: &Calibration,
    step: [f32; SIGNALS],
    prior: &Calibration,
    samples: &[Sample],
) -> Option<Calibration> {
    let before = loss(fitted, prior, samples);
    let shares = (0..HALVINGS).map(|halved| 0.5_f32.powi(halved));
    shares.map(|share| fitted.less(step, share)).find(|moved| loss(moved, prior, samples) < before)
}

/// How unlikely the samples are, and how far the weights are from the prior: what the fit makes small.
fn loss(fitted: &Calibration, prior: &Calibration, samples: &[Sample]) -> f32 {
    let of_one = |sample: &Sample| {
        let p = fitted.confidence(sample.signals).clamp(IMPROBABLE, PROBABLE);
        -sample.weight * ln(if sample.right { p } else { 1.0 - p })
    };
    let pull: f32 = fitted.0.iter().zip(prior.0).map(|(weight, prior)| (weight - prior) * (weight - prior)).sum();
    samples.iter().map(of_one).sum::<f32>() + 0.5 * RIDGE * pull
}

type Square = [[f32; SIGNALS]; SIGNALS];

fn slope(fitted: &Calibration, prior: &Calibration, samples: &[Sample]) -> ([f32; SIGNALS], Square) {
    let mut gradient = [0.0; SIGNALS];
    let mut curvature = [[0.0; SIGNALS]; SIGNALS];
    for sample in samples {
        let p = fitted.confidence(sample.signals);
        let error = (p - f32::from(u8::from(sample.right))) * sample.weight;
        let bend = p * (1.0 - p) * sample.weight;
        for (i, a) in sample.signals.0.iter().enumerate() {
            gradient[i] += error * a;
            for (j, b) in sample.signals.0.iter().enumerate() {
                curvature[i][j] += bend * a * b;
            }
        }
    }
    for i in 0..SIGNALS {
        gradient[i] += RIDGE * (fitted.0[i] - prior.0[i]);
        curvature[i][i] += RIDGE;
    }
    (gradient, curvature)
}

/// Solves a small system of equations by Gaussian elimination; the matrix is positive definite, so no pivot is zero.
fn solve(mut matrix: Square, mut right: [f32; SIGNALS]) -> Option<[f32; SIGNALS]> {
    for pivot in 0..SIGNALS {
        if matrix[pivot][pivot].abs() < ZERO {
            return None;
        }
        for row in pivot + 1..SIGNALS {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            let pivots = matrix[pivot];
            for (value, above) in matrix[row].iter_mut().zip(pivots).skip(pivot) {
                *value -= factor * above;
            }
            right[row] -= factor * right[pivot];
        }
    }
    for row in (0..SIGNALS).rev() {
        let known: f32 = (row + 1..SIGNALS).map(|column| matrix[row][column] * right[column]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    Some(right)
}

/// The factor for scores under which the right classes are most likely, by golden section search on a logarithmic scale
/// (Kiefer, "Sequential Minimax Search for a Maximum", 1953): the likelihood has one peak.
pub(crate) fn temperature(scored: &[(&[f32], usize, f32)]) -> f32 {
    if scored.len() < LEAST_SAMPLES {
        return 1.0;
    }
    let of = |log: f32| likelihood(scored, exp(log));
    let (mut low, mut high) = (ln(LEAST_FACTOR), ln(MOST_FACTOR));
    let (mut a, mut b) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut of_a, mut of_b) = (of(a), of(b));
    for _ in 0..ROUNDS {
        if of_a > of_b {
            (high, b, of_b) = (b, a, of_a);
            a = high - GOLDEN * (high - low);
            of_a = of(a);
        } else {
            (low, a, of_a) = (a, b, of_b);
            b = low + GOLDEN * (high - low);
            of_b = of(b);
        }
    }
    exp((low + high) / 2.0)
}

fn likelihood(scored: &[(&[f32], usize, f32)], factor: f32) -> f32 {
    let mut probabilities = Vec::new();
    let of_one = |(scores, right, weight): &(&[f32], usize, f32)| {
        probabilities.clear();
        probabilities.extend(scores.iter().map(|score| score * factor));
        softmax(&mut probabilities);
        weight * ln(probabilities[*right])
    };
    scored.iter().map(of_one).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fit_follows_the_samples() {
        let sample = |p: f32, right| Sample { signals: Signals::new(p, 0.5, 0.5, 0.0), right, weight: 1.0 };
        let samples: Vec<Sample> =
            (0..200).map(|n| if n % 2 == 0 { sample(0.9, n % 10 != 0) } else { sample(0.2, n % 10 == 1) }).collect();
        let fitted = Calibration::fit(&samples);
        let near = |p: f32, expected: f32| (fitted.confidence(Signals::new(p, 0.5, 0.5, 0.0)) - expected).abs() < 0.05;
        assert!(near(0.9, 0.8) && near(0.2, 0.2), "{fitted:?}");
    }
}
