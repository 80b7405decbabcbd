//! How this person likes this device: language, size of text, light.

use domain::text::Lang;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    pub lang: Lang,
    pub text: TextSize,
    pub theme: Theme,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    #[default]
    Normal,
    Large,
    Larger,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    #[default]
    Auto,
    Light,
    Dark,
    Sunlight,
}

pub fn load() -> Prefs {
    unimplemented!()
}

/// Keeps them, puts text size and theme on the document at once; a new language shows after `location.reload()`.
pub fn save(prefs: &Prefs) {
    let _ = prefs;
    unimplemented!()
}
