//! Has the program built again when a migration is added: the compiler sees only the files that it already embeds.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
