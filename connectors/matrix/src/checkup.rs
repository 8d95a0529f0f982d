//! What the account looks like from outside, for `vigie doctor`.
