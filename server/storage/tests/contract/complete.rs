//! Whether every method of every storage trait is called by a promise: what nobody calls here may do anything in one of the
//! two databases.

use std::{fs, path::Path};

/// All that stands in a folder of this crate and those below it.
fn read(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { read(&path) } else { vec![fs::read_to_string(path).unwrap()] })
        .collect()
}

fn before<'a>(text: &'a str, end: &str) -> &'a str {
    text.split(end).next().unwrap()
}

/// The public traits of a file, each with the names of its methods.
fn traits(source: &str) -> Vec<(&str, Vec<&str>)> {
    source
        .split("\npub trait ")
        .skip(1)
        .map(|text| {
            let body = before(text, "\n}");
            let methods = body.split("    async fn ").skip(1).map(|method| before(method, "("));
            (before(body, ":"), methods.collect())
        })
        .collect()
}

#[test]
fn every_method_of_a_storage_trait_is_called_by_a_promise() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let promises: String = read(&root.join("tests/contract")).concat().split_whitespace().collect();
    let sources = read(&root.join("src"));
    let traits: Vec<_> = sources.iter().flat_map(|source| traits(source)).collect();
    assert!(traits.len() > 20, "{traits:?}");
    for (name, methods) in traits {
        let called_on = match name {
            "Blobs" => "blobs",
            "Store" => "store",
            reading if reading.starts_with("Read") => "store",
            _ => "tx",
        };
        for method in methods {
            assert!(promises.contains(&format!("{called_on}.{method}(")), "{name}::{method} is not called");
        }
    }
}
