//! What the bot sent, and how it reads.

use serde_json::Value;

use super::messages::is_ephemeral;

/// What the bot's sending was.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// A message in a channel, of itself or as a reply to a message.
    Message,
    /// The answer to an interaction, as a message of its own.
    Reply,
    /// The answer to a component, as a change of the message it sits on.
    Update,
    /// A further message to an interaction.
    FollowUp,
    /// A later change of a message.
    Edit,
    /// Suggestions for an option that is being typed.
    Autocomplete,
    /// A form to fill in.
    Modal,
}

/// Something the bot sent.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) kind: Kind,
    /// Whether only the person who asked sees it.
    pub(crate) ephemeral: bool,
    /// Whether the bot asked for time before.
    pub(crate) deferred: bool,
    /// The body as the bot sent it; of an interaction's answer the `data`.
    pub(crate) body: Value,
    /// The message as people see it then; of suggestions and forms the same as `body`.
    pub(crate) shown: Value,
    pub(crate) channel: String,
    /// The message this replies to.
    pub(crate) reply_to: Option<String>,
    /// The interaction this answers.
    pub(super) interaction: Option<String>,
}

impl Sent {
    pub(super) fn new(kind: Kind, body: &Value, shown: &Value) -> Self {
        Sent {
            kind,
            ephemeral: is_ephemeral(shown),
            deferred: false,
            body: body.clone(),
            shown: shown.clone(),
            channel: shown["channel_id"].as_str().unwrap_or_default().to_owned(),
            reply_to: None,
            interaction: None,
        }
    }

    /// The id of the message.
    ///
    /// # Panics
    ///
    /// Of suggestions and forms, which are no messages.
    pub(crate) fn message_id(&self) -> &str {
        self.shown["id"].as_str().unwrap_or_else(|| panic!("{:?} is no message", self.kind))
    }

    pub(crate) fn content(&self) -> &str {
        self.shown["content"].as_str().unwrap_or_default()
    }

    /// # Panics
    ///
    /// Unless the message begins with these words.
    #[track_caller]
    pub(crate) fn assert_begins(&self, words: &str) {
        assert!(self.content().starts_with(words), "`{words}` does not begin:\n{}", self.content());
    }

    /// # Panics
    ///
    /// Unless these words stand in the message.
    #[track_caller]
    pub(crate) fn assert_says(&self, words: &str) {
        assert!(self.content().contains(words), "`{words}` does not stand in:\n{}", self.content());
    }

    pub(crate) fn embeds(&self) -> &[Value] {
        list(&self.shown["embeds"])
    }

    /// The labels of the buttons, in order.
    pub(crate) fn buttons(&self) -> Vec<&str> {
        let buttons = components(&self.shown).into_iter().filter(|component| component["type"] == 2);
        buttons.map(|button| text(button, "label")).collect()
    }

    /// The names of the suggestions, in order.
    pub(crate) fn choices(&self) -> Vec<&str> {
        list(&self.shown["choices"]).iter().map(|choice| text(choice, "name")).collect()
    }

    /// What a person reads, in order, as plain text.
    ///
    /// An embed has a bar at its left; `[...]` is a button, `{...}` a select, `<...>` a file.
    pub(crate) fn transcript(&self) -> String {
        let mut lines = Vec::new();
        if self.ephemeral {
            lines.push("(only you can see this)".to_owned());
        }
        for key in ["title", "content"] {
            lines.extend(text(&self.shown, key).lines().map(str::to_owned));
        }
        lines.extend(self.embeds().iter().flat_map(embed));
        lines.extend(list(&self.shown["attachments"]).iter().map(file));
        lines.extend(list(&self.shown["components"]).iter().flat_map(component));
        lines.extend(self.choices().iter().map(|choice| format!("- {choice}")));
        lines.join("\n")
    }
}

/// Every component of a message, a parent before its children.
pub(super) fn components(message: &Value) -> Vec<&Value> {
    let mut all = Vec::new();
    for component in list(&message["components"]) {
        all.push(component);
        all.extend(components(component));
        all.extend(["accessory", "component"].iter().filter_map(|key| component.get(key)));
    }
    all
}

fn embed(embed: &Value) -> Vec<String> {
    let mut parts = vec![text(&embed["author"], "name"), text(embed, "title"), text(embed, "url")];
    parts.push(text(embed, "description"));
    let mut lines: Vec<_> = parts.into_iter().flat_map(str::lines).map(str::to_owned).collect();
    for field in list(&embed["fields"]) {
        lines.push(format!("{}:", text(field, "name")));
        lines.extend(text(field, "value").lines().map(|line| format!("  {line}")));
    }
    let images = ["image", "thumbnail"].map(|key| text(&embed[key], "url"));
    lines.extend(images.iter().filter(|url| !url.is_empty()).map(|url| format!("<{url}>")));
    lines.extend(text(&embed["footer"], "text").lines().map(str::to_owned));
    lines.iter().map(|line| format!("| {line}").trim_end().to_owned()).collect()
}

fn file(attachment: &Value) -> String {
    match text(attachment, "description") {
        "" => format!("<{}>", text(attachment, "filename")),
        description => format!("<{}: {description}>", text(attachment, "filename")),
    }
}

fn component(component: &Value) -> Vec<String> {
    match component["type"].as_u64() {
        Some(1) => vec![list(&component["components"]).iter().flat_map(self::component).collect::<Vec<_>>().join(" ")],
        Some(2) => vec![button(component)],
        Some(3) => vec![select(component)],
        Some(4) if text(component, "value").is_empty() => vec![format!("{}: ____", text(component, "label"))],
        Some(4) => vec![format!("{}: {}", text(component, "label"), text(component, "value"))],
        Some(5..=8) => vec![picker(component)],
        Some(10) => text(component, "content").lines().map(str::to_owned).collect(),
        Some(14) => vec!["---".to_owned()],
        Some(18) => {
            let inside = self::component(&component["component"]).join(" ");
            vec![format!("{} {inside}", text(component, "label"))]
        }
        _ => {
            let inside = list(&component["components"]).iter().chain(component.get("accessory"));
            inside.flat_map(self::component).collect()
        }
    }
}

fn button(button: &Value) -> String {
    let emoji = text(&button["emoji"], "name");
    let name = format!("{emoji} {}", text(button, "label"));
    let leads = button["url"].as_str().map_or_else(String::new, |url| format!(" -> {url}"));
    let disabled = if button["disabled"] == true { " (disabled)" } else { "" };
    format!("[{}{leads}{disabled}]", name.trim())
}

fn select(select: &Value) -> String {
    let options = list(&select["options"]).iter().map(|option| match text(option, "description") {
        "" => text(option, "label").to_owned(),
        description => format!("{} ({description})", text(option, "label")),
    });
    format!("{{{}: {}}}", text(select, "placeholder"), options.collect::<Vec<_>>().join(" / "))
}

/// A menu that Discord fills, with what is picked already.
fn picker(picker: &Value) -> String {
    let picked = list(&picker["default_values"]).iter().map(|picked| text(picked, "id"));
    format!("{{{}: {}}}", text(picker, "placeholder"), picked.collect::<Vec<_>>().join(" / "))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
