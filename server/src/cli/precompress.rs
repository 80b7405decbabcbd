//! Compresses the build once, at the highest levels, so that no request pays for it.

use anyhow::Context;
use flate2::{Compression, write::GzEncoder};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

const PACKED: [&str; 7] = ["js", "wasm", "css", "svg", "webmanifest", "html", "json"];

/// Writes `name.br` and `name.gz` beside every file that gains by it, and says what they come to.
pub fn run(site: &Path) -> anyhow::Result<()> {
    let mut files = vec![];
    find(site, &mut files).with_context(|| format!("{} cannot be read", site.display()))?;
    let (mut plain, mut packed) = (0, 0);
    for path in files {
        let bytes = fs::read(&path)?;
        let brotli = brotli(&bytes)?;
        plain += bytes.len();
        packed += brotli.len();
        beside(&path, "br", &brotli)?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&bytes)?;
        beside(&path, "gz", &gzip.finish()?)?;
    }
    println!("compressed {}: {} KB to {} KB (brotli)", site.display(), plain / 1024, packed / 1024);
    Ok(())
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path.extension().is_some_and(|end| PACKED.iter().any(|known| end == *known)) {
            files.push(path);
        }
    }
    Ok(())
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    const BUFFER: usize = 64 * 1024;
    const QUALITY: u32 = 11;
    const WINDOW: u32 = 22;
    let mut packed = brotli::CompressorWriter::new(Vec::new(), BUFFER, QUALITY, WINDOW);
    packed.write_all(bytes)?;
    packed.flush()?;
    Ok(packed.into_inner())
}

fn beside(path: &Path, end: &str, bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    fs::write(PathBuf::from(name), bytes)
}
