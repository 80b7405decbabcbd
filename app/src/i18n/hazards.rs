//! The phone: hazards, their rectification and recheck, and the outbox.

messages! {
    mine = "我的", "Mine";
}
