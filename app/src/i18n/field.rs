//! The phone: every screen of `/field`.

messages! {
    title_field = "巡安", "Xun'an";
}
