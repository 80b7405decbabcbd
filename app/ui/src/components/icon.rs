//! Line icons, drawn by path: no font, no sprite to fetch.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Sun,
    Place,
    Grid,
    Flag,
    Form,
    Send,
    Tick,
    Cross,
    Back,
    Forward,
    Camera,
    Offline,
    Lock,
    Drag,
    Wait,
    Search,
    Gear,
    Chart,
    List,
    Report,
    People,
    Locate,
    Trash,
    Note,
    Print,
    Phone,
    Plus,
    Alert,
    Dice,
    Notice,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Sun => {
                "M12 7.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4"
            }
            Self::Notice => "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4",
            Self::Place => "M4 21V6l8-3v18M12 21h8V9l-8-2M7.5 9.5h1M7.5 13.5h1M15.5 12.5h1M15.5 16.5h1",
            Self::Grid => "M4 4h16v16H4zM4 12h16M12 4v16",
            Self::Flag => "M5 21V4M5 4h12l-2.4 4L17 12H5",
            Self::Form => "M9 3.5h6V7H9zM9 5H5v16h14V5h-4M8.5 14l2.5 2.5 4.5-5",
            Self::Send => "M12 15V4M7.5 8.5 12 4l4.5 4.5M4 15v4.5h16V15",
            Self::Tick => "m5 12.5 4.5 4.5L19 7.5",
            Self::Cross => "M6.5 6.5l11 11M17.5 6.5l-11 11",
            Self::Back => "M14.5 5.5 8 12l6.5 6.5",
            Self::Forward => "M9.5 5.5 16 12l-6.5 6.5",
            Self::Camera => {
                "M4 8h3.2l1.6-2.5h6.4L16.8 8H20v11H4zM12 9.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8"
            }
            Self::Offline => {
                "M3 3l18 18M8.5 16a5 5 0 0 1 6.4-.6M5.3 12.6a9.5 9.5 0 0 1 4.2-2.4M14 10a9.6 9.6 0 0 1 4.7 2.6M2.5 9.2A14 14 0 0 1 6.4 6.6M10.6 5.3A14 14 0 0 1 21.5 9.2"
            }
            Self::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Self::Drag => "M9 7l-4 5 4 5M15 7l4 5-4 5",
            Self::Wait => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16M12 7.5V12l3 2",
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 20 20",
            Self::Gear => {
                "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4M9 14.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4"
            }
            Self::Chart => "M4 4h7v8H4zM13 4h7v5h-7zM13 12h7v8h-7zM4 15h7v5H4z",
            Self::List => "M8 6h12M8 12h12M8 18h12M4 6h.5M4 12h.5M4 18h.5",
            Self::Report => "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
            Self::People => {
                "M9 5a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 9 5M3 20c0-3.5 2.6-5.6 6-5.6s6 2.1 6 5.6M16 5.4a3 3 0 0 1 0 5.6M17.5 14.8c2.2.6 3.5 2.4 3.5 5.2"
            }
            Self::Locate => {
                "M12 21c4-4.4 6.5-7.7 6.5-11A6.5 6.5 0 1 0 5.5 10c0 3.3 2.5 6.6 6.5 11M12 7.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8"
            }
            Self::Trash => "M5 7h14M9 7V4.5h6V7M7 7l.8 13h8.4L17 7M10.5 11v5M13.5 11v5",
            Self::Note => "M5 19.5 6 15 16 5l3 3L9 18zM14 7l3 3",
            Self::Print => "M7 8V3.5h10V8M7 17H4V8h16v9h-3M7 13.5h10v7H7z",
            Self::Phone => "M7 2.5h10v19H7zM11 18.5h2",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Alert => "M12 4 21 20H3zM12 10v4.5M12 17.2v.3",
            Self::Dice => {
                "M7 4h10a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3M8.5 8.5h.01M15.5 15.5h.01M15.5 8.5h.01M8.5 15.5h.01M12 12h.01"
            }
        }
    }
}

/// Decorative: the word beside it, or the button's label, says the same.
#[component]
pub fn Sign(icon: Icon) -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=icon.path() />
        </svg>
    }
}
