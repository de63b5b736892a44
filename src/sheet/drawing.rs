//! What is to be drawn, as values: whoever renders it decides how it looks, and everybody else has it in words.

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawing {
    /// Ranges of figures side by side.
    Ranges(Ranges),
    /// What happens, in order.
    Steps(Steps),
    /// A list on a page to print.
    Page(Page),
}

/// Ranges of figures side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranges {
    /// What the picture shows.
    pub title: String,
    /// The ranges, in order.
    pub bars: Vec<Bar>,
    /// Where the figures come from.
    pub source: String,
}

/// A range.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it belongs to.
    pub name: String,
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// How it is written.
    pub figure: String,
    /// Whether it is the one that matters.
    pub own: bool,
}

/// What happens, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// What the picture shows.
    pub title: String,
    /// The steps.
    pub steps: Vec<Step>,
    /// Where they come from.
    pub source: String,
}

/// A step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When it is, or what it is called.
    pub when: String,
    /// How long it takes, or how far away it is.
    pub figure: Option<String>,
    /// What happens.
    pub what: String,
}

/// A list on a page to print.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The heading.
    pub title: String,
    /// Stands below it.
    pub lead: String,
    /// What each item is about, and the item.
    pub items: Vec<(String, String)>,
    /// Stands below all.
    pub footer: Vec<String>,
}

impl Drawing {
    /// What it shows.
    pub fn title(&self) -> &str {
        match self {
            Drawing::Ranges(ranges) => &ranges.title,
            Drawing::Steps(steps) => &steps.title,
            Drawing::Page(page) => &page.title,
        }
    }

    /// The same in words, for whoever can't see it.
    pub fn in_words(&self) -> String {
        let lines: Vec<String> = match self {
            Drawing::Ranges(ranges) => ranges.bars.iter().map(Bar::in_words).collect(),
            Drawing::Steps(steps) => steps.steps.iter().map(Step::in_words).collect(),
            Drawing::Page(page) => page.items.iter().map(|(about, item)| format!("{about}: {item}")).collect(),
        };
        std::iter::once(ended(self.title())).chain(lines.iter().map(|line| ended(line))).collect::<Vec<_>>().join(" ")
    }
}

impl Bar {
    fn in_words(&self) -> String {
        format!("{}: {}", self.name, self.figure)
    }
}

impl Step {
    /// `Results, 3–6 months: what happens`.
    pub fn in_words(&self) -> String {
        let figure = self.figure.as_ref().map(|figure| format!(", {figure}")).unwrap_or_default();
        format!("{}{figure}: {}", self.when, self.what)
    }
}

/// The text with a full stop, where it has no end of its own.
fn ended(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}
