//! A homeserver to try things on by hand: `cargo run --bin homeserver`.
//!
//! It says where it is and makes two accounts, then runs until its input ends (Ctrl-D) or it is killed.

use std::io::Read as _;

use homeserver::{Homeserver, Settings};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = Homeserver::start(Settings::default()).await?;
    let process = server.process_id().ok_or("Synapse ended at once")?;
    println!("Synapse is process {process}");
    println!("It answers at {}", server.address());
    for name in ["alice", "bob"] {
        let account = server.register(name).await?;
        println!("{}, password {}", account.user_id, account.password);
    }
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
