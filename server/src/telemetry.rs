//! Logs: one line an event, as JSON for machines or plain for people. Never a password, a token or a query string.
//!
//! Where `OTEL_EXPORTER_OTLP_ENDPOINT` says so, spans go to an OpenTelemetry collector too, as the usual `OTEL_…` variables
//! have it.

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use std::{env, io::IsTerminal};
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

/// Sends what is left when it is dropped.
#[must_use]
#[derive(Debug)]
pub struct Telemetry(Option<SdkTracerProvider>);

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(Err(error)) = self.0.take().map(|provider| provider.shutdown()) {
            eprintln!("xunan: the last traces were not sent: {error}");
        }
    }
}

/// Begins logging to standard error. `RUST_LOG` narrows or widens it.
pub fn begin(json: bool) -> anyhow::Result<Telemetry> {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,tower_http=info"));
    let lines = if json {
        fmt::layer().json().with_writer(std::io::stderr).boxed()
    } else {
        let colours = std::io::stderr().is_terminal();
        fmt::layer().with_ansi(colours).with_writer(std::io::stderr).boxed()
    };
    let provider = provider()?;
    let spans = provider.as_ref().map(|provider| {
        let tracer = provider.tracer("xunan");
        tracing_opentelemetry::layer().with_tracer(tracer)
    });
    tracing_subscriber::registry().with(filter).with(lines).with(spans).try_init()?;
    Ok(Telemetry(provider))
}

fn provider() -> anyhow::Result<Option<SdkTracerProvider>> {
    if env::var_os("OTEL_EXPORTER_OTLP_ENDPOINT").is_none_or(|endpoint| endpoint.is_empty()) {
        return Ok(None);
    }
    let exporter = SpanExporter::builder().with_http().build()?;
    let mut resource = Resource::builder();
    if env::var_os("OTEL_SERVICE_NAME").is_none() {
        resource = resource.with_service_name("xunan");
    }
    let provider = SdkTracerProvider::builder().with_resource(resource.build());
    Ok(Some(provider.with_batch_exporter(exporter).build()))
}
