//! A real Synapse for tests.
