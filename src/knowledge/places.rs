//! Places in a text, such as `{counts}`, in which the program puts what it alone knows.

use super::adverts::FIGURE;
use super::numbers;
use crate::diagnostic::did_you_mean;

/// What `/privacy` puts into `privacy_now`.
pub(super) const HELD: [&str; 2] = ["{servers}", "{counts}"];

/// What is wrong with the first place in `text` in which nothing is put, and the way out. A text that has no `places` may
/// speak of braces, so there only what is, or looks like, a place of another text is wrong.
pub(super) fn mistake(text: &str, places: &[&'static str]) -> Option<(String, String)> {
    let all = || numbers::PLACES.into_iter().chain(HELD).chain([FIGURE]);
    let braces = text.match_indices('{').map(|(at, _)| &text[at..]);
    let mut braces = braces.filter_map(|rest| rest.find('}').map(|end| &rest[..=end]));
    if let Some(usual) = places.first() {
        let unknown = braces.find(|place| !places.contains(place))?;
        let meant = did_you_mean(unknown, places.iter().copied()).unwrap_or(usual);
        return Some((
            format!("there is nothing to put in the place of `{unknown}`"),
            format!("did you mean `{meant}`?"),
        ));
    }
    let stray = braces.find(|place| did_you_mean(place, all()).is_some())?;
    Some((
        format!("nothing is put in the place of `{stray}` here"),
        "take it out: people would read the braces".to_owned(),
    ))
}
