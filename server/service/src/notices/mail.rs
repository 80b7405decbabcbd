//! 邮件: a text to the office's mailboxes, by the server that the office names. The line is encrypted from the first byte (`smtps`) or
//! before anything is said on it (`smtp`); only a host that whoever runs the server has named is spoken to in the clear.

use super::{
    fence,
    http::{Destination, SendError},
};
use domain::notice::MailRoute;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use std::time::Duration;
use tokio::time::timeout;

/// For each answer of the server.
const PATIENCE: Duration = Duration::from_secs(15);

/// For all of them: a server that answers a byte at a time keeps nobody else's messages waiting.
const WHOLE: Duration = Duration::from_mins(1);

/// `key`: `user:password`; empty: the server asks for none.
pub async fn mail(
    to: Destination<'_>,
    key: &str,
    route: Option<&MailRoute>,
    subject: String,
    text: String,
) -> Result<(), SendError> {
    let route = route.ok_or(SendError::Never("nobody is named to whom it goes"))?;
    let message = written(route, subject, text).ok_or(SendError::Never("a mail address cannot be read"))?;
    let passed = fence::pass(to.kind, to.address, to.allowed).await?;
    let address = passed.addresses.first().ok_or(SendError::Never("the host has no address"))?;
    let is_allowed = to.allowed.iter().any(|known| known.eq_ignore_ascii_case(&passed.host));
    let parameters = || TlsParameters::new_rustls(passed.host.clone());
    let tls = match passed.url.scheme() {
        "smtps" => parameters().map(Tls::Wrapper),
        _ if is_allowed => Ok(Tls::None),
        _ => parameters().map(Tls::Required),
    };
    let tls = tls.map_err(|_| SendError::Never("the host's name cannot be used for encryption"))?;
    // To the address that was looked at; the certificate is asked for the name.
    let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(address.ip().to_string());
    let builder = builder.port(address.port()).tls(tls).timeout(Some(PATIENCE));
    let builder = match key.split_once(':') {
        Some((user, password)) => builder.credentials(Credentials::new(user.to_owned(), password.to_owned())),
        None => builder,
    };
    let transport: AsyncSmtpTransport<Tokio1Executor> = builder.build();
    let answered = timeout(WHOLE, transport.send(message)).await;
    match answered.map_err(|_| SendError::NoAnswer("it takes too long".to_owned()))? {
        Ok(_) => Ok(()),
        Err(error) if error.is_permanent() => {
            Err(SendError::NotTaken("refused by the mail server".to_owned()))
        }
        Err(error) if error.is_transient() => {
            Err(SendError::NotTaken("put off by the mail server".to_owned()))
        }
        Err(_) => Err(SendError::NoAnswer("no connection, or it broke off".to_owned())),
    }
}

fn written(route: &MailRoute, subject: String, text: String) -> Option<Message> {
    let from: Mailbox = route.from.parse().ok()?;
    let mut message = Message::builder().from(from).subject(subject).header(ContentType::TEXT_PLAIN);
    for to in &route.to {
        message = message.to(to.parse().ok()?);
    }
    message.body(text).ok()
}
