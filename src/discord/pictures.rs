//! The pictures that go out with messages: drawn before anybody asks for them, and off the thread that answers.

use std::sync::Arc;

use serenity::all::CreateAttachment;
use tokio::task::spawn_blocking;

use crate::reload::Served;
use crate::render::discord::Message;
use crate::render::picture::{kept, known};
use crate::sheet::drawing::Drawing;
use crate::sheet::{Content, drawings};

/// Draws the guide's pictures, now and after every reload, as long as the bot runs.
pub(super) async fn keep(mut served: Served) {
    loop {
        let guide = served.guide();
        let drawn = spawn_blocking(move || drawings(&guide).iter().filter_map(|(_, drawing)| kept(drawing)).count());
        if let Ok(number @ 1..) = drawn.await {
            tracing::info!("{number} pictures are ready");
        }
        if !served.changed().await {
            return;
        }
    }
}

/// The message with its files: one that can't be drawn is left out, for the words say the same.
pub(super) async fn attached(message: &Message) -> (Message, Vec<CreateAttachment>) {
    let mut files = Vec::new();
    let mut attachments = Vec::new();
    for file in message.files.as_slice() {
        let bytes = match &file.content {
            Content::Text(text) => Some(text.clone().into_bytes()),
            Content::Drawing(drawing) => drawn(drawing).await.map(|picture| picture.to_vec()),
        };
        if let Some(bytes) = bytes {
            attachments.push(CreateAttachment::bytes(bytes, file.name.as_str()));
            files.push(file.clone());
        }
    }
    (Message { files: files.into_iter().collect(), ..message.clone() }, attachments)
}

async fn drawn(drawing: &Drawing) -> Option<Arc<[u8]>> {
    if let Some(known) = known(drawing) {
        return Some(known);
    }
    let drawing = drawing.clone();
    spawn_blocking(move || kept(&drawing)).await.ok().flatten()
}
