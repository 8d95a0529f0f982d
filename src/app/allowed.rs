//! Who may use what.

use vigie_chat::{Audience, Origin, Standing, folded};

/// Whether a person may use what is for these people. Roles that make somebody staff are those that the network names so.
pub(super) fn allowed(who: Audience, origin: &Origin) -> bool {
    let administrator = origin.standing == Standing::Administrator;
    let trainer = || origin.roles.iter().any(|role| folded(&role.name) == "formateur");
    match who {
        Audience::Everyone => true,
        Audience::Staff => administrator || trainer(),
        Audience::Administrators => administrator,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vigie_chat::{ConnectorName, Person, Role, RoleId, Room, RoomId, RoomKind};

    fn origin(standing: Standing, role: Option<&str>) -> Origin {
        Origin {
            connector: ConnectorName::new("test"),
            event: vigie_chat::EventId::new("1"),
            space: None,
            room: Room { id: RoomId::new("r"), kind: RoomKind::Shared },
            person: Person::new("alice", "alice"),
            standing,
            roles: role.map(|name| Role { id: RoleId::new(name), name: name.to_owned() }).into_iter().collect(),
            locale: None,
            attachments: Vec::new(),
            at: "2026-11-23T08:00:00Z".parse().expect("an instant"),
            message: None,
        }
    }

    #[test]
    fn who_may_use_what() {
        for (standing, role, staff, administrators) in [
            (Standing::Member, None, false, false),
            (Standing::Member, Some("candidat"), false, false),
            (Standing::Member, Some("Formateur"), true, false),
            (Standing::Administrator, None, true, true),
        ] {
            let origin = origin(standing, role);
            assert!(allowed(Audience::Everyone, &origin));
            assert_eq!(allowed(Audience::Staff, &origin), staff, "{standing:?} {role:?}");
            assert_eq!(allowed(Audience::Administrators, &origin), administrators, "{standing:?} {role:?}");
        }
    }
}
