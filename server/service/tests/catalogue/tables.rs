//! What tests find out and people want to read, as files beside the build: what a passing test prints is seen by nobody.

use std::{fs, path::Path};

/// Writes `target/tables/NAME.txt`, and prints the lines, too.
pub fn write(name: &str, lines: &[String]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tables");
    fs::create_dir_all(&folder).unwrap();
    let text = lines.join("\n") + "\n";
    print!("{text}");
    fs::write(folder.join(format!("{name}.txt")), text).unwrap();
}
