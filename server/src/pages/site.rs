//! What the build left behind: the program, its stylesheet, icons, and the names under which they are served.
//!
//! The phone's document and its service worker are made here once, when the server starts: both depend on nothing but
//! the build.

use anyhow::Context;
use app::{i18n::Lang, shell::FieldDocument};
use domain::photo::hex;
use leptos::config::LeptosOptions;
use sha2::{Digest, Sha256};
use std::{
    env, fs,
    path::{Path, PathBuf},
    sync::Arc,
};

const WORKER: &str = include_str!("service_worker.js");
const OUTPUT_NAME: &str = "xunan";
const PKG: &str = "pkg";
const HASHES: &str = "hash.txt";

/// The phone's document and everything beside the program that it needs to open offline.
const BESIDE: [&str; 6] = [
    "/field-boot.js",
    "/manifest.webmanifest",
    "/favicon.svg",
    "/icons/icon-192.png",
    "/icons/icon-512.png",
    "/icons/apple-touch-180.png",
];

/// A build, ready to be served.
#[derive(Debug, Clone)]
pub struct BuiltSite {
    pub root: PathBuf,
    pub options: LeptosOptions,
    /// `/field/`, whole.
    pub field_document: String,
    /// `/sw.js`, whole.
    pub service_worker: String,
}

impl BuiltSite {
    /// Reads the build below `root`; the hashes of its files stand beside this binary.
    pub fn open(root: &Path) -> anyhow::Result<Self> {
        let hashes = env::current_exe()?.parent().unwrap_or(Path::new(".")).join(HASHES);
        let hashes = fs::read_to_string(&hashes).unwrap_or_default();
        let name = |kind: &str| {
            let hash = hashes.lines().find_map(|line| line.strip_prefix(kind)?.strip_prefix(':'));
            match hash.map(str::trim) {
                Some(hash) => format!("/{PKG}/{OUTPUT_NAME}.{hash}.{kind}"),
                None => format!("/{PKG}/{OUTPUT_NAME}.{kind}"),
            }
        };
        let (js, wasm, css) = (name("js"), name("wasm"), name("css"));
        let document = FieldDocument { lang: Lang::Zh, js: &js, wasm: &wasm, css: &css }.html();
        let mut files = vec![(super::FIELD.to_owned(), sha256(document.as_bytes()))];
        for url in [js.as_str(), &wasm, &css].into_iter().chain(BESIDE) {
            let path = root.join(url.trim_start_matches('/'));
            let bytes = fs::read(&path)
                .with_context(|| format!("{} is missing: build first (`make build`)", path.display()))?;
            files.push((url.to_owned(), sha256(&bytes)));
        }
        Ok(Self {
            root: root.to_owned(),
            options: options(root, !hashes.is_empty()),
            service_worker: worker(&files)?,
            field_document: document,
        })
    }
}

/// What cargo-leptos would put into the environment; a bare binary has to know it by itself.
fn options(root: &Path, hashed: bool) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name(OUTPUT_NAME)
        .site_root(root.to_string_lossy().into_owned())
        .site_pkg_dir(PKG)
        .hash_files(hashed)
        .hash_file(Arc::from(HASHES))
        .build()
}

/// The worker with its build's files in front. Its version covers the headers too, since it keeps them.
fn worker(files: &[(String, String)]) -> anyhow::Result<String> {
    let list = serde_json::to_string(files)?;
    let version = sha256(format!("{list}{}", super::FIELD_CSP).as_bytes());
    let version = version.get(..16).unwrap_or_default();
    let document = super::FIELD;
    Ok(format!(
        "const VERSION = \"{version}\";\nconst FILES = {list};\nconst DOCUMENT = \"{document}\";\n{WORKER}"
    ))
}

fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
