//! Events of a server's calendar.

use crate::{bot::Bot, desk::Desk, town::Town};
use fake_discord::{Fault, Matcher, Permissions};
use jiff::{SignedDuration, Timestamp};
use vigie_chat::{Connector, Scheduled, ScheduledId, SendError, SpaceId};

const CREATE: &str = "POST /guilds/*/scheduled-events";
const LIST: &str = "GET /guilds/*/scheduled-events";

struct Street {
    town: Town,
    bot: Bot,
}

async fn street(permissions: Permissions) -> Street {
    let town = Town::open().await;
    town.guild.invite_bot_with(Permissions::of_everyone() | permissions);
    let bot = town.bot(Desk::new()).await;
    Street { town, bot }
}

impl Street {
    fn space(&self) -> SpaceId {
        SpaceId::new(self.town.guild.id().to_string())
    }

    /// An event that begins so many hours from now, to the minute.
    fn event(&self, name: &str, hours: i64) -> Scheduled {
        let minute = (self.town.clock())().as_second() / 60 * 60;
        let starts_at = Timestamp::from_second(minute).expect("an instant") + SignedDuration::from_hours(hours);
        Scheduled {
            name: name.to_owned(),
            about: "Équipe **Vannes** <@1>, https://example.org".to_owned(),
            place: "Salle B12".to_owned(),
            starts_at,
            ends_at: starts_at + SignedDuration::from_mins(50),
        }
    }

    async fn schedules(&self, event: &Scheduled, known: Option<&ScheduledId>) -> Result<ScheduledId, SendError> {
        self.bot.connector.schedule(&self.space(), event, known).await
    }

    async fn finds(&self, event: &Scheduled, others: &[ScheduledId]) -> Result<Option<ScheduledId>, SendError> {
        self.bot.connector.find_event(&self.space(), event, others).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_is_shown_changed_and_taken_away() {
    let street = street(Permissions::CREATE_EVENTS).await;
    assert!(street.bot.connector.has_events());
    let event = street.event("Soutenance", 24);
    let id = street.schedules(&event, None).await.expect("it is made");
    let shown = street.town.guild.events().remove(0);
    assert_eq!((shown.id.to_string(), shown.name.as_str()), (id.to_string(), "Soutenance"));
    assert_eq!((shown.starts_ms, shown.location.as_str()), (event.starts_at.as_millisecond(), "Salle B12"));
    let about = shown.description.expect("it says what it is");
    assert_eq!(about, r"Équipe \*\*Vannes\*\* \<\@1\>, https\://example.org", "nothing in it is markup");
    let long = Scheduled { name: "é".repeat(300), place: "x".repeat(300), about: "*".repeat(9_000), ..event.clone() };
    assert_eq!(street.schedules(&long, Some(&id)).await.as_ref(), Ok(&id));
    assert_eq!(street.town.guild.events().len(), 1);
    for _ in 0..2 {
        assert_eq!(street.bot.connector.unschedule(&street.space(), &id).await, Ok(()));
    }
    assert!(street.town.guild.events().is_empty());
    assert_eq!(street.schedules(&event, Some(&id)).await, Err(SendError::Gone));
    street.bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_heard_of_is_found_among_the_servers() {
    let street = street(Permissions::CREATE_EVENTS).await;
    let event = street.event("Soutenance", 24);
    let _ = street.town.guild.owner_schedules("Soutenance", event.starts_at.as_millisecond());
    let twin = street.schedules(&event, None).await.expect("another team's");
    assert_eq!(street.finds(&event, &[]).await, Ok(Some(twin.clone())), "the owner's is none of the bot's");
    assert_eq!(street.finds(&event, std::slice::from_ref(&twin)).await, Ok(None));
    street.town.discord.fault(CREATE, Fault::CutAfter);
    let lost = street.schedules(&event, None).await;
    assert!(matches!(lost, Err(SendError::Network(_))), "{lost:?}");
    assert_eq!(street.town.discord.count_requests(CREATE), 2, "what may be done isn't asked again");
    let found = street.finds(&event, std::slice::from_ref(&twin)).await.expect("Discord tells");
    assert!(found.as_ref().is_some_and(|found| *found != twin));
    assert_eq!(street.finds(&street.event("Autre", 24), &[]).await, Ok(None));
    assert_eq!(street.finds(&street.event("Soutenance", 25), &[]).await, Ok(None));
    // Another process meets a server with events in it, and finds the same.
    let Street { town, bot } = street;
    bot.stops().await;
    let bot = town.next_bot(Desk::new()).await;
    let street = Street { town, bot };
    assert_eq!(street.finds(&event, &[twin]).await, Ok(found));
    street.bot.stops().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_bot_may_not_is_named_and_what_passes_is_told_apart() {
    let street = street(Permissions::NONE).await;
    let event = street.event("Soutenance", 24);
    let refused = street.schedules(&event, None).await;
    assert!(matches!(&refused, Err(SendError::Forbidden(why)) if why.contains("CREATE_EVENTS")), "{refused:?}");
    street.town.discord.fault(Matcher::on(LIST).always(), Fault::Status(502));
    let unknown = street.finds(&event, &[]).await;
    assert!(matches!(unknown, Err(SendError::Network(_))), "{unknown:?}");
    let nowhere = SpaceId::new("nowhere");
    assert_eq!(street.bot.connector.schedule(&nowhere, &event, None).await, Err(SendError::Gone));
    let gone = SpaceId::new("7");
    assert_eq!(street.bot.connector.schedule(&gone, &event, None).await, Err(SendError::Gone));
    street.town.guild.remove_bot();
    let outside = street.schedules(&event, None).await;
    assert!(matches!(outside, Err(SendError::Forbidden(_))), "{outside:?}");
    street.bot.stops().await;
}
