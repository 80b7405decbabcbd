//! The phone: an inspection, from choosing the checklist to submitting it.

messages! {
    title = "检查", "Inspection";
}
