//! The session on disk: which account and device the bot is, and the keys of what lies beside it.
//!
//! The file is written before anything is done with the session, and in one step, so that a process that is killed leaves
//! either no session or a whole one. Only its owner can read it.

use matrix_sdk::{SessionMeta, SessionTokens, authentication::matrix::MatrixSession};
use ruma::{OwnedDeviceId, OwnedUserId};
use serde::{Deserialize, Serialize};
use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

/// Name of the file in the connector's folder.
const FILE: &str = "session.json";
/// Name of the folder of the SDK's store, beside it.
const STORE: &str = "store";
/// Says that a login was begun and never ended: what lies beside it belongs to no device.
const BEGUN: &str = "login-begun";

/// What is kept of a session.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// Address of the homeserver, as it was used to log in.
    pub(crate) homeserver: String,
    pub(crate) user_id: OwnedUserId,
    pub(crate) device_id: OwnedDeviceId,
    pub(crate) access_token: String,
    /// Key of the store and of the inbox, in hexadecimal digits.
    pub(crate) key: String,
    /// The inbox's cipher, sealed with that key.
    pub(crate) cipher: Vec<u8>,
}

/// The connector's folder.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

/// What is found in the folder.
pub(crate) enum Found {
    /// Nothing: the bot never logged in from here.
    Nothing,
    /// A session and its store.
    Session(Box<Kept>),
    /// A session whose store is gone.
    WithoutStore(Box<Kept>),
    /// A store whose session is gone.
    WithoutSession,
}

impl Folder {
    pub(crate) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Folder of the SDK's store.
    pub(crate) fn store(&self) -> PathBuf {
        self.0.join(STORE)
    }

    /// Makes the folder, for its owner alone.
    pub(crate) fn make(&self) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        only_ours(&self.0, Rights::Folder)
    }

    /// Looks what is there. What a login left behind that never ended is removed.
    pub(crate) fn look(&self) -> io::Result<Found> {
        let store = self.store();
        match fs::read(self.0.join(FILE)) {
            Ok(bytes) => {
                let kept = Box::new(serde_json::from_slice::<Kept>(&bytes)?);
                // The login did end, whatever ended the process then.
                self.login_ended()?;
                // The SDK writes its state first of all, so that an empty folder is a lost store too.
                let there = fs::read_dir(&store).is_ok_and(|mut files| files.next().is_some());
                Ok(if there { Found::Session(kept) } else { Found::WithoutStore(kept) })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if self.0.join(BEGUN).exists() {
                    self.forget_login()?;
                }
                Ok(if store.exists() { Found::WithoutSession } else { Found::Nothing })
            }
            Err(error) => Err(error),
        }
    }

    /// Notes that a login begins.
    pub(crate) fn begin_login(&self) -> io::Result<()> {
        fs::write(self.0.join(BEGUN), b"")
    }

    /// Removes what a login left behind that never ended.
    pub(crate) fn forget_login(&self) -> io::Result<()> {
        match fs::remove_dir_all(self.store()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        fs::remove_file(self.0.join(BEGUN))
    }

    /// Writes the session, whole or not at all.
    pub(crate) fn keep(&self, kept: &Kept) -> io::Result<()> {
        let path = self.0.join(FILE);
        let draft = path.with_extension("json.new");
        let mut file = fs::File::create(&draft)?;
        only_ours(&draft, Rights::File)?;
        file.write_all(&serde_json::to_vec(kept)?)?;
        file.sync_all()?;
        fs::rename(&draft, &path)?;
        // The name itself reaches the disk with the folder.
        fs::File::open(&self.0)?.sync_all()?;
        self.login_ended()
    }

    fn login_ended(&self) -> io::Result<()> {
        match fs::remove_file(self.0.join(BEGUN)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

impl Kept {
    /// The session as the SDK takes it.
    pub(crate) fn session(&self) -> MatrixSession {
        MatrixSession {
            meta: SessionMeta { user_id: self.user_id.clone(), device_id: self.device_id.clone() },
            tokens: SessionTokens { access_token: self.access_token.clone(), refresh_token: None },
        }
    }
}

#[derive(Clone, Copy)]
enum Rights {
    File,
    Folder,
}

#[cfg(unix)]
fn only_ours(path: &Path, rights: Rights) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = match rights {
        Rights::File => 0o600,
        Rights::Folder => 0o700,
    };
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn only_ours(_path: &Path, _rights: Rights) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept() -> Kept {
        Kept {
            homeserver: "https://ecole.example".to_owned(),
            user_id: "@vigie:ecole.example".try_into().expect("a user id"),
            device_id: "DEVICE".into(),
            access_token: "secret".to_owned(),
            key: "00".to_owned(),
            cipher: vec![1, 2],
        }
    }

    #[test]
    fn a_session_is_found_again_and_only_by_its_owner() {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(&temporary.path().join("matrix"));
        folder.make().expect("made");
        assert!(matches!(folder.look(), Ok(Found::Nothing)));
        folder.begin_login().expect("written");
        fs::create_dir_all(folder.store()).expect("made");
        fs::write(folder.store().join("state.sqlite3"), b"x").expect("written");
        folder.keep(&kept()).expect("written");
        let Ok(Found::Session(found)) = folder.look() else { panic!("the session isn't found") };
        assert_eq!(found.access_token, "secret");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: PathBuf| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
            assert_eq!((mode(folder.path().join(FILE)), mode(folder.path().to_owned())), (0o600, 0o700));
        }
    }

    #[test]
    fn what_is_lost_is_told_apart() {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(temporary.path());
        folder.keep(&kept()).expect("written");
        assert!(matches!(folder.look(), Ok(Found::WithoutStore(_))));
        fs::remove_file(temporary.path().join(FILE)).expect("removed");
        fs::create_dir_all(folder.store()).expect("made");
        assert!(matches!(folder.look(), Ok(Found::WithoutSession)));
        folder.begin_login().expect("written");
        assert!(matches!(folder.look(), Ok(Found::Nothing)), "a login that never ended leaves nothing");
    }
}
