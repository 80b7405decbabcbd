//! How this person likes this device: language, size of text, light, how soon it locks.

use crate::{Device, platform::Settings as _};
use domain::{json, text::Lang};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    pub lang: Lang,
    pub text: TextSize,
    pub theme: Theme,
    pub lock_after: LockAfter,
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

/// Untouched for so long, the phone locks itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LockAfter {
    Five,
    #[default]
    Ten,
    Thirty,
}

impl LockAfter {
    pub fn minutes(self) -> u8 {
        match self {
            Self::Five => 5,
            Self::Ten => 10,
            Self::Thirty => 30,
        }
    }
}

const KEY: &str = "prefs";

pub fn load(device: &Device) -> Prefs {
    device.settings.get(KEY).and_then(|text| json::read(&text).ok()).unwrap_or_default()
}

/// Without local storage (private windows) they are not kept: the choice lasts as long as the page.
pub fn save(device: &Device, prefs: &Prefs) {
    if let Ok(text) = serde_json::to_string(prefs) {
        device.settings.set(KEY, &text);
    }
}
