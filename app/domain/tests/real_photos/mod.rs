//! Photos of real phones, where they lie beside the repository.

use std::{env, fs, path::PathBuf};

/// With their names; none where there are none.
pub fn photos() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/photos");
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = files.map(|file| (file.file_name().to_string_lossy().into_owned(), fs::read(file.path())));
    named.filter_map(|(name, bytes)| Some((name, bytes.ok()?))).collect()
}
