//! Figures for programs, to four decimals: finer ones say nothing of a probability or a share, and may differ from one
//! processor to the next.

use serde::{Serialize, Serializer};

/// A figure, or several.
pub(crate) trait Figure {
    /// What is written of it.
    type Rounded: Serialize;

    /// To four decimals.
    fn rounded(&self) -> Self::Rounded;
}

impl Figure for f64 {
    type Rounded = f64;

    fn rounded(&self) -> f64 {
        (self * 10_000.0).round() / 10_000.0
    }
}

impl Figure for f32 {
    type Rounded = f64;

    fn rounded(&self) -> f64 {
        f64::from(*self).rounded()
    }
}

impl<F: Figure> Figure for (F, F) {
    type Rounded = (F::Rounded, F::Rounded);

    fn rounded(&self) -> Self::Rounded {
        (self.0.rounded(), self.1.rounded())
    }
}

impl<F: Figure> Figure for Option<F> {
    type Rounded = Option<F::Rounded>;

    fn rounded(&self) -> Self::Rounded {
        self.as_ref().map(F::rounded)
    }
}

/// For serde's `serialize_with`.
pub(crate) fn serialize<F: Figure, S: Serializer>(figure: &F, serializer: S) -> Result<S::Ok, S::Error> {
    figure.rounded().serialize(serializer)
}
