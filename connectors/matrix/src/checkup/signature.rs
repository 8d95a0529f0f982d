//! Whether a key really signed something.

use matrix_sdk::encryption::vodozemac::{Ed25519PublicKey, Ed25519Signature};
use matrix_sdk::ruma::CanonicalJsonObject;
use serde_json::Value;

/// What a signature is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signed {
    /// The key signed exactly this.
    Truly,
    /// The signature doesn't fit.
    Wrongly,
    /// The key signed nothing.
    Not,
}

/// A public key, and its name in signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    name: String,
    public: Ed25519PublicKey,
}

impl Key {
    /// The key of a cross-signing object; it is named after itself.
    pub(super) fn of_identity(object: &Value) -> Option<Self> {
        let (name, public) = object.get("keys")?.as_object()?.iter().next()?;
        let public = public.as_str()?;
        (name.strip_prefix("ed25519:")? == public).then_some(())?;
        Some(Self { name: name.clone(), public: Ed25519PublicKey::from_base64(public).ok()? })
    }

    /// The key with which a device signs.
    pub(super) fn of_device(object: &Value, device: &str) -> Option<Self> {
        let name = format!("ed25519:{device}");
        let public = object.get("keys")?.get(&name)?.as_str()?;
        Some(Self { public: Ed25519PublicKey::from_base64(public).ok()?, name })
    }

    /// Whether this key of `user`'s signed `object`.
    pub(super) fn signed(&self, object: &Value, user: &str) -> Signed {
        let signatures = object.get("signatures").and_then(|all| all.get(user));
        let Some(signature) = signatures.and_then(|own| own.get(&self.name)) else { return Signed::Not };
        let signature = signature.as_str().and_then(|text| Ed25519Signature::from_base64(text).ok());
        let fits = signature
            .zip(signed_text(object))
            .is_some_and(|(signature, text)| self.public.verify(text.as_bytes(), &signature).is_ok());
        if fits { Signed::Truly } else { Signed::Wrongly }
    }
}

/// What is signed of an object: its canonical JSON without what is added later.
pub(super) fn signed_text(object: &Value) -> Option<String> {
    let mut object: CanonicalJsonObject = serde_json::from_value(object.clone()).ok()?;
    object.remove("signatures");
    object.remove("unsigned");
    serde_json::to_string(&object).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use matrix_sdk::encryption::vodozemac::Ed25519SecretKey;
    use serde_json::json;

    #[test]
    fn a_signature_is_verified_over_what_it_signs() {
        let secret = Ed25519SecretKey::from_slice(&[7; 32]);
        let public = secret.public_key().to_base64();
        let name = format!("ed25519:{public}");
        let key = Key::of_identity(&json!({ "keys": { &name: public } })).expect("a key");
        let mut object = json!({ "b": 1, "a": "é", "unsigned": { "age": 2 } });
        assert_eq!(key.signed(&object, "@v:x"), Signed::Not);
        let signature = secret.sign(r#"{"a":"é","b":1}"#.as_bytes()).to_base64();
        object["signatures"] = json!({ "@v:x": { &name: signature } });
        assert_eq!(key.signed(&object, "@v:x"), Signed::Truly);
        assert_eq!(key.signed(&object, "@w:x"), Signed::Not);
        object["b"] = json!(2);
        assert_eq!(key.signed(&object, "@v:x"), Signed::Wrongly);
        object["signatures"]["@v:x"][&name] = json!("no signature");
        assert_eq!(key.signed(&object, "@v:x"), Signed::Wrongly);
    }

    #[test]
    fn a_key_is_named_after_itself() {
        let public = Ed25519SecretKey::from_slice(&[7; 32]).public_key().to_base64();
        assert_eq!(Key::of_identity(&json!({ "keys": { "ed25519:else": public } })), None);
        assert_eq!(Key::of_identity(&json!({ "keys": { "ed25519:x": "x" } })), None);
        assert_eq!(Key::of_device(&json!({ "keys": { "ed25519:D": public } }), "E"), None);
    }
}
