//! Files that only their owner reads: records, the key that signs receipts, what passwords hash to, photos.

use anyhow::{Context, ensure};
use std::{fs, io, path::Path};

/// Whatever this program makes from here on is its owner's alone.
pub fn mask() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// Creates the folder, or restricts the rights of our own. A folder of another user is refused.
pub fn folder(folder: &Path) -> anyhow::Result<()> {
    let name = folder.display();
    fs::create_dir_all(folder).with_context(|| format!("the data folder {name} cannot be made"))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let about = fs::metadata(folder).with_context(|| format!("the data folder {name} cannot be read"))?;
        ensure!(
            about.uid() == rustix::process::geteuid().as_raw(),
            "the data folder {name} belongs to another account of this machine; give it to the one that xunan runs as, or name another folder with --data"
        );
        // Shared ones, such as /tmp, are nobody's to close.
        ensure!(
            about.mode() & 0o1000 == 0,
            "{name} is shared by all accounts of this machine; name a folder of its own with --data"
        );
        if close(folder, about.mode(), 0o700)? {
            tracing::warn!(folder = %name, "the data folder could be read by others; it is closed now");
        }
    }
    Ok(())
}

/// A database's file and those beside it, if they are there.
pub fn database(file: &Path) -> anyhow::Result<()> {
    #[cfg(unix)]
    for end in ["", "-wal", "-shm"] {
        use std::os::unix::fs::MetadataExt;
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        let name = Path::new(&name);
        match fs::metadata(name) {
            Ok(about) => {
                close(name, about.mode(), 0o600)?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", name.display())),
        }
    }
    Ok(())
}

/// Whether others could open it.
#[cfg(unix)]
fn close(path: &Path, mode: u32, closed: u32) -> anyhow::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    let open = mode & 0o077 != 0;
    if open {
        let closed = fs::set_permissions(path, fs::Permissions::from_mode(closed));
        closed.with_context(|| format!("{} can be read by others and cannot be closed", path.display()))?;
    }
    Ok(open)
}
