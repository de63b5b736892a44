//! What is kept comes back, and nothing that somebody has written is lost.

use std::fs;

use tempfile::TempDir;

use super::*;

const HERE: Snowflake = Snowflake::new(1_100_000_000_000_000_001).expect("not zero");

fn folder() -> TempDir {
    tempfile::tempdir().expect("room for a folder")
}

fn open(folder: &TempDir) -> (Store, Writing) {
    Store::open(folder.path()).expect("a folder that can be used")
}

fn own_settings() -> Server {
    Server {
        moderators_channel: Snowflake::new(7),
        moderators_role: Snowflake::new(8),
        emergency_number: Some("112".to_owned()),
        crisis_line: Some("116 123 \"day and night\"\n".to_owned()),
        unasked_channels: [9, 10].into_iter().filter_map(Snowflake::new).collect(),
        answers: Audience::Public,
    }
}

/// The names of all files in the folder and in that of the servers.
fn files(folder: &TempDir) -> Vec<String> {
    let mut names = disk::names(folder.path()).expect("a folder");
    names.extend(disk::names(&folder.path().join(SERVERS)).expect("a folder"));
    names
}

#[test]
fn what_is_kept_is_there_after_a_restart() {
    let folder = folder();
    let (store, writing) = open(&folder);
    assert_eq!(*store.server(HERE), Server::default());
    store.keep_server(HERE, own_settings());
    store.count("costs", "answer");
    store.count("costs", "answer");
    store.count("costs", "helpful");
    assert_eq!(*store.server(HERE), own_settings(), "it holds at once");
    assert_eq!(store.held(), Held { servers: 1, counts: 2 });
    drop(writing);

    let (store, _writing) = open(&folder);
    assert_eq!(*store.server(HERE), own_settings());
    assert_eq!((store.counted("costs", "answer"), store.counted("costs", "not-helpful")), (2, 0));
    assert_eq!(store.held(), Held { servers: 1, counts: 2 });
}

#[test]
fn what_is_forgotten_leaves_no_file() {
    let folder = folder();
    let (store, writing) = open(&folder);
    store.keep_server(HERE, own_settings());
    drop(writing);
    assert!(files(&folder).contains(&format!("{HERE}.toml")));
    drop(store);

    let (store, writing) = open(&folder);
    store.forget_server(HERE);
    drop(writing);
    assert_eq!(files(&folder), [LOCK, SERVERS]);
    assert_eq!(store.held(), Held::default());
}

#[test]
fn what_can_not_be_understood_is_set_aside_whole() {
    for broken in ["emergency_number = 112", "emergency_numbers = \"112\"", "emergency_number = \"ask\"", "\"", "[["] {
        let folder = folder();
        drop(open(&folder));
        let path = Entry::Server(HERE).path(folder.path());
        for kept in [format!("{HERE}.toml.broken"), format!("{HERE}.toml.2.broken")] {
            fs::write(&path, broken).expect("room for a file");
            let (store, _writing) = open(&folder);
            assert_eq!(*store.server(HERE), Server::default(), "{broken}");
            let kept = path.with_file_name(kept);
            assert_eq!(fs::read_to_string(&kept).expect("the file of before"), broken);
        }
        assert!(!path.exists());
    }
}

#[test]
fn other_files_in_the_folder_are_left_alone() {
    let folder = folder();
    drop(open(&folder));
    for name in ["notes.txt", "0.toml", "-1.toml", "1.toml.new", "1.toml~", "x.toml", ".toml"] {
        fs::write(folder.path().join(SERVERS).join(name), "anything").expect("room for a file");
    }
    let before = files(&folder);
    let (store, writing) = open(&folder);
    assert_eq!(store.held(), Held::default());
    drop(writing);
    assert_eq!(files(&folder), before);
}

#[test]
fn two_bots_can_not_use_one_folder() {
    let folder = folder();
    let (_store, writing) = open(&folder);
    let refused = Store::open(folder.path()).err().expect("it is in use");
    assert!(format!("{refused:#}").contains("another bot uses it"), "{refused:#}");
    drop(writing);
    open(&folder);
}

#[test]
fn a_folder_that_is_none_is_told() {
    let folder = folder();
    let file = folder.path().join("file");
    fs::write(&file, "").expect("room for a file");
    let refused = Store::open(&file).err().expect("it is a file");
    assert!(format!("{refused:#}").contains("can't be made: name a folder"), "{refused:#}");
}

#[test]
fn a_disk_that_fails_keeps_nothing_from_holding() {
    let folder = folder();
    let (store, writing) = open(&folder);
    // A folder can't be replaced by a file.
    fs::create_dir_all(Entry::Server(HERE).path(folder.path())).expect("room for a folder");
    store.keep_server(HERE, own_settings());
    drop(writing);
    assert!(store.is_failing());
    assert_eq!(*store.server(HERE), own_settings());
}

#[test]
fn counting_from_many_threads_loses_nothing() {
    let folder = folder();
    let (store, writing) = open(&folder);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..1_000).for_each(|_| store.count("costs", "answer")));
        }
    });
    drop(writing);
    assert_eq!(open(&folder).0.counted("costs", "answer"), 4_000);
}
