//! Folds every hazard anew, and has phones told of what they should have heard of; servers may run meanwhile.

use super::words;
use crate::state::AppState;
use service::{changes, hazards};

pub async fn run(state: &AppState) -> anyhow::Result<()> {
    let lang = words::lang();
    super::user::ensure_initialised(state).await?;
    let rebuilt = hazards::rebuild(&*state.store).await?;
    for (hazard, why) in &rebuilt.unreadable {
        println!("{}", words::not_rebuilt(lang, hazard.to_string(), why.clone()));
    }
    println!("{}", words::rebuilt(lang, rebuilt.folded, rebuilt.changed, rebuilt.unreadable.len()));
    let announced = changes::mend(state).await?;
    if announced > 0 {
        println!("{}", words::announced_anew(lang, announced));
    }
    Ok(())
}
