//! The house rules that a compiler does not watch: which room may use which, where the disk and the terminal are
//! touched, how long a file may be. See ARCHITECTURE.md.

use std::fs;
use std::path::Path;

/// From top to bottom: a room may use only rooms below it.
const ROOMS: &[&str] = &[
    "main",
    "cli",
    "serve",
    "build",
    "site",
    "render",
    "theme",
    "check",
    "link",
    "concept",
    "index",
    "markdown",
    "book",
    "config",
    "highlight",
    "diagram",
    "search",
    "web",
    "starter",
    "output",
    "path",
    "address",
    "diagnostic",
];
/// The rooms that may read or write files.
const DISK: &[&str] = &["book", "site"];
/// The room that may print.
const TERMINAL: &[&str] = &["cli"];
/// The room that may ask other machines.
const NETWORK: &[&str] = &["web"];
/// Names that say nothing.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "common", "misc", "shared"];
const LONGEST: usize = 600;

struct File {
    name: String,
    room: String,
    /// Without its tests.
    code: String,
    lines: usize,
}

fn files() -> Vec<File> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<File> = walkdir::WalkDir::new(&src)
        .into_iter()
        .map(|e| e.expect("entry"))
        .filter(|e| e.path().extension().is_some_and(|x| x == "rs"))
        .map(|e| {
            let name = e.path().strip_prefix(&src).expect("below").to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(e.path()).expect("readable");
            let room = name.split(['/', '.']).next().unwrap_or_default().to_owned();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let code = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            File { name, room, lines: text.lines().count(), code }
        })
        // Modules of tests may print what they found.
        .filter(|f| f.room != "lib" && !f.name.ends_with("tests.rs"))
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(files.len() > 40, "the sources were not found");
    files
}

fn level(room: &str) -> usize {
    ROOMS.iter().position(|r| *r == room).unwrap_or_else(|| panic!("`{room}` has no place in the house"))
}

#[test]
fn a_room_uses_only_rooms_below_it() {
    let mut wrong = Vec::new();
    for file in files() {
        for (at, _) in file.code.match_indices("crate::") {
            let used: String = file.code[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let used = if used == "tests" { continue } else { used };
            if file.room != used && level(&used) < level(&file.room) {
                wrong.push(format!("{} uses {used}, which stands above it", file.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_edges_touch_the_disk_and_the_terminal() {
    let mut wrong = Vec::new();
    for file in files() {
        if !DISK.contains(&file.room.as_str())
            && ["std::fs", "fs::", "File::open"].iter().any(|w| file.code.contains(w))
        {
            wrong.push(format!("{} touches the disk", file.name));
        }
        if !NETWORK.contains(&file.room.as_str()) && ["ureq", "std::net"].iter().any(|w| file.code.contains(w)) {
            wrong.push(format!("{} asks other machines", file.name));
        }
        let prints = ["println!", "eprintln!", "stdout()", "stderr()"];
        if !TERMINAL.contains(&file.room.as_str()) && prints.iter().any(|w| file.code.contains(w)) {
            wrong.push(format!("{} prints", file.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_hold_one_idea_each() {
    let mut wrong = Vec::new();
    for file in files() {
        if file.lines > LONGEST {
            wrong.push(format!("{} has {} lines", file.name, file.lines));
        }
        if file.name.split(['/', '.']).any(|part| EMPTY_NAMES.contains(&part)) {
            wrong.push(format!("{} has a name that says nothing", file.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
