//! How an empty installation begins.

use crate::{config::Config, startup, state::AppState};
use std::net::SocketAddr;

/// Makes an empty database, or says that one is there.
pub async fn init(config: &Config) -> anyhow::Result<()> {
    let was_there = config.database().is_there();
    let state = startup::open_new(config).await?;
    let database = config.database();
    if !state.store.offices().await?.is_empty() {
        println!("{database} 里已经有单位，没有改动。 (There is an office already; nothing was changed.)");
        return Ok(());
    }
    let made = if was_there { "是空的" } else { "已建好" };
    println!(
        "{database} {made}。下一步：xunan serve，控制台会显示启用码，凭它在浏览器里建管理员。\n\
         (Empty and ready. Next: xunan serve, which shows the code by which the first administrator is made.)"
    );
    Ok(())
}

/// What the console says where nobody has an account yet.
pub async fn to_begin(state: &AppState, address: SocketAddr) -> anyhow::Result<Option<String>> {
    if !state.set_up.is_open(&*state.store).await? {
        return Ok(None);
    }
    let code = state.set_up.code();
    Ok(Some(format!(
        "\n  这里还没有单位和账号。请在浏览器打开 http://{address}/setup ，填启用码建管理员。\n  \
         (There is no office yet. Open the address above and give this code to make its administrator.)\n\n  \
         启用码 / code:  {code}\n"
    )))
}
