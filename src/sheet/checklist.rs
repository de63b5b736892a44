//! A list to take along: as a message, as a text, and as a page to print.

use super::drawing::{Drawing, Page};
use super::{Content, File, Sheet, list_of, paragraphs};
use crate::answer::source;
use crate::guide::Guide;
use crate::knowledge::{Checklist, Topic};

/// A box to tick, in a text.
const BOX: &str = "[ ]";

/// The list of a topic; nothing where it has none.
pub fn checklist<'g>(guide: &'g Guide, topic: &'g Topic) -> Option<Sheet<'g>> {
    let list = topic.checklist.as_ref()?;
    let items = list.items.iter().map(|item| format!("**{}:** {}", item.about, item.ask));
    let text = paragraphs([list.lead.clone(), list_of(items)]);
    let page = page(guide, topic, list);
    let content = Content::Text(printed(&page));
    let picture = File::of(topic, Drawing::Page(page));
    let as_text = File { name: format!("{}.txt", topic.id), content, ..picture.clone() };
    let files = vec![picture, as_text];
    let sheet = Sheet::of(guide, "checklist").about(guide, topic);
    Some(Sheet { title: list.title.clone(), text, files, attached: Some(&list.attached), ..sheet })
}

fn page(guide: &Guide, topic: &Topic, list: &Checklist) -> Page {
    let file = &guide.knowledge().guide;
    Page {
        title: list.title.clone(),
        lead: list.lead.clone(),
        items: list.items.iter().map(|item| (item.about.clone(), item.ask.clone())).collect(),
        footer: source(topic, &file.say).into_iter().chain([file.disclaimer.clone()]).collect(),
    }
}

/// The page as a text, with room to write.
fn printed(page: &Page) -> String {
    let items =
        page.items.iter().map(|(about, item)| format!("{BOX} {about}\n    {item}\n\n    {}\n\n", "_".repeat(60)));
    let heading = format!("{}\n{}\n\n{}\n\n", page.title, "=".repeat(page.title.chars().count()), page.lead);
    format!("{heading}{}{}\n", items.collect::<String>(), page.footer.join("\n"))
}
