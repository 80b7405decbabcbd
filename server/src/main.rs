use clap::Parser;
use server::{cli::Cli, telemetry};
use std::process::ExitCode;
use tikv_jemallocator::Jemalloc;

/// Gives back what photos took for a moment; how soon is set in `.cargo/config.toml`.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let run = async {
        let _telemetry = telemetry::begin(cli.log_json())?;
        cli.run().await
    };
    match run.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // For whoever started it: what could not be done and why, without the way there through the code.
            eprintln!("xunan: {error:#}");
            ExitCode::FAILURE
        }
    }
}
