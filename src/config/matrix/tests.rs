//! Settings of Matrix as they are read: from the file, from the environment, and what is refused.

use super::*;
use crate::config::{Settings, SettingsError};
use expect_test::{Expect, expect};
use secrecy::ExposeSecret;

/// An account as one is written at least.
const LEAST: &str =
    "homeserver = \"https://matrix.ecole.example\"\nuser = \"@vigie:ecole.example\"\npassword = \"s3cret\"\n";

fn read_in(matrix: &str, environment: &[(&str, &str)]) -> Result<MatrixSettings, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("vigie.toml");
    std::fs::write(&file, format!("[matrix]\n{matrix}")).expect("a file in it");
    let value = |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, v)| (*v).to_owned());
    // Where the file is differs each time.
    let told = |error: SettingsError| error.to_string().replace(&*file.to_string_lossy(), "vigie.toml");
    Settings::read_with(Some(&file), value).map(|settings| settings.matrix).map_err(told)
}

fn read(matrix: &str) -> Result<MatrixSettings, String> {
    read_in(matrix, &[])
}

/// What the operator is told of these lines.
#[track_caller]
fn refused(matrix: &str, expect: &Expect) {
    let told = read(matrix).expect_err("they can't be used");
    assert!(!told.contains("s3cret"), "{told}");
    expect.assert_eq(&told);
}

fn login(settings: &MatrixSettings) -> MatrixLogin {
    settings.account().expect("it was checked").expect("it is configured").login
}

#[test]
fn without_a_homeserver_there_is_no_matrix() {
    let settings = read("").expect("valid");
    assert!(settings.account().expect("nothing contradicts itself").is_none());
    assert_eq!(settings.doubts(), []);
    assert_eq!((settings.prefix.as_str(), settings.display_name.as_str()), ("!vigie", "Vigie"));
    assert_eq!((settings.administrator_level, settings.trainer_level, settings.reactions), (100, None, 5));
    assert_eq!(settings.trust, Trust::CrossSigned);
}

#[test]
fn a_password_is_enough() {
    let settings = read(LEAST).expect("valid");
    let MatrixLogin::Password { user, password } = login(&settings) else { panic!("not by password") };
    assert_eq!((user.as_str(), password.expose_secret()), ("@vigie:ecole.example", "s3cret"));
    assert_eq!(settings.doubts(), [MatrixDoubt::NobodyMayInvite]);
}

#[test]
fn a_token_comes_with_its_device() {
    let text =
        "homeserver = \"http://synapse:8008\"\naccess_token = \"s3cret\"\ndevice_id = \"ABCDEF\"\npassword = \"\"\n";
    let settings = read(&format!("{text}allowed = \"*\"\n")).expect("valid");
    let MatrixLogin::Token { token, device_id, user } = login(&settings) else { panic!("not by token") };
    assert_eq!((token.expose_secret(), device_id.as_str(), user), ("s3cret", "ABCDEF", None));
    assert_eq!(settings.doubts(), [MatrixDoubt::ReadableOnTheWay]);
}

#[test]
fn every_key_is_also_a_variable() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let key = folder.path().join("key");
    std::fs::write(&key, "EsTc s3cret\n").expect("a file");
    let environment = [
        ("VIGIE_MATRIX_HOMESERVER", "https://ecole.example"),
        ("VIGIE_MATRIX_USER", "vigie"),
        ("VIGIE_MATRIX_PASSWORD", "0123"),
        ("VIGIE_MATRIX_RECOVERY_KEY_FILE", key.to_str().expect("a path")),
        ("VIGIE_MATRIX_STORE_PASSPHRASE", "s3cret"),
        ("VIGIE_MATRIX_ALLOWED", "*:ecole.example, @alice:e.fr"),
        ("VIGIE_MATRIX_PREFIX", "!bot"),
        ("VIGIE_MATRIX_DISPLAY_NAME", "Vigie de l’école"),
        ("VIGIE_MATRIX_AVATAR", "vigie.png"),
        ("VIGIE_MATRIX_TRAINER_LEVEL", "50"),
        ("VIGIE_MATRIX_ADMINISTRATOR_LEVEL", "90"),
        ("VIGIE_MATRIX_TRUST", "all"),
        ("VIGIE_MATRIX_REACTIONS", "0"),
    ];
    let settings = read_in("prefix = \"!of-the-file\"", &environment).expect("valid");
    let MatrixLogin::Password { user, password } = login(&settings) else { panic!("not by password") };
    assert_eq!((user.as_str(), password.expose_secret()), ("vigie", "0123"));
    assert_eq!(settings.recovery_key.as_ref().map(ExposeSecret::expose_secret), Some("EsTc s3cret"));
    assert!(!format!("{settings:?}").contains("s3cret"), "{settings:?}");
    assert!(settings.store_passphrase.is_some());
    assert_eq!(settings.allowed.patterns().len(), 2);
    assert_eq!((settings.prefix.as_str(), settings.display_name.as_str()), ("!bot", "Vigie de l’école"));
    assert_eq!(settings.avatar, Some(PathBuf::from("vigie.png")));
    assert_eq!((settings.administrator_level, settings.trainer_level, settings.reactions), (90, Some(50), 0));
    assert_eq!(settings.trust, Trust::All);
    assert_eq!(settings.doubts(), []);

    let by_token = [
        ("VIGIE_MATRIX_HOMESERVER", "https://ecole.example"),
        ("VIGIE_MATRIX_ACCESS_TOKEN", "s3cret"),
        ("VIGIE_MATRIX_DEVICE_ID", "12345"),
    ];
    let MatrixLogin::Token { device_id, .. } = login(&read_in("", &by_token).expect("valid")) else {
        panic!("not by token")
    };
    assert_eq!(device_id, "12345");
}

#[test]
fn who_may_invite_is_a_list_or_a_line() {
    let of = |line: &str| read(&format!("{LEAST}allowed = {line}")).map(|settings| settings.allowed);
    assert_eq!(of("[\"*:ecole.example\", \"@alice:e.fr\"]"), of("\"*:ecole.example,@alice:e.fr\""));
    assert_eq!(of("[]"), Ok(Allowed::default()));
    for wrong in ["[\"ecole.example\"]", "\"*:\"", "[\"*\", \"\"]"] {
        assert!(of(wrong).expect_err("malformed").contains("*:ecole.example"), "{wrong}");
    }
    assert!(of("3").expect_err("a number").contains("in a list or separated by commas"));
}

#[test]
fn what_cannot_log_in_is_refused() {
    refused(
        "password = \"s3cret\"",
        &expect![
            "settings: matrix.password is set but matrix.homeserver isn't; give the address of the homeserver (VIGIE_MATRIX_HOMESERVER), or remove matrix.password"
        ],
    );
    refused(
        "allowed = \"*\"",
        &expect![
            "settings: matrix.allowed is set but matrix.homeserver isn't; give the address of the homeserver (VIGIE_MATRIX_HOMESERVER), or remove matrix.allowed"
        ],
    );
    refused(
        "homeserver = \"https://ecole.example\"",
        &expect![
            "settings: matrix.homeserver is set without a way to log in; give matrix.password, or matrix.access_token with matrix.device_id where people sign in through another site"
        ],
    );
    refused(
        &format!("{LEAST}access_token = \"s3cret\"\n"),
        &expect!["settings: matrix.password and matrix.access_token are both set; keep one of them"],
    );
    refused(
        &format!("{LEAST}device_id = \"ABCDEF\"\n"),
        &expect![
            "settings: matrix.device_id goes with matrix.access_token; with a password the device is made at the first login: remove it"
        ],
    );
    refused(
        "homeserver = \"https://ecole.example\"\naccess_token = \"s3cret\"",
        &expect![
            "settings: matrix.access_token is set without matrix.device_id; give the device that the token was made for: encrypted rooms know the bot by it"
        ],
    );
    refused(
        "homeserver = \"https://ecole.example\"\npassword = \"s3cret\"",
        &expect![
            "settings: matrix.password is set without matrix.user; give the account, such as @vigie:ecole.example"
        ],
    );
}

#[test]
fn wrong_values_are_named() {
    refused(
        "homeserver = \"ecole.example\"",
        &expect![[
            r#"settings: `homeserver` is the address that clients connect to, such as https://matrix.ecole.example; for the server of @vigie:ecole.example, https://ecole.example/.well-known/matrix/client tells it as base_url for key "default.matrix.homeserver" in vigie.toml TOML file"#
        ]],
    );
    refused(
        "homeserver = \"https://ecole.example\"\nuser = \"vigie:ecole.example\"",
        &expect![[
            r#"settings: `user` is the bot's account, such as @vigie:ecole.example, or vigie alone for key "default.matrix.user" in vigie.toml TOML file"#
        ]],
    );
    refused(
        "homeserver = \"https://ecole.example\"\npassword = 12345",
        &expect![[
            r#"settings: a secret is written between quotes for key "default.matrix.password" in vigie.toml TOML file"#
        ]],
    );
    refused(
        &format!("{LEAST}trust = \"signed\""),
        &expect![[
            r#"settings: unknown variant: found `signed`, expected ``cross-signed` or `all`` for key "default.matrix.trust" in vigie.toml TOML file"#
        ]],
    );
    refused(
        &format!("{LEAST}prefix = \"/vigie\""),
        &expect![
            "settings: matrix.prefix is one word such as !vigie, which doesn't begin with / (clients keep those commands for themselves)"
        ],
    );
    refused(
        &format!("{LEAST}display_name = \" \""),
        &expect!["settings: matrix.display_name is empty; give the name under which the bot is seen"],
    );
    refused(
        &format!("{LEAST}administrator_level = 0"),
        &expect![
            "settings: matrix.administrator_level is a power level of 1 or more: people have 0 unless the room gives them another, so that everybody would count"
        ],
    );
    refused(
        &format!("{LEAST}trainer_level = 0"),
        &expect![
            "settings: matrix.trainer_level is a power level of 1 or more: people have 0 unless the room gives them another, so that everybody would count"
        ],
    );
    refused(
        &format!("{LEAST}trainer_level = 101"),
        &expect![
            "settings: matrix.trainer_level is above matrix.administrator_level; administrators may do what trainers may"
        ],
    );
    refused(
        &format!("{LEAST}reactions = 11"),
        &expect!["settings: matrix.reactions is 11; at most 10 numbers can be offered"],
    );
    for prefix in ["", "!vi gie", "!vigie "] {
        assert_eq!(
            read(&format!("{LEAST}prefix = \"{prefix}\"")).map(|_| ()),
            Err(format!("settings: {}", WrongMatrix::Prefix))
        );
    }
}
