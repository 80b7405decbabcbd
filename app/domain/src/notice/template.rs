//! What an SMS gateway is sent: a text of the office's, with fields that are filled in for each message.

use std::collections::BTreeSet;
use thiserror::Error;

/// What can be filled in, as `${phone}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TemplateField {
    /// To whom.
    Phone,
    /// The message.
    Text,
    /// The channel's secret.
    Secret,
    /// Tells this message from others: a gateway that knows it sends it once.
    Id,
}

impl TemplateField {
    pub const ALL: [Self; 4] = [Self::Phone, Self::Text, Self::Secret, Self::Id];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Text => "text",
            Self::Secret => "secret",
            Self::Id => "id",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == word)
    }

    /// Without it there is no message.
    fn is_needed(self) -> bool {
        match self {
            Self::Phone | Self::Text => true,
            Self::Secret | Self::Id => false,
        }
    }
}

/// Why a template is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TemplateFault {
    #[error("there is no field {0}")]
    Unknown(String),
    #[error("a field does not end")]
    Unclosed,
    #[error("it lacks a field")]
    Missing(TemplateField),
    #[error("it looks like JSON and is none")]
    NotJson,
}

/// What is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Values<'a> {
    pub phone: &'a str,
    pub text: &'a str,
    pub secret: &'a str,
    pub id: &'a str,
}

impl<'a> Values<'a> {
    fn of(&self, field: TemplateField) -> &'a str {
        match field {
            TemplateField::Phone => self.phone,
            TemplateField::Text => self.text,
            TemplateField::Secret => self.secret,
            TemplateField::Id => self.id,
        }
    }
}

/// In what a value is enclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// `application/json`: fields stand within quotation marks.
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Fixed(String),
    Field(TemplateField),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmsTemplate {
    parts: Vec<Part>,
    escape: Escape,
}

impl SmsTemplate {
    /// # Errors
    /// A field that nobody knows is named, so that it is not sent as it stands.
    pub fn read(text: &str) -> Result<Self, TemplateFault> {
        let mut parts = vec![];
        let mut rest = text.trim();
        while let Some((before, field)) = rest.split_once("${") {
            let (name, after) = field.split_once('}').ok_or(TemplateFault::Unclosed)?;
            let field = TemplateField::parse(name).ok_or_else(|| TemplateFault::Unknown(name.to_owned()))?;
            parts.extend([Part::Fixed(before.to_owned()), Part::Field(field)]);
            rest = after;
        }
        parts.push(Part::Fixed(rest.to_owned()));
        let has: BTreeSet<_> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Field(field) => Some(*field),
                Part::Fixed(_) => None,
            })
            .collect();
        let missing = TemplateField::ALL.into_iter().find(|field| field.is_needed() && !has.contains(field));
        if let Some(field) = missing {
            return Err(TemplateFault::Missing(field));
        }
        let escape = if text.trim_start().starts_with('{') { Escape::Json } else { Escape::Form };
        let template = Self { parts, escape };
        let tried = template.fill(&Values { phone: "1", text: "\"", secret: "\\", id: "1" });
        if escape == Escape::Json && serde_json::from_str::<serde_json::Value>(&tried).is_err() {
            return Err(TemplateFault::NotJson);
        }
        Ok(template)
    }

    pub fn escape(&self) -> Escape {
        self.escape
    }

    /// The body of a request.
    pub fn fill(&self, values: &Values<'_>) -> String {
        let part = |part: &Part| match part {
            Part::Fixed(text) => text.clone(),
            Part::Field(field) => escaped(self.escape, values.of(*field)),
        };
        self.parts.iter().map(part).collect()
    }
}

fn escaped(escape: Escape, value: &str) -> String {
    match escape {
        Escape::Json => {
            let quoted = serde_json::Value::from(value).to_string();
            let within = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
            within.unwrap_or_default().to_owned()
        }
        Escape::Form => value.bytes().map(percent).collect(),
    }
}

/// As a form sends a byte.
fn percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}
