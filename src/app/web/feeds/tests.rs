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
