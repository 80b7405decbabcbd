//! Signing in and out, and errors that any page may show.

messages! {
    title_account = "巡安", "Xun'an";
}
