//! The desk: every page of `/office`.

messages! {
    title_office = "巡安", "Xun'an";
}
