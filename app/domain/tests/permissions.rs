//! The table of roles as the security paper prints it: whoever reads the paper reads the code.

use domain::{
    permission::is_fixed,
    person::{Person, Standing},
    place::{Department, Grid},
    role::{Action, Role, Scope},
};
use std::{fs, path::Path};
use uuid::Uuid;

/// What part of the office somebody of the role sees, who has one of everything.
fn sees(role: Role) -> &'static str {
    let id = Uuid::from_u128;
    let department = Department { id: id(1).into(), name: String::new(), sectors: vec![] };
    let grids = [Grid { id: id(2).into(), community: id(3).into(), name: String::new() }];
    let person = Person {
        id: id(4).into(),
        username: String::new(),
        name: String::new(),
        role,
        phone: String::new(),
        department: Some(department.id),
        grids: vec![id(5).into()],
        communities: vec![id(3).into()],
        sites: vec![id(6).into()],
        certificates: vec![],
        disabled: false,
        last_seen: None,
    };
    let standing = Standing { department: Some(&department), grids: &grids, permissions: None };
    match person.actor(id(7).into(), Some(&standing)).scope {
        Scope::Office => "all",
        Scope::Department { .. } => "department, sectors",
        Scope::Grids(seen) if seen == person.grids => "own grids",
        Scope::Grids(_) => "grids of own communities",
        Scope::Sites(_) => "own sites",
    }
}

fn table() -> String {
    let row = |first: &str, cells: Vec<&str>| format!("| {first} | {} |", cells.join(" | "));
    let of_roles = |cell: &dyn Fn(Role) -> String| Role::ALL.map(cell);
    let names = of_roles(&|role| role.name().en);
    let mut lines = vec![row("", names.iter().map(String::as_str).collect())];
    lines.push(row("---", vec!["---"; Role::ALL.len()]));
    lines.push(row("sees", Role::ALL.map(sees).to_vec()));
    for action in Action::ALL {
        let cell = |role: Role| match (role.may(action), is_fixed(role, action)) {
            (true, true) => "always",
            (true, false) => "yes",
            (false, _) => "–",
        };
        lines.push(row(&action.name().en, Role::ALL.map(cell).to_vec()));
    }
    lines.join("\n")
}

#[test]
fn the_security_paper_prints_the_table_of_roles() {
    let paper = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../SECURITY.md");
    let (paper, table) = (fs::read_to_string(paper).unwrap(), table());
    assert!(paper.contains(&table), "SECURITY.md is to say, under “Who may do what”:\n\n{table}\n");
}
