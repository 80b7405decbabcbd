//! A PostgreSQL of the tests' own, from the installed binaries: made when the first test asks for it, reached by a socket
//! in its own folder, gone with the process that asked, however that ends.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// Runs as somebody who is not root, as PostgreSQL demands. `cat` ends when the tests' process does.
const SCRIPT: &str = r#"
    set -eu
    folder=$(mktemp -d "${TMPDIR:-/tmp}/xunan-postgres.XXXXXX")
    trap 'rm -rf "$folder"' EXIT
    cd "$folder"
    "$1/initdb" -D data -U xunan --auth=trust --encoding=UTF8 --locale=C --no-sync >log 2>&1 || { cat log >&2; exit 1; }
    "$1/postgres" -D data -k "$folder" -c listen_addresses= -c max_connections=300 -c fsync=off >>log 2>&1 &
    server=$!
    until grep -q "ready to accept connections" log; do
        kill -0 "$server" || { cat log >&2; exit 1; }
        sleep 0.05
    done
    echo "$folder"
    cat >/dev/null
    kill -INT "$server"
    wait "$server" || true
"#;

struct Cluster {
    socket: PathBuf,
    /// Its standard input stays open as long as this process lives.
    _life: Child,
}

/// The address of a new, empty database.
pub async fn database() -> String {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    static MADE: AtomicU32 = AtomicU32::new(0);
    let cluster = CLUSTER.get_or_init(start);
    let name = format!("test_{}", MADE.fetch_add(1, Ordering::Relaxed));
    let mut connection = PgConnection::connect(&address(&cluster.socket, "postgres")).await.unwrap();
    connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    connection.close().await.unwrap();
    address(&cluster.socket, &name)
}

fn address(socket: &Path, database: &str) -> String {
    format!("postgres://xunan@localhost/{database}?host={}", socket.display())
}

fn start() -> Cluster {
    let binaries = binaries();
    let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let mut command = Command::new(if root { "runuser" } else { "sh" });
    if root {
        command.args(["-u", "postgres", "--", "sh"]);
    }
    let mut child = command
        .args(["-c", SCRIPT, "sh"])
        .arg(&binaries)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut socket = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut socket).unwrap();
    assert!(!socket.is_empty(), "the PostgreSQL of {} did not start: see above", binaries.display());
    Cluster { socket: PathBuf::from(socket.trim()), _life: child }
}

/// Where `initdb` and `postgres` are: on the path, or where Debian puts them, the newest first.
fn binaries() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    debian.sort();
    let mut folders = std::env::split_paths(&path).chain(debian.into_iter().rev());
    folders.find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists()).unwrap_or_else(
        || panic!("PostgreSQL (`initdb`, `postgres`) is not installed: `.ci/tools postgres` installs it"),
    )
}
