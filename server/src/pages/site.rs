//! What the build left behind: the program, its stylesheet, icons, and the names under which they are served.
//!
//! The phone's document and its service worker are made here once, when the server starts: both depend on nothing but
//! the build and the service of tiles that the installation names. Whatever of them changes makes another worker, by which phones
//! hear of it as they do of a new build.

use super::{
    csp::csp,
    files::{self, Files},
};
use app::{
    i18n::Lang,
    shell::{DeskFiles, FieldDocument, MapTiles},
};
use axum::http::HeaderValue;
use domain::map::TileSource;
use leptos::config::LeptosOptions;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

const WORKER: &str = include_str!("service_worker.js");
const PKG: &str = "pkg";

/// The desk's program and the phone's, as the build names them.
const DESK: &str = "xunan";
const PHONE: &str = "field";

/// The hashes in their files' names.
const DESK_HASHES: &str = "hash.txt";
const PHONE_HASHES: &str = "field.txt";

/// The part of the phone's program that comes after the first screen (`wasm_split` in `app/field/src/screens.rs`).
const NEXT: &str = "split_screens";

/// The phone's document and everything beside the program that it needs to open offline.
const BESIDE: [&str; 7] = [
    "/field-boot.js",
    "/image_worker.js",
    "/manifest.webmanifest",
    "/favicon.svg",
    "/icons/icon-192.png",
    "/icons/icon-512.png",
    "/icons/apple-touch-180.png",
];

/// A build, ready to be served.
#[derive(Debug, Clone)]
pub struct BuiltSite {
    pub files: Files,
    pub options: LeptosOptions,
    pub desk: DeskFiles,
    /// What lies below maps, if the installation names anything.
    pub tiles: Option<MapTiles>,
    /// `/field/`, whole.
    pub field_document: String,
    /// The policy that it comes with. The service worker keeps both: nothing in them changes from request to request.
    pub field_csp: HeaderValue,
    /// `/sw.js`, whole.
    pub service_worker: String,
}

impl BuiltSite {
    /// Reads the build below `root`; unsaid, the one that this program carries, else the one that `make build` leaves. Pages offer
    /// `tiles` below their maps.
    pub fn open(root: Option<&Path>, tiles: Option<&TileSource>) -> anyhow::Result<Self> {
        let files = match root {
            Some(root) => Files::Folder(root.to_owned()),
            None if files::is_carried() => Files::Carried,
            None => Files::Folder(PathBuf::from("target/site")),
        };
        let hashes = |list: &str| files.hashes(list).unwrap_or_default();
        let (desk, phone) = (hashes(DESK_HASHES), hashes(PHONE_HASHES));
        let program = if phone.is_empty() {
            // Built by `make watch`: the desk's program is the phone's too.
            Program::named(DESK, &desk)
        } else {
            Program::named(PHONE, &phone)
        };
        let built = program.files(&files)?;
        let next = format!("/{PKG}/{NEXT}.");
        let csp = csp(None, tiles);
        let tiles = tiles.map(carried);
        let document = FieldDocument {
            lang: Lang::Zh,
            js: &program.js,
            wasm: &program.wasm,
            css: &program.css,
            loader: program.loader.as_deref(),
            next: built.iter().find(|url| url.starts_with(&next)).map(String::as_str),
            tiles: tiles.as_ref(),
        };
        let document = document.html();
        let mut kept = vec![(super::FIELD.to_owned(), sha256(document.as_bytes()))];
        let beside = BESIDE.map(str::to_owned);
        for url in built.into_iter().chain(beside) {
            kept.push((url.clone(), sha256(&files.read(&url)?)));
        }
        Ok(Self {
            options: options(),
            desk: Program::named(DESK, &desk).desk(&files)?,
            tiles,
            service_worker: worker(&kept, &csp)?,
            field_document: document,
            field_csp: HeaderValue::from_str(&csp)?,
            files,
        })
    }
}

/// URLs of a program's files.
struct Program {
    js: String,
    wasm: String,
    css: String,
    /// What fetches the parts that the program was divided into, if it was.
    loader: Option<String>,
}

impl Program {
    fn named(program: &str, hashes: &str) -> Self {
        let hash = |kind: &str| {
            let hash = hashes.lines().find_map(|line| line.strip_prefix(kind)?.strip_prefix(':'));
            hash.map(str::trim)
        };
        let name = |kind: &str| match hash(kind) {
            Some(hash) => format!("/{PKG}/{program}.{hash}.{kind}"),
            None => format!("/{PKG}/{program}.{kind}"),
        };
        Self {
            js: name("js"),
            wasm: name("wasm"),
            css: name("css"),
            loader: hash("split").map(|hash| format!("/{PKG}/__wasm_split.{hash}.js")),
        }
    }

    fn desk(self, site: &Files) -> anyhow::Result<DeskFiles> {
        let parts = files_named(&self.loader(site)?);
        let Self { js, wasm, css, loader } = self;
        Ok(DeskFiles { js, wasm, css, loader, parts })
    }

    /// All of them.
    fn files(&self, site: &Files) -> anyhow::Result<Vec<String>> {
        let mut files = vec![self.js.clone(), self.wasm.clone(), self.css.clone()];
        files.extend(files_named(&self.loader(site)?));
        files.extend(self.loader.clone());
        Ok(files)
    }

    /// The loader names the parts' files; nothing else does. Empty where there is none.
    fn loader(&self, site: &Files) -> anyhow::Result<String> {
        let Some(loader) = &self.loader else { return Ok(String::new()) };
        Ok(String::from_utf8(site.read(loader)?.into_owned())?)
    }
}

/// URLs of the programs that a loader names.
fn files_named(loader: &str) -> Vec<String> {
    let named = loader.split('"').filter_map(|word| word.strip_prefix("./"));
    let programs = named.filter(|name| name.ends_with(".wasm"));
    programs.map(|name| format!("/{PKG}/{name}")).collect()
}

/// What cargo-leptos would put into the environment; a bare binary has to know it by itself. Names of files are no
/// business of these: pages are told them.
fn options() -> LeptosOptions {
    LeptosOptions::builder().output_name(DESK).site_pkg_dir(PKG).build()
}

/// As documents carry it to their program.
fn carried(source: &TileSource) -> MapTiles {
    MapTiles {
        template: source.template.to_string(),
        datum: source.datum.as_str(),
        credit: source.credit.as_ref().map(|credit| credit.as_str().to_owned()),
    }
}

/// The worker with its build's files in front. Its version covers the document's policy too, since it keeps its headers.
fn worker(files: &[(String, String)], csp: &str) -> anyhow::Result<String> {
    let list = serde_json::to_string(files)?;
    let version = sha256(format!("{list}{csp}").as_bytes());
    let version = version.get(..16).unwrap_or_default();
    let (document, worker) = (super::FIELD, bare(WORKER));
    Ok(format!(
        "const VERSION = \"{version}\";\nconst FILES = {list};\nconst DOCUMENT = \"{document}\";\n{worker}"
    ))
}

/// A script as it travels: without its comments, which stand on lines of their own, and without indentation.
fn bare(script: &str) -> String {
    let lines = script.lines().map(str::trim_start);
    let code = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    code.flat_map(|line| [line, "\n"]).collect()
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the splitter writes it, with hashes, and as a minifier leaves it.
    #[test]
    fn the_loader_names_the_parts_files() {
        let loader = r#"import{initSync as e}from"./xunan.aa.js";const t=n((()=>{const e=fetch(new URL("./shared_a_b.bb.wasm",import.meta.url));
export const __wasm_split_load_records=n((()=>{const e=fetch(new URL("./split_records.cc.wasm",import.meta.url));"#;
        assert_eq!(files_named(loader), ["/pkg/shared_a_b.bb.wasm", "/pkg/split_records.cc.wasm"]);
        assert!(files_named("").is_empty());
    }

    #[test]
    fn the_worker_travels_without_its_comments() {
        let script = "// What it is.\nlet a = 'http://x'; // stays\n\n  // why\n  a += `${1}`;\n";
        assert_eq!(bare(script), "let a = 'http://x'; // stays\na += `${1}`;\n");
        let worker = bare(WORKER);
        assert!(worker.contains("self.addEventListener('fetch'"));
        assert!(worker.len() < WORKER.len() * 3 / 4, "{} of {}", worker.len(), WORKER.len());
    }
}
