//! The measures, each as in the literature that is named beside it.

use serde::Serialize;

use crate::decimals;

/// A count among several, with the interval in which the true share lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Share {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub of: usize,
    /// Their quotient; `None` of none.
    #[serde(serialize_with = "decimals::serialize", skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// The 95 % interval of the true share (Wilson's score interval, 1927).
    #[serde(serialize_with = "decimals::serialize", skip_serializing_if = "Option::is_none")]
    pub interval: Option<(f64, f64)>,
}

impl Share {
    /// `count` of `of`.
    pub fn new(count: usize, of: usize) -> Share {
        let share = (of > 0).then(|| count as f64 / of as f64);
        Share { count, of, share, interval: share.map(|share| wilson(share, of as f64)) }
    }

    /// How many of `items` are as `holds` says.
    pub fn among<T>(items: &[T], holds: impl Fn(&T) -> bool) -> Share {
        Share::new(items.iter().filter(|item| holds(item)).count(), items.len())
    }
}

/// Wilson's interval for a share seen in `n` cases. Unlike the usual one it is sound for shares near 0 and 1 and for
/// small sets, which is what sets of questions are.
fn wilson(share: f64, n: f64) -> (f64, f64) {
    /// The normal distribution has 95 % of its mass within so many standard deviations.
    const Z: f64 = 1.959_963_984_540_054;
    let z2 = Z * Z;
    let centre = share + z2 / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z2 / n;
    (((centre - half) / whole).max(0.0), ((centre + half) / whole).min(1.0))
}

/// How sure the guide was of its best-ranked topic, and whether that was right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// The confidence, 0 to 1.
    pub confidence: f32,
    /// Whether the best-ranked topic was right.
    pub right: bool,
    /// Whether any topic could be right.
    pub in_scope: bool,
}

/// How far confidence can be taken at its word.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Calibration {
    /// Expected calibration error (Naeini et al. 2015, Guo et al. 2017): how far confidence lies from the share of
    /// right answers, averaged over the bins by their number of questions. 0 is best.
    #[serde(serialize_with = "decimals::serialize", skip_serializing_if = "Option::is_none")]
    pub error: Option<f64>,
    /// The questions by confidence, in steps of a tenth.
    pub bins: Vec<Bin>,
}

/// The questions whose confidence lies in a tenth of the scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// The lowest confidence.
    pub from: f64,
    /// The highest; the next bin starts here.
    pub to: f64,
    /// How many questions.
    pub questions: usize,
    /// Their average confidence.
    #[serde(serialize_with = "decimals::serialize", skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// The share of them whose best-ranked topic was right.
    #[serde(serialize_with = "decimals::serialize", skip_serializing_if = "Option::is_none")]
    pub right: Option<f64>,
}

const BINS: usize = 10;

/// The calibration over all judgements.
pub fn calibration(judgements: &[Judgement]) -> Calibration {
    let bins: Vec<Bin> = (0..BINS).map(|number| bin(number, judgements)).collect();
    let gap = |bin: &Bin| Some((bin.right? - bin.confidence?).abs() * bin.questions as f64);
    let gaps: f64 = bins.iter().filter_map(gap).sum();
    let error = (!judgements.is_empty()).then(|| gaps / judgements.len() as f64);
    Calibration { error, bins }
}

fn bin(number: usize, judgements: &[Judgement]) -> Bin {
    let number_of = |confidence: f32| ((confidence * BINS as f32) as usize).min(BINS - 1);
    let inside: Vec<&Judgement> = judgements.iter().filter(|one| number_of(one.confidence) == number).collect();
    let mean = |value: &dyn Fn(&Judgement) -> f64| {
        (!inside.is_empty()).then(|| inside.iter().map(|one| value(one)).sum::<f64>() / inside.len() as f64)
    };
    Bin {
        from: number as f64 / BINS as f64,
        to: (number + 1) as f64 / BINS as f64,
        questions: inside.len(),
        confidence: mean(&|one| f64::from(one.confidence)),
        right: mean(&|one| f64::from(u8::from(one.right))),
    }
}

/// The probability that confidence is higher for a question in scope than for one out of scope, ties counting half
/// (the area under the receiver operating characteristic; Hanley and McNeil 1982). 0.5 is chance.
pub fn auroc(judgements: &[Judgement]) -> Option<f64> {
    let (inside, outside): (Vec<_>, Vec<_>) = judgements.iter().partition(|one| one.in_scope);
    let pairs = inside.len() * outside.len();
    let won = |a: f32, b: f32| if a > b { 2 } else { usize::from(a == b) };
    let halves: usize = inside
        .iter()
        .map(|a: &&Judgement| outside.iter().map(|b| won(a.confidence, b.confidence)).sum::<usize>())
        .sum();
    (pairs > 0).then(|| halves as f64 / (2 * pairs) as f64)
}

/// OSC10: how many of the questions in scope are answered rightly when the threshold is set so that at most one in ten
/// of those out of scope is answered. Matching and abstaining in one figure; `None` where there is nothing to abstain
/// from.
pub fn osc10(judgements: &[Judgement]) -> Option<Share> {
    let in_scope = judgements.iter().filter(|one| one.in_scope).count();
    let outside = judgements.len() - in_scope;
    if in_scope == 0 || outside == 0 {
        return None;
    }
    let mut falling: Vec<&Judgement> = judgements.iter().collect();
    falling.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let (mut right, mut let_through) = (0, 0);
    // A threshold can't tell equal confidences apart, so they come together.
    for equal in falling.chunk_by(|a, b| a.confidence == b.confidence) {
        let_through += equal.iter().filter(|one| !one.in_scope).count();
        if let_through * 10 > outside {
            break;
        }
        right += equal.iter().filter(|one| one.in_scope && one.right).count();
    }
    Some(Share::new(right, in_scope))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judgement(confidence: f32, right: bool, in_scope: bool) -> Judgement {
        Judgement { confidence, right, in_scope }
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 0.0005, "{found} is not {expected}");
    }

    #[test]
    fn wilson_intervals_are_those_of_the_textbook() {
        // Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
        for (count, of, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let (from, to) = Share::new(count, of).interval.expect("there are cases");
            close(from, low);
            close(to, high);
        }
        assert_eq!(Share::new(0, 0).interval, None);
    }

    #[test]
    fn calibration_error_weighs_bins_by_their_questions() {
        // 0.25 and 0.25, one right: |0.5 - 0.25| of 2; 0.875, right: |1 - 0.875| of 1; 1.0, wrong: |0 - 1| of 1, but the
        // last bin reaches to 1 and holds 0.9375 too: (1.0 + 0.9375) / 2 sure, one of two right.
        let judgements = [
            judgement(0.25, true, true),
            judgement(0.25, false, false),
            judgement(0.875, true, true),
            judgement(1.0, false, true),
            judgement(0.9375, true, true),
        ];
        let calibration = calibration(&judgements);
        close(calibration.error.expect("there are questions"), (2.0 * 0.25 + 0.125 + 2.0 * 0.46875) / 5.0);
        let questions: Vec<usize> = calibration.bins.iter().map(|bin| bin.questions).collect();
        assert_eq!(questions, [0, 0, 2, 0, 0, 0, 0, 0, 1, 2]);
        assert_eq!((calibration.bins[2].confidence, calibration.bins[2].right), (Some(0.25), Some(0.5)));
        assert_eq!(super::calibration(&[]).error, None);
    }

    #[test]
    fn auroc_counts_pairs_and_half_of_the_ties() {
        let judgements = [
            judgement(0.9, true, true),
            judgement(0.5, true, true),
            judgement(0.5, false, false),
            judgement(0.7, false, false),
        ];
        // 0.9 beats both; 0.5 ties once and loses once: 2.5 of 4.
        close(auroc(&judgements).expect("there are both kinds"), 0.625);
        assert_eq!(auroc(&judgements[..2]), None);
    }

    #[test]
    fn osc10_stops_before_too_many_are_let_through() {
        let mut judgements: Vec<Judgement> = (0..10).map(|n| judgement(n as f32 / 10.0, false, false)).collect();
        judgements.extend([
            judgement(0.95, true, true),
            judgement(0.85, true, true),
            judgement(0.85, false, true),
            // Equal to the second question out of scope, so that no threshold lets it through alone.
            judgement(0.8, true, true),
        ]);
        // One of ten may pass (0.9), the second (0.8) may not.
        let share = osc10(&judgements).expect("there are both kinds");
        assert_eq!((share.count, share.of), (2, 4));
        assert_eq!(osc10(&judgements[..10]), None);
    }
}
