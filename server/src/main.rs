use clap::Parser;
use server::cli::Cli;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // For whoever started it: what could not be done and why, without the way there through the code.
            eprintln!("xunan: {error:#}");
            ExitCode::FAILURE
        }
    }
}
