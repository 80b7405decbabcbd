//! An S3 server of the tests' own, a process beside them: made when the first test asks for it, gone with the process that
//! asked, however that ends.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};
use storage::blobs::s3::S3Blobs;

pub const KEY: &str = "test-key";
pub const SECRET: &str = "test-secret";

/// `cat` ends when the tests' process does.
const SCRIPT: &str = r#"
    set -eu
    trap 'rm -rf "$2"' EXIT
    "$1" --host 127.0.0.1 --port "$3" --access-key "$4" --secret-key "$5" "$2" >"$2.log" 2>&1 &
    server=$!
    until (exec 3<>"/dev/tcp/127.0.0.1/$3") 2>/dev/null; do
        kill -0 "$server" || { cat "$2.log" >&2; exit 1; }
        sleep 0.05
    done
    echo ready
    cat >/dev/null
    kill "$server"
    rm -f "$2.log"
"#;

struct Process {
    port: u16,
    folder: PathBuf,
    /// Its standard input stays open as long as this process lives.
    _life: Child,
}

/// A new, empty bucket.
pub struct Bucket {
    pub endpoint: String,
    pub name: String,
}

impl Bucket {
    pub fn blobs(&self) -> S3Blobs {
        S3Blobs::at(&self.endpoint, &self.name, KEY, SECRET).unwrap()
    }
}

pub fn bucket() -> Bucket {
    static PROCESS: OnceLock<Process> = OnceLock::new();
    static MADE: AtomicU32 = AtomicU32::new(0);
    let process = PROCESS.get_or_init(start);
    let name = format!("bucket-{}", MADE.fetch_add(1, Ordering::Relaxed));
    // A bucket is a folder to this server.
    std::fs::create_dir(process.folder.join(&name)).unwrap();
    Bucket { endpoint: format!("http://127.0.0.1:{}", process.port), name }
}

fn start() -> Process {
    let tools = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.tools/bin/s3s-fs"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found = std::env::split_paths(&path).map(|folder| folder.join("s3s-fs")).chain([tools]);
    let binary = found
        .find(|file| file.exists())
        .unwrap_or_else(|| panic!("the S3 server `s3s-fs` is not installed: `.ci/tools s3` installs it"));
    let folder = tempfile::tempdir().unwrap().keep();
    // Free a moment ago: whoever takes it meanwhile makes the start fail, and says so.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut child = Command::new("bash")
        .args(["-c", SCRIPT, "bash"])
        .args([binary.as_os_str(), folder.as_os_str()])
        .args([&port.to_string(), KEY, SECRET])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
    assert_eq!(said, "ready\n", "{} did not start: see above", binary.display());
    Process { port, folder, _life: child }
}
