//! The program carries the migrations; a new one is noticed.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
