//! What a room lets a person do, as the port tells it: power levels decide who administers and who trains.
//!
//! From room version 12 on, whoever made the room stands above all levels; before, a room without a levels event gives its
//! maker 100 and everybody else 0. The SDK's own types know these rules.

use matrix_sdk::ruma::events::room::power_levels::UserPowerLevel;
use vigie_chat::{Role, RoleId, Standing};

/// From which level on somebody is what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// Administrator of the space.
    pub administrator: i64,
    /// Trainer; nobody is one by level when absent.
    pub trainer: Option<i64>,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { administrator: 100, trainer: None }
    }
}

/// What somebody of this level may do, and the roles that it gives.
pub(crate) fn standing(level: UserPowerLevel, thresholds: Thresholds) -> (Standing, Vec<Role>) {
    let reaches = |least: i64| match level {
        UserPowerLevel::Infinite => true,
        UserPowerLevel::Int(level) => i64::from(level) >= least,
        // A kind of level that this version doesn't know gives nothing.
        _ => false,
    };
    let standing = if reaches(thresholds.administrator) { Standing::Administrator } else { Standing::Member };
    let trainer = || Role { id: RoleId::new("power"), name: "formateur".to_owned() };
    let trains = thresholds.trainer.is_some_and(reaches);
    (standing, trains.then(trainer).into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use matrix_sdk::ruma::{
        OwnedUserId, UserId,
        events::room::{
            create::RoomCreateEventContent,
            power_levels::{RoomPowerLevels, RoomPowerLevelsSource},
        },
        room_version_rules::RoomVersionRules,
    };
    use serde_json::{Value, json};

    /// The levels of a room, as the SDK makes them of its events.
    fn levels(create: &Value, power_levels: Option<&Value>) -> Option<RoomPowerLevels> {
        let content: RoomCreateEventContent = serde_json::from_value(create["content"].clone()).ok()?;
        let rules: RoomVersionRules = content.room_version.rules()?;
        let maker = UserId::parse(create["sender"].as_str()?).ok()?;
        let creators: Vec<OwnedUserId> = std::iter::once(maker).chain(content.additional_creators).collect();
        let source = match power_levels {
            Some(levels) => RoomPowerLevelsSource::Original(serde_json::from_value(levels.clone()).ok()?),
            None => RoomPowerLevelsSource::None,
        };
        Some(RoomPowerLevels::new(source, &rules.authorization, creators))
    }

    const THRESHOLDS: Thresholds = Thresholds { administrator: 100, trainer: Some(50) };

    #[track_caller]
    fn check(version: &str, power_levels: Option<&Value>, expected: &Expect) {
        let content = json!({ "room_version": version, "additional_creators": ["@second:exemple.fr"] });
        let create = json!({ "type": "m.room.create", "sender": "@maker:exemple.fr", "content": content });
        let levels = levels(&create, power_levels).expect("a room");
        let told: Vec<String> = ["maker", "second", "admin", "trainer", "member"]
            .into_iter()
            .map(|name| {
                let user = UserId::parse(format!("@{name}:exemple.fr")).expect("a user id");
                let (standing, roles) = standing(levels.for_user(&user), THRESHOLDS);
                let roles: Vec<String> = roles.into_iter().map(|role| role.name).collect();
                format!("{name} {standing:?} {}", roles.join(" ")).trim_end().to_owned()
            })
            .collect();
        expected.assert_eq(&told.join("\n"));
    }

    fn some_levels() -> Value {
        json!({ "users": { "@admin:exemple.fr": 100, "@trainer:exemple.fr": 50 }, "users_default": 0 })
    }

    #[test]
    fn levels_decide() {
        check(
            "11",
            Some(&some_levels()),
            &expect![[r"
            maker Member
            second Member
            admin Administrator formateur
            trainer Member formateur
            member Member"]],
        );
    }

    #[test]
    fn from_version_12_on_makers_stand_above() {
        check(
            "12",
            Some(&some_levels()),
            &expect![[r"
            maker Administrator formateur
            second Administrator formateur
            admin Administrator formateur
            trainer Member formateur
            member Member"]],
        );
        check(
            "12",
            None,
            &expect![[r"
            maker Administrator formateur
            second Administrator formateur
            admin Member
            trainer Member
            member Member"]],
        );
    }

    #[test]
    fn without_levels_the_maker_administers() {
        let create = json!({ "sender": "@maker:exemple.fr", "content": { "room_version": "10" } });
        let levels = levels(&create, None).expect("a room");
        let of = |name: &str| standing(levels.for_user(&UserId::parse(name).expect("an id")), THRESHOLDS).0;
        assert_eq!(of("@maker:exemple.fr"), Standing::Administrator);
        assert_eq!(of("@member:exemple.fr"), Standing::Member);
    }

    #[test]
    fn everybody_may_be_a_trainer_and_nobody_is_without_a_threshold() {
        let member = UserPowerLevel::from(matrix_sdk::ruma::int!(0));
        let all = Thresholds { trainer: Some(0), ..THRESHOLDS };
        assert_eq!(standing(member, all).1.len(), 1);
        assert!(standing(UserPowerLevel::Infinite, Thresholds::default()).1.is_empty());
    }
}
