//! A knowledge folder that a test may change.

use std::fs;
use std::path::{Path, PathBuf};

use exoguide::knowledge::source;
use tempfile::TempDir;

/// A folder with a guide in it, which is gone when the test is over.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// The guide that is compiled in.
    pub(crate) fn shipped() -> Self {
        let folder = Folder(tempfile::tempdir().unwrap());
        for file in source::compiled_in() {
            folder.write(&file.path, &file.text);
        }
        folder
    }

    /// A guide of two topics.
    pub(crate) fn small() -> Self {
        let folder = Folder(tempfile::tempdir().unwrap());
        folder.topic("kettles", "Copper kettles");
        folder.topic("spoons", "Silver spoons");
        folder
    }

    /// The knowledge folder. It has a folder of its own around it, in which it can be exchanged.
    pub(crate) fn path(&self) -> PathBuf {
        self.0.path().join("knowledge")
    }

    /// Writes a file, named from the knowledge folder.
    pub(crate) fn write(&self, file: &str, text: &str) {
        write(&self.path().join(file), text);
    }

    /// Writes a small topic.
    pub(crate) fn topic(&self, id: &str, title: &str) {
        self.write(&format!("topics/{id}.toml"), &topic(title));
    }

    /// Removes a topic, and every place where it is named.
    pub(crate) fn without_topic(&self, id: &str) {
        let named = format!("\"{id}\"");
        for file in source::compiled_in() {
            if file.path == format!("topics/{id}.toml") {
                fs::remove_file(self.path().join(&file.path)).unwrap();
            } else if file.text.contains(&named) {
                let text = file.text.replace(&format!("{named}, "), "").replace(&format!(", {named}"), "");
                self.write(&file.path, &text.replace(&format!("  {named},\n"), ""));
            }
        }
    }

    /// Puts another folder, with one topic in it, in the place of this one, as git and some editors do.
    pub(crate) fn exchange(&self, id: &str, title: &str) {
        let (new, old) = (self.0.path().join("new"), self.0.path().join("old"));
        write(&new.join(format!("topics/{id}.toml")), &topic(title));
        fs::rename(self.path(), old).unwrap();
        fs::rename(new, self.path()).unwrap();
    }
}

fn topic(title: &str) -> String {
    format!("title = \"{title}\"\nanswer = \"The answer about this.\"\nquestions = [\"{title}\"]\n")
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
