//! What people do on Matrix, turned into events of the port: pure functions.
