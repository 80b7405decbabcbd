//! What a person answers for, in words.

use crate::i18n::{Lang, field as t};
use domain::{
    order::collected,
    role::{Actor, Scope},
    sync::DirectoryHead,
};
use std::collections::BTreeSet;

/// `金河社区 · 第 3 网格`; several grids are counted.
pub fn scope_words(lang: Lang, me: &Actor, directory: Option<&DirectoryHead>) -> String {
    let Some(directory) = directory else { return String::new() };
    match &me.scope {
        Scope::Office => directory.office.name.clone(),
        Scope::Department { department, .. } => {
            let known = directory.departments.iter().find(|known| known.id == *department);
            known.map_or_else(|| directory.office.name.clone(), |known| known.name.clone())
        }
        Scope::Sites(sites) => t::sites_number(lang, sites.len()),
        Scope::Grids(ids) => {
            let grids: Vec<_> = directory.grids.iter().filter(|grid| ids.contains(&grid.id)).collect();
            let communities: BTreeSet<_> = collected(grids.iter().map(|grid| grid.community));
            let community = match communities.iter().collect::<Vec<_>>()[..] {
                [only] => directory.communities.iter().find(|known| known.id == *only),
                _ => None,
            };
            let grid = match grids[..] {
                [only] => only.name.clone(),
                _ => t::grids(lang, ids.len()),
            };
            match community {
                Some(community) => format!("{} · {grid}", community.name),
                None => grid,
            }
        }
    }
}
