//! Folds every hazard anew; servers may run meanwhile.

use super::words;
use crate::{service::hazards, state::AppState};

pub async fn run(state: &AppState) -> anyhow::Result<()> {
    let lang = words::lang();
    super::user::somebody_must_be_there(state).await?;
    let rebuilt = hazards::rebuild(&*state.store).await?;
    for (hazard, why) in &rebuilt.unreadable {
        println!("{}", words::not_rebuilt(lang, hazard.to_string(), why.clone()));
    }
    println!("{}", words::rebuilt(lang, rebuilt.folded, rebuilt.changed, rebuilt.unreadable.len()));
    Ok(())
}
