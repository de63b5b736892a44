//! The pictures that go out with messages: drawn before anybody asks for them, and off the thread that answers.

use std::sync::Arc;
use std::time::Duration;

use serenity::all::CreateAttachment;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use crate::memory;
use crate::reload::Served;
use crate::render::discord::Message;
use crate::render::picture::{keep_only, kept, known};
use crate::sheet::drawing::Drawing;
use crate::sheet::{Content, all_drawings};

/// Between two pictures, so that drawing holds up no answer.
const PAUSE: Duration = Duration::from_millis(50);

/// Draws the guide's pictures, now and after every reload, as long as the bot runs.
pub(super) async fn keep(mut served: Served) {
    loop {
        let guide = served.guide();
        let wanted = spawn_blocking(move || keep_only(all_drawings(&guide))).await.unwrap_or_default();
        let mut ready = 0;
        for drawing in wanted {
            ready += usize::from(drawn(&drawing).await.is_some());
            sleep(PAUSE).await;
        }
        if ready > 0 {
            tracing::info!("{ready} pictures are ready");
        }
        // By now the bot has registered its commands and drawn all pictures, or left the guide of before.
        memory::give_back();
        if !served.changed().await {
            return;
        }
    }
}

/// The file that goes out with a message; nothing where it can't be drawn, for the words say the same.
pub(super) async fn file_of(message: &Message) -> Option<CreateAttachment> {
    let file = message.file.as_ref()?;
    let bytes = match &file.content {
        Content::Text(text) => text.clone().into_bytes(),
        Content::Drawing(drawing) => drawn(drawing).await?.to_vec(),
    };
    Some(CreateAttachment::bytes(bytes, file.name.as_str()))
}

async fn drawn(drawing: &Drawing) -> Option<Arc<[u8]>> {
    if let Some(known) = known(drawing) {
        return Some(known);
    }
    let drawing = drawing.clone();
    spawn_blocking(move || kept(&drawing)).await.ok().flatten()
}
