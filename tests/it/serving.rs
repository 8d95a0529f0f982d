//! The web addresses under whoever asks too much, and the operator's.

use super::conversation::within;
use super::feeds::{ADDRESS, TEAM, Town, ask, memory, path, played, raw, served};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream};
use vigie::app::web;
use vigie::config::Proxies;
use vigie_chat::Connector;
use vigie_console::{Console, Options};

#[test]
fn too_many_requests_wait_and_long_ones_are_refused() {
    within(async {
        let (store, stays) = (memory().await, Arc::default());
        let (said, app) = played(&store, &format!("{TEAM}{ADDRESS}"), &stays).await;
        let (address, serving) = served(&app).await;
        let path = path(&said);
        let from = |who: &str| format!("203.0.113.{who}");
        let mut last = 0;
        for rank in 0..31 {
            // From elsewhere each time: it is the calendar that is asked too often.
            let answer = ask(address, "GET", &path, &[("X-Forwarded-For", &from(&rank.to_string()))]).await;
            last = answer.status;
            if last == 429 {
                assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0), "{answer:?}");
            }
        }
        assert_eq!(last, 429);
        let mut waits = 0;
        for _ in 0..61 {
            waits = ask(address, "GET", "/calendrier/x.ics", &[("X-Forwarded-For", "198.51.100.1")]).await.status;
        }
        assert_eq!(waits, 429, "one machine that tries");
        assert_eq!(ask(address, "GET", "/calendrier/x.ics", &[("X-Forwarded-For", "198.51.100.2")]).await.status, 404);
        let long = format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "a".repeat(40_000));
        let refused = raw(address, long.as_bytes()).await;
        assert!(refused.is_empty() || refused.starts_with(b"HTTP/1.1 4"), "{:?}", String::from_utf8_lossy(&refused));
        let many = "A: b\r\n".repeat(500);
        let refused = raw(address, format!("GET / HTTP/1.1\r\n{many}\r\n").as_bytes()).await;
        assert!(refused.is_empty() || refused.starts_with(b"HTTP/1.1 4"), "{:?}", String::from_utf8_lossy(&refused));
        // A body is never read: who sends one is answered and left.
        let body = format!("GET /x HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n{}", "a".repeat(1_000));
        assert!(raw(address, body.as_bytes()).await.starts_with(b"HTTP/1.1 404"));
        serving.abort();
    });
}

#[test]
fn a_machine_that_says_nothing_takes_sixteen_places_at_most_and_for_some_seconds() {
    within(async {
        let (_, app) = played(&memory().await, "", &Arc::default()).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("it has one");
        let nobody: Proxies = "".parse().expect("no proxy");
        let serving = tokio::spawn(web::serve(listener, app.feeds().router(), nobody, std::future::pending()));
        let mut silent = Vec::new();
        for _ in 0..16 {
            silent.push(TcpStream::connect(address).await.expect("it listens"));
        }
        let refused = raw(address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        assert!(refused.is_empty(), "{:?}", String::from_utf8_lossy(&refused));
        // From here on the clock goes by itself to whatever is next.
        tokio::time::pause();
        let start = tokio::time::Instant::now();
        for stream in &mut silent {
            let mut said = Vec::new();
            let _ = stream.read_to_end(&mut said).await;
            assert!(!said.starts_with(b"HTTP/1.1 2"), "{:?}", String::from_utf8_lossy(&said));
        }
        let seconds = start.elapsed().as_secs();
        assert!((3..20).contains(&seconds), "{seconds} s");
        tokio::time::resume();
        assert_eq!(ask(address, "GET", "/", &[]).await.status, 404, "there are places again");
        serving.abort();
    });
}

#[test]
fn the_operator_sees_whether_it_lives_and_whether_it_can_answer() {
    within(async {
        let (store, down) = (memory().await, Arc::new(AtomicBool::new(false)));
        let town = Town {
            console: Arc::new(Console::new(Options::new(Arc::new(|| {
                "2026-11-23T08:00:00Z".parse().expect("an instant")
            })))),
            left: Arc::clone(&down),
        };
        let networks: Arc<[Arc<dyn Connector>]> = [Arc::new(town) as Arc<dyn Connector>].into_iter().collect();
        let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
        metrics::with_local_recorder(&recorder, || metrics::counter!("vigie_test_total").increment(3));
        let operator = web::Operator::new(store.clone(), networks, recorder.handle());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("it has one");
        let serving = tokio::spawn(web::serve(listener, operator.router(), Proxies::default(), std::future::pending()));
        let status = async |path: &str| ask(address, "GET", path, &[]).await.status;
        assert_eq!((status("/healthz").await, status("/readyz").await), (200, 200));
        assert!(ask(address, "GET", "/metrics", &[]).await.text().contains("vigie_test_total 3"));
        assert_eq!(status("/calendrier/x.ics").await, 404);
        down.store(true, Ordering::Relaxed);
        let unready = ask(address, "GET", "/readyz", &[]).await;
        assert_eq!((unready.status, unready.text()), (503, "console: not connected\n".to_owned()));
        store.close().await;
        assert!(ask(address, "GET", "/readyz", &[]).await.text().starts_with("store: does not answer"));
        assert_eq!(status("/healthz").await, 200, "it lives all the same");
        serving.abort();
    });
}
