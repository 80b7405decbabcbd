//! Puts into the program what it carries: where `XUNAN_EMBED_SITE` names a built site, its files, so that one file is all
//! that a machine needs.

use std::{
    env,
    error::Error,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-env-changed=XUNAN_EMBED_SITE");
    let mut files = vec![];
    let root = env::var_os("XUNAN_EMBED_SITE").filter(|root| !root.is_empty()).map(PathBuf::from);
    if let Some(root) = &root {
        println!("cargo:rerun-if-changed={}", root.display());
        find(root, &mut files)?;
        files.sort();
    }
    let mut list = "&[\n".to_owned();
    for path in &files {
        let name = path.strip_prefix(root.as_deref().unwrap_or(Path::new("")))?;
        writeln!(
            list,
            "({:?}, include_bytes!({:?})),",
            name.display().to_string(),
            path.display().to_string()
        )?;
    }
    list.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("site.rs"), list)?;
    Ok(())
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
