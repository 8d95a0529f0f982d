//! The sockets: HTTP and web socket on loopback, with or without TLS.

use std::{
    fmt,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, RawQuery, State, WebSocketUpgrade},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::any,
};
use axum_server::{
    Handle,
    accept::NoDelayAcceptor,
    tls_rustls::{RustlsAcceptor, RustlsConfig},
};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{
    ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

use crate::{
    gateway::{self, Door},
    hub::{self, Hub},
    rest,
};

/// How long somebody who connects to a gateway that is away is kept waiting.
const LONGEST_ABSENCE: Duration = Duration::from_mins(1);

/// A port on loopback, listening.
pub(crate) fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("loopback has a free port");
    listener.set_nonblocking(true).expect("a listener can be made non-blocking");
    let address = listener.local_addr().expect("a bound listener has an address");
    (listener, address)
}

/// Everything that is served.
fn router(hub: Arc<Hub>) -> Router {
    Router::new()
        .route("/gateway", any(upgrade))
        .route("/gateway/", any(upgrade))
        .fallback(rest::entry)
        .layer(DefaultBodyLimit::disable())
        .with_state(hub)
}

async fn upgrade(State(hub): State<Arc<Hub>>, RawQuery(query): RawQuery, socket: WebSocketUpgrade) -> Response {
    let query = query.unwrap_or_default();
    let has = |pair: &str| query.split('&').any(|other| other == pair);
    let is_json = !query.contains("encoding=") || has("encoding=json");
    if !has("v=10") || !is_json || query.contains("compress=") {
        let what = format!("the gateway was asked for {query:?}; the fake speaks v=10, encoding=json, uncompressed");
        hub.change(|state| state.complain(what));
    }
    let door = |state: &hub::State| Some(state.gateway.door).filter(|door| *door != Door::Silent);
    if hub.until(LONGEST_ABSENCE, door).await != Some(Door::Open) {
        hub.change(|state| state.gateway.refused += 1);
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    socket.on_upgrade(move |socket| gateway::serve(hub, socket))
}

/// Serves plain HTTP until the handle is shut down.
pub(crate) fn serve(hub: Arc<Hub>, listener: TcpListener) -> Handle<SocketAddr> {
    let handle = Handle::new();
    let server = axum_server::from_tcp(listener).expect("the listener is non-blocking and in a runtime");
    let server = server.acceptor(NoDelayAcceptor::new()).handle(handle.clone());
    tokio::spawn(server.serve(router(hub).into_make_service()));
    handle
}

/// Serves HTTPS until the handle is shut down.
pub(crate) fn serve_tls(hub: Arc<Hub>, listener: TcpListener, certificate: &Certificate) -> Handle<SocketAddr> {
    let handle = Handle::new();
    let acceptor = RustlsAcceptor::new(certificate.config()).acceptor(NoDelayAcceptor::new());
    let server = axum_server::from_tcp(listener).expect("the listener is non-blocking and in a runtime");
    let server = server.acceptor(acceptor).handle(handle.clone());
    tokio::spawn(server.serve(router(hub).into_make_service()));
    handle
}

/// A certificate for discord.com that signs itself.
pub(crate) struct Certificate(CertifiedKey<rcgen::KeyPair>);

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Certificate")
    }
}

impl Certificate {
    pub(crate) fn new() -> Self {
        let names = ["discord.com", "localhost", "127.0.0.1"].map(str::to_owned);
        Self(generate_simple_self_signed(names).expect("these names can be in a certificate"))
    }

    pub(crate) fn pem(&self) -> String {
        self.0.cert.pem()
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        self.0.cert.der().to_vec()
    }

    fn config(&self) -> RustlsConfig {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.0.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring knows the usual versions")
            .with_no_client_auth()
            .with_single_cert(vec![self.0.cert.der().clone()], key)
            .expect("a fresh certificate fits its key");
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        RustlsConfig::from_config(Arc::new(config))
    }
}
