//! Learns what a call for help sounds like, and writes it to `src/matching/listener.bin`. `README.md` says when and why.

use std::error::Error;
use std::fs;
use std::path::Path;

use exoguide::diagnostic::Diagnostic;
use exoguide::knowledge::{self, Origin};
use exoguide::matching;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = root.join("tools/listener/messages.toml");
    let text = fs::read_to_string(&file)?;
    let messages = knowledge::read_messages("tools/listener/messages.toml", &text)
        .map_err(|wrong| wrong.iter().map(Diagnostic::one_line).collect::<Vec<_>>().join("\n"))?;
    let knowledge =
        knowledge::load(&Origin::CompiledIn).knowledge.ok_or("the guide has faults: run `exoguide check`")?;
    let table = matching::learnt(&text, &messages, &knowledge);
    fs::write(root.join("src/matching/listener.bin"), &table)?;
    println!("learnt {} messages into {} kB", messages.messages().count(), table.len() / 1000);
    Ok(())
}
