use super::*;
use expect_test::expect;
use serde_json::json;

fn set() -> CommandSet {
    let level = ParamKind::Choice(vec![vigie_chat::Alternative::new("n1", "Niveau 1")]);
    let time = CommandSpec::new("temps", "Ajoute du temps")
        .param(ParamSpec::new("qui", "La personne", ParamKind::Person).required())
        .param(ParamSpec::new("part", "En pour cent", ParamKind::Integer { min: 1, max: i64::MAX }))
        .param(ParamSpec::new("preuve", "Un fichier", ParamKind::Attachment));
    let add = CommandSpec::new("ajouter", "Ajoute un rappel")
        .param(ParamSpec::new("quand", "La date", ParamKind::Date).required())
        .param(ParamSpec::new("où", "Le salon", ParamKind::Room));
    CommandSet::new(vec![
        CommandSpec::new("chercher", "Cherche dans les référentiels")
            .param(ParamSpec::new("texte", "Des mots", ParamKind::Text).required().completed())
            .param(ParamSpec::new("niveau", "Le niveau", level)),
        CommandSpec::new("amenagement", "Aménagements")
            .who(Audience::Administrators)
            .subcommand(time)
            .subcommand(CommandSpec::new("rappel", "Rappels").subcommand(add)),
    ])
}

#[test]
fn commands_are_told_as_discord_wants_them() {
    assert_eq!(set().check(), []);
    let json = serde_json::to_string(&commands(&set())).expect("commands are always JSON");
    expect![[r#"
        [{"type":1,"name":"chercher","description":"Cherche dans les référentiels","options":[
        {"type":3,"name":"texte","description":"Des mots","required":true,"autocomplete":true,"max_length":2000},
        {"type":3,"name":"niveau","description":"Le niveau","choices":[
        {"name":"Niveau 1","value":"n1"}]}],"contexts":[0,1],"integration_types":[0]},
        {"type":1,"name":"amenagement","description":"Aménagements","options":[
        {"type":1,"name":"temps","description":"Ajoute du temps","options":[
        {"type":6,"name":"qui","description":"La personne","required":true},
        {"type":4,"name":"part","description":"En pour cent","min_value":1,"max_value":9007199254740991},
        {"type":11,"name":"preuve","description":"Un fichier"}]},
        {"type":2,"name":"rappel","description":"Rappels","options":[
        {"type":1,"name":"ajouter","description":"Ajoute un rappel","options":[
        {"type":3,"name":"quand","description":"La date","required":true,"max_length":100},
        {"type":7,"name":"où","description":"Le salon"}]}]}],"default_member_permissions":"32","contexts":[0,1],"integration_types":[0]}]"#]].assert_eq(&json.replace(",{", ",\n{").replace(":[{", ":[\n{"));
}

/// What Discord answers once ours is registered.
fn answered() -> Value {
    let mut all = serde_json::to_value(commands(&set())).expect("commands are always JSON");
    for (command, id) in all.as_array_mut().expect("a list").iter_mut().zip(41..) {
        command["id"] = json!(id.to_string());
        command["application_id"] = json!("7");
        command["version"] = json!("99");
        command["nsfw"] = json!(false);
        command["dm_permission"] = json!(true);
        command["name_localizations"] = Value::Null;
        command["description_localizations"] = json!({});
        command["contexts"] = json!([1, 0]);
        if command["default_member_permissions"].is_null() {
            command["default_member_permissions"] = Value::Null;
        }
        let first = &mut command["options"][0];
        first["name_localizations"] = Value::Null;
        first["autocomplete"] = json!(first["autocomplete"] == json!(true));
        if first["type"] == 1 {
            first["required"] = json!(false);
            first["options"][1]["min_value"] = json!(1.0);
        }
    }
    all.as_array_mut().expect("a list").reverse();
    all
}

#[test]
fn what_discord_adds_makes_no_difference() {
    assert!(same(&commands(&set()), &answered()));
    assert!(same(&[], &json!([])));
}

#[test]
fn what_was_changed_makes_a_difference() {
    let differs = |change: &dyn Fn(&mut Value)| {
        let mut theirs = answered();
        change(&mut theirs);
        assert!(!same(&commands(&set()), &theirs), "{theirs}");
    };
    differs(&|theirs| theirs[0]["description"] = json!("Autre"));
    differs(&|theirs| theirs[0]["default_member_permissions"] = Value::Null);
    differs(&|theirs| theirs[0]["nsfw"] = json!(true));
    differs(&|theirs| theirs[0]["contexts"] = json!([0]));
    differs(&|theirs| theirs[1]["options"][0]["required"] = json!(false));
    differs(&|theirs| theirs[1]["options"][0]["max_length"] = Value::Null);
    differs(&|theirs| theirs[1]["options"][1]["choices"][0]["value"] = json!("n2"));
    differs(&|theirs| theirs[1]["options"].as_array_mut().expect("a list").reverse());
    differs(&|theirs| theirs.as_array_mut().expect("a list").truncate(1));
    differs(&|theirs| *theirs = json!({"message": "401: Unauthorized"}));
}

#[test]
fn subcommands_bear_the_id_of_their_command() {
    let expected: CommandIds =
        [("amenagement temps", "42"), ("amenagement rappel ajouter", "42"), ("chercher", "41")].into_iter().collect();
    assert_eq!(ids(&answered()), expected);
    assert_eq!(ids(&json!({})), CommandIds::default());
}
