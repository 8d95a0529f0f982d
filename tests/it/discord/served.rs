//! The addresses that the real program serves: a calendar for whoever has its address, its health for whoever runs it.

use super::start;
use fake_discord::FakeDiscord;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

/// An address of this machine on which nobody listens now.
fn free() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("it has one")
}

/// What is answered to one request, head and body.
fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("text");
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_calendar_and_the_health_of_the_program_are_read_from_outside() {
    let discord = FakeDiscord::start().await;
    let guild = discord.guild("École");
    let (general, alice) = (guild.channel("general"), guild.member("alice"));
    let data = tempfile::tempdir().expect("a temporary folder");
    let (public, own) = (free(), free());
    let (listen, told, health) = (public.to_string(), format!("http://{public}"), own.to_string());
    let settings = [
        ("VIGIE_WEB_LISTEN", listen.as_str()),
        ("VIGIE_WEB_PUBLIC_URL", told.as_str()),
        ("VIGIE_METRICS_LISTEN", health.as_str()),
        ("VIGIE_LOG", "trace"),
    ];
    let program = start(&discord, data.path(), &settings);
    discord.until_connected().await;
    discord.until_commands_registered().await;
    let answer = alice.types(&general, "/rappel calendrier").await;
    assert!(answer.is_ephemeral(), "others would read the address");
    let said = answer.last().text();
    let at = said.find(&told).unwrap_or_else(|| panic!("no address in {said}")) + told.len();
    let path: String = said[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || "/.".contains(*c)).collect();
    let calendar = get(public, &path);
    assert!(calendar.starts_with("HTTP/1.1 200") && calendar.contains("BEGIN:VCALENDAR"), "{calendar}");
    assert!(get(public, "/metrics").starts_with("HTTP/1.1 404"), "people reach calendars alone");
    assert!(get(own, "/healthz").starts_with("HTTP/1.1 200"));
    assert!(get(own, "/readyz").starts_with("HTTP/1.1 200"));
    let counts = get(own, "/metrics");
    assert!(counts.contains("vigie_feed_requests_total") && !counts.contains(&path), "{counts}");
    assert!(get(own, &path).starts_with("HTTP/1.1 404"), "whoever runs it has no calendars");
    let (status, log) = program.stop();
    assert!(status.success(), "{log}");
    let secret = path.rsplit('/').next().unwrap_or_default();
    assert!(secret.len() > 30 && !log.contains(secret), "the address is in the log");
}
