//! `wasm-web NAME MODULE FOLDER [--split]` makes of a compiled module what a browser loads, in FOLDER: `NAME.wasm` and the
//! JavaScript that starts it, `NAME.js`; divided, the parts and what fetches them too, `__wasm_split.______________________.js`.
//! The underscores stand for a hash: `.ci/hashed-names.mjs` names the files by what they hold once they are as they will be sent.

use anyhow::{Context, Result, anyhow, bail};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    env, fs,
    path::{Path, PathBuf},
};
use wasm_bindgen_cli_support::Bindgen;

const LOADER: &str = "./__wasm_split.______________________.js";

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let (name, module, folder, split) = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [name, module, folder] => (name, Path::new(module), Path::new(folder), false),
        [name, module, folder, "--split"] => (name, Path::new(module), Path::new(folder), true),
        _ => bail!("wasm-web NAME MODULE FOLDER [--split]"),
    };
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let main = if split { divided(name, module, folder)? } else { module.to_owned() };
    Bindgen::new()
        .input_path(&main)
        .out_name(name)
        .web(true)?
        .keep_lld_exports(split)
        .demangle(!split)
        .generate(folder)?;
    // leptos asks for it by this name.
    fs::rename(folder.join(format!("{name}_bg.wasm")), folder.join(format!("{name}.wasm")))?;
    if split {
        fs::remove_file(&main)?;
    }
    Ok(())
}

/// Writes the parts that are fetched later and their loader, and says where the part is that is fetched first.
fn divided(name: &str, module: &Path, folder: &Path) -> Result<PathBuf> {
    let bytes = fs::read(module).with_context(|| format!("{} cannot be read", module.display()))?;
    let main = folder.join("main.wasm");
    let from = format!("./{name}.js");
    let mut options = wasm_split_cli_support::Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &from;
    options.link_name = LOADER;
    let divided = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("{error:#}"))?;
    name_shared(folder, &divided.prefetch_map)?;
    Ok(main)
}

/// What several parts need is called after them, so that whoever sends a page knows with which it goes.
fn name_shared(folder: &Path, needed: &HashMap<String, Vec<String>>) -> Result<()> {
    let mut shared: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (part, files) in needed {
        for file in files.iter().filter(|file| file.starts_with("chunk_")) {
            shared.entry(file).or_default().insert(part);
        }
    }
    let loader = folder.join(LOADER);
    let mut text = fs::read_to_string(&loader)?;
    for (chunk, parts) in shared {
        let name = format!("shared_{}", parts.into_iter().collect::<Vec<_>>().join("_"));
        fs::rename(folder.join(format!("{chunk}.wasm")), folder.join(format!("{name}.wasm")))?;
        text = text.replace(&format!("\"./{chunk}.wasm\""), &format!("\"./{name}.wasm\""));
    }
    Ok(fs::write(loader, text)?)
}
