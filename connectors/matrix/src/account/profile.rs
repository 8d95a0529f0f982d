//! What the account shows of itself: set when it differs, and never worth a failed start.

use crate::options::Profile;
use matrix_sdk::{Client, media::MediaFormat};
use mime::Mime;
use std::path::Path;

/// Largest avatar that is uploaded, in bytes. Every client fetches it.
const LARGEST: u64 = 1 << 20;

/// Shows the name and the picture that the operator chose.
pub(crate) async fn show(client: &Client, profile: &Profile) {
    if let Some(name) = &profile.name
        && let Err(error) = named(client, name).await
    {
        tracing::warn!(%error, "the display name could not be set");
    }
    if let Some(path) = &profile.avatar
        && let Err(why) = pictured(client, path).await
    {
        tracing::warn!(why, "the avatar could not be set");
    }
}

async fn named(client: &Client, name: &str) -> matrix_sdk::Result<()> {
    let account = client.account();
    if account.get_display_name().await?.as_deref() != Some(name) {
        account.set_display_name(Some(name)).await?;
    }
    Ok(())
}

async fn pictured(client: &Client, path: &Path) -> Result<(), String> {
    let said = |error: std::io::Error| format!("{}: {error}", path.display());
    if std::fs::metadata(path).map_err(said)?.len() > LARGEST {
        return Err(format!("{}: larger than 1 MiB", path.display()));
    }
    let bytes = std::fs::read(path).map_err(said)?;
    let media_type = picture_type(&bytes).ok_or_else(|| format!("{}: not PNG, JPEG or WebP", path.display()))?;
    let account = client.account();
    let shown = account.get_avatar(MediaFormat::File).await.map_err(|error| error.to_string())?;
    if shown.as_ref() != Some(&bytes) {
        account.upload_avatar(&media_type, bytes).await.map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// The kind of picture, by its first bytes.
fn picture_type(bytes: &[u8]) -> Option<Mime> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some(mime::IMAGE_PNG),
        [0xff, 0xd8, 0xff, ..] => Some(mime::IMAGE_JPEG),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp".parse().ok(),
        _ => None,
    }
}
