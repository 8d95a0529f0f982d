use super::*;

async fn feeds(prefix: &str) -> Feeds {
    let store = Store::open("sqlite::memory:").await.expect("a store in memory");
    let clock: Clock = Arc::new(|| "2026-11-23T08:00:00Z".parse().expect("an instant"));
    let networks: [Arc<dyn Connector>; 0] = [];
    Feeds::new(store, networks.into(), clock, (TimeZone::UTC, prefix), Proxies::default())
}

#[tokio::test]
async fn addresses_that_nobody_has_are_remembered_nowhere() {
    let feeds = feeds("").await;
    for rank in 0..5 {
        let path = format!("{FOLDER}{}", FeedSecret::drawn([rank, 1, 2]).part());
        let asked = feeds.calendar(&Method::GET, &path, IpAddr::from([192, 0, 2, 1])).await;
        assert!(matches!(asked, Asked::Nothing), "{path}");
    }
    assert_eq!(feeds.limits.known_feeds(), 0);
}

#[tokio::test]
async fn a_secret_is_read_whether_the_proxy_passes_the_path_on_or_takes_it_off() {
    let part = FeedSecret::drawn([1, 2, 3]).part();
    for prefix in ["", "/vigie", "/calendrier", "/ecole/calendrier"] {
        let feeds = feeds(prefix).await;
        let reads = |path: String| feeds.secret(&path).is_some_and(|secret| secret.part() == part);
        assert!(reads(format!("{FOLDER}{part}")), "{prefix}: taken off");
        assert!(reads(format!("{prefix}{FOLDER}{part}")), "{prefix}: passed on");
        for wrong in ["/autre", "/calendrie", "/calendrier/calendrier"] {
            assert!(!reads(format!("{wrong}{FOLDER}{part}")), "{prefix}: {wrong}");
        }
        assert!(!reads(format!("{prefix}{part}")) && !reads(part.clone()), "{prefix}");
    }
}
