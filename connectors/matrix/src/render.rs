//! Messages of the port as the content of Matrix events.
