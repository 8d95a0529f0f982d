//! A state store of the SDK's that remembers what it was asked.
//!
//! For each thing that is said in a room the SDK asks who says it, what they may do, what their name is and whose else it is,
//! which rules of notification hold; then the connector asks some of it again. Each question is a statement prepared anew on
//! another thread, dozens of them an answer. The answers hardly ever change, and only by what is written through here.
//!
//! What is written is in the store before anybody is told so: this one is never ahead of it. What is asked seldom, such as
//! receipts, is asked of the store each time.

use super::known::{Change, Memory, is_nothing, written};
use async_trait::async_trait;
use matrix_sdk::{
    RoomInfo, RoomMemberships, StateChanges, StateStore,
    deserialized_responses::{DisplayName, RawAnySyncOrStrippedState},
    store::{
        ChildTransactionId, DependentQueuedRequest, DependentQueuedRequestKind, QueueWedgeError, QueuedRequest,
        QueuedRequestKind, RoomLoadSettings, SentRequestKey, StateStoreDataKey, StateStoreDataValue,
        StoredThreadSubscription,
    },
};
use matrix_sdk_base::MinimalRoomMemberEvent;
use ruma::{
    EventId, MilliSecondsSinceUnixEpoch, OwnedEventId, OwnedRoomId, OwnedTransactionId, OwnedUserId, RoomId,
    TransactionId, UserId,
    events::{
        AnyGlobalAccountDataEvent, AnyRoomAccountDataEvent, GlobalAccountDataEventType, RoomAccountDataEventType,
        StateEventType,
        presence::PresenceEvent,
        receipt::{Receipt, ReceiptThread, ReceiptType},
    },
    serde::Raw,
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
};

/// A state store, and what it was asked.
pub(super) struct Remembering<S> {
    store: S,
    memory: Memory,
}

impl<S> Remembering<S> {
    /// Remembers what this store, which nothing else writes, is asked from now on.
    pub(super) fn new(store: S) -> Self {
        Self { store, memory: Memory::default() }
    }
}

impl<S> fmt::Debug for Remembering<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remembering").finish_non_exhaustive()
    }
}

impl<S: StateStore> Remembering<S> {
    /// Writes something. What went wrong may have been written all the same.
    async fn write<T>(
        &self,
        change: Change<'_>,
        write: impl Future<Output = Result<T, S::Error>> + Send,
    ) -> Result<T, S::Error> {
        let changing = self.memory.begin(change);
        let written = write.await;
        if written.is_err() {
            let anything = self.memory.begin(Change::Anything);
            self.memory.over(anything.as_ref());
        }
        self.memory.over(changing.as_ref());
        written
    }
}

#[async_trait]
impl<S: StateStore> StateStore for Remembering<S> {
    type Error = S::Error;

    async fn save_changes(&self, changes: &StateChanges) -> Result<(), Self::Error> {
        if is_nothing(changes) {
            // The SDK writes twice what it is told: once without the names of rooms, and then those that changed.
            return Ok(());
        }
        self.write(Change::Changes(changes), self.store.save_changes(changes)).await
    }

    async fn remove_room(&self, room_id: &RoomId) -> Result<(), Self::Error> {
        self.write(Change::Removal(room_id), self.store.remove_room(room_id)).await
    }

    async fn reopen(&self) -> Result<(), Self::Error> {
        self.write(Change::Anything, self.store.reopen()).await
    }

    async fn get_presence_event(&self, user_id: &UserId) -> Result<Option<Raw<PresenceEvent>>, Self::Error> {
        Ok(self.get_presence_events(&[user_id.to_owned()]).await?.into_iter().next())
    }

    async fn get_presence_events(&self, user_ids: &[OwnedUserId]) -> Result<Vec<Raw<PresenceEvent>>, Self::Error> {
        let ask = self.store.get_presence_events(user_ids);
        self.memory.answer(|known| &mut known.presence, user_ids.to_vec(), ask).await
    }

    async fn get_state_event(
        &self,
        room_id: &RoomId,
        event_type: StateEventType,
        state_key: &str,
    ) -> Result<Option<RawAnySyncOrStrippedState>, Self::Error> {
        Ok(self.get_state_events_for_keys(room_id, event_type, &[state_key]).await?.into_iter().next())
    }

    async fn get_state_events(
        &self,
        room_id: &RoomId,
        event_type: StateEventType,
    ) -> Result<Vec<RawAnySyncOrStrippedState>, Self::Error> {
        let ask = self.store.get_state_events(room_id, event_type.clone());
        self.memory.answer(|known| &mut known.room(room_id).states, event_type, ask).await
    }

    async fn get_state_events_for_keys(
        &self,
        room_id: &RoomId,
        event_type: StateEventType,
        state_keys: &[&str],
    ) -> Result<Vec<RawAnySyncOrStrippedState>, Self::Error> {
        let ask = self.store.get_state_events_for_keys(room_id, event_type.clone(), state_keys);
        let keys = state_keys.iter().map(|&key| key.to_owned()).collect();
        self.memory.answer(|known| &mut known.room(room_id).states_for, (event_type, keys), ask).await
    }

    async fn get_profile(
        &self,
        room_id: &RoomId,
        user_id: &UserId,
    ) -> Result<Option<MinimalRoomMemberEvent>, Self::Error> {
        Ok(self.get_profiles(room_id, &[user_id.to_owned()]).await?.into_values().next())
    }

    async fn get_profiles<'a>(
        &self,
        room_id: &RoomId,
        user_ids: &'a [OwnedUserId],
    ) -> Result<BTreeMap<&'a UserId, MinimalRoomMemberEvent>, Self::Error> {
        let ask = async {
            let mut found = self.store.get_profiles(room_id, user_ids).await?;
            Ok::<_, S::Error>(user_ids.iter().map(|user| found.remove(&**user)).collect())
        };
        let found = self.memory.answer(|known| &mut known.room(room_id).profiles, user_ids.to_vec(), ask).await?;
        Ok(user_ids.iter().zip(found).filter_map(|(user, profile)| Some((&**user, profile?))).collect())
    }

    async fn get_user_ids(
        &self,
        room_id: &RoomId,
        memberships: RoomMemberships,
    ) -> Result<Vec<OwnedUserId>, Self::Error> {
        let ask = self.store.get_user_ids(room_id, memberships);
        self.memory.answer(|known| &mut known.room(room_id).members, memberships, ask).await
    }

    async fn get_users_with_display_names<'a>(
        &self,
        room_id: &RoomId,
        display_names: &'a [DisplayName],
    ) -> Result<HashMap<&'a DisplayName, BTreeSet<OwnedUserId>>, Self::Error> {
        let ask = async {
            let found = self.store.get_users_with_display_names(room_id, display_names).await?;
            Ok::<_, S::Error>(display_names.iter().map(|name| found.get(name).cloned()).collect())
        };
        let found = self.memory.answer(|known| &mut known.room(room_id).named, written(display_names), ask).await?;
        Ok(display_names.iter().zip(found).filter_map(|(name, users)| Some((name, users?))).collect())
    }

    async fn get_account_data_event(
        &self,
        event_type: GlobalAccountDataEventType,
    ) -> Result<Option<Raw<AnyGlobalAccountDataEvent>>, Self::Error> {
        let ask = async {
            let found = self.store.get_account_data_event(event_type.clone()).await?;
            Ok::<_, S::Error>(found.into_iter().collect())
        };
        let found = self.memory.answer(|known| &mut known.account_data, event_type.clone(), ask).await?;
        Ok(found.into_iter().next())
    }

    async fn get_kv_data(&self, key: StateStoreDataKey<'_>) -> Result<Option<StateStoreDataValue>, Self::Error> {
        self.store.get_kv_data(key).await
    }

    async fn set_kv_data(&self, key: StateStoreDataKey<'_>, value: StateStoreDataValue) -> Result<(), Self::Error> {
        self.store.set_kv_data(key, value).await
    }

    async fn remove_kv_data(&self, key: StateStoreDataKey<'_>) -> Result<(), Self::Error> {
        self.store.remove_kv_data(key).await
    }

    async fn get_room_infos(&self, room_load_settings: &RoomLoadSettings) -> Result<Vec<RoomInfo>, Self::Error> {
        self.store.get_room_infos(room_load_settings).await
    }

    async fn get_users_with_display_name(
        &self,
        room_id: &RoomId,
        display_name: &DisplayName,
    ) -> Result<BTreeSet<OwnedUserId>, Self::Error> {
        self.store.get_users_with_display_name(room_id, display_name).await
    }

    async fn get_room_account_data_event(
        &self,
        room_id: &RoomId,
        event_type: RoomAccountDataEventType,
    ) -> Result<Option<Raw<AnyRoomAccountDataEvent>>, Self::Error> {
        self.store.get_room_account_data_event(room_id, event_type).await
    }

    async fn get_user_room_receipt_event(
        &self,
        room_id: &RoomId,
        receipt_type: ReceiptType,
        thread: ReceiptThread,
        user_id: &UserId,
    ) -> Result<Option<(OwnedEventId, Receipt)>, Self::Error> {
        self.store.get_user_room_receipt_event(room_id, receipt_type, thread, user_id).await
    }

    async fn get_event_room_receipt_events(
        &self,
        room_id: &RoomId,
        receipt_type: ReceiptType,
        thread: ReceiptThread,
        event_id: &EventId,
    ) -> Result<Vec<(OwnedUserId, Receipt)>, Self::Error> {
        self.store.get_event_room_receipt_events(room_id, receipt_type, thread, event_id).await
    }

    async fn get_custom_value(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Self::Error> {
        self.store.get_custom_value(key).await
    }

    async fn set_custom_value(&self, key: &[u8], value: Vec<u8>) -> Result<Option<Vec<u8>>, Self::Error> {
        self.store.set_custom_value(key, value).await
    }

    async fn set_custom_value_no_read(&self, key: &[u8], value: Vec<u8>) -> Result<(), Self::Error> {
        self.store.set_custom_value_no_read(key, value).await
    }

    async fn remove_custom_value(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Self::Error> {
        self.store.remove_custom_value(key).await
    }

    async fn save_send_queue_request(
        &self,
        room_id: &RoomId,
        transaction_id: OwnedTransactionId,
        created_at: MilliSecondsSinceUnixEpoch,
        request: QueuedRequestKind,
        priority: usize,
    ) -> Result<(), Self::Error> {
        self.store.save_send_queue_request(room_id, transaction_id, created_at, request, priority).await
    }

    async fn update_send_queue_request(
        &self,
        room_id: &RoomId,
        transaction_id: &TransactionId,
        content: QueuedRequestKind,
    ) -> Result<bool, Self::Error> {
        self.store.update_send_queue_request(room_id, transaction_id, content).await
    }

    async fn remove_send_queue_request(
        &self,
        room_id: &RoomId,
        transaction_id: &TransactionId,
    ) -> Result<bool, Self::Error> {
        self.store.remove_send_queue_request(room_id, transaction_id).await
    }

    async fn load_send_queue_requests(&self, room_id: &RoomId) -> Result<Vec<QueuedRequest>, Self::Error> {
        self.store.load_send_queue_requests(room_id).await
    }

    async fn update_send_queue_request_status(
        &self,
        room_id: &RoomId,
        transaction_id: &TransactionId,
        error: Option<QueueWedgeError>,
    ) -> Result<(), Self::Error> {
        self.store.update_send_queue_request_status(room_id, transaction_id, error).await
    }

    async fn load_rooms_with_unsent_requests(&self) -> Result<Vec<OwnedRoomId>, Self::Error> {
        self.store.load_rooms_with_unsent_requests().await
    }

    async fn save_dependent_queued_request(
        &self,
        room_id: &RoomId,
        parent_txn_id: &TransactionId,
        own_txn_id: ChildTransactionId,
        created_at: MilliSecondsSinceUnixEpoch,
        content: DependentQueuedRequestKind,
    ) -> Result<(), Self::Error> {
        self.store.save_dependent_queued_request(room_id, parent_txn_id, own_txn_id, created_at, content).await
    }

    async fn mark_dependent_queued_requests_as_ready(
        &self,
        room_id: &RoomId,
        parent_txn_id: &TransactionId,
        sent_parent_key: SentRequestKey,
    ) -> Result<usize, Self::Error> {
        self.store.mark_dependent_queued_requests_as_ready(room_id, parent_txn_id, sent_parent_key).await
    }

    async fn update_dependent_queued_request(
        &self,
        room_id: &RoomId,
        own_transaction_id: &ChildTransactionId,
        new_content: DependentQueuedRequestKind,
    ) -> Result<bool, Self::Error> {
        self.store.update_dependent_queued_request(room_id, own_transaction_id, new_content).await
    }

    async fn remove_dependent_queued_request(
        &self,
        room: &RoomId,
        own_txn_id: &ChildTransactionId,
    ) -> Result<bool, Self::Error> {
        self.store.remove_dependent_queued_request(room, own_txn_id).await
    }

    async fn load_dependent_queued_requests(&self, room: &RoomId) -> Result<Vec<DependentQueuedRequest>, Self::Error> {
        self.store.load_dependent_queued_requests(room).await
    }

    async fn upsert_thread_subscriptions(
        &self,
        updates: Vec<(&RoomId, &EventId, StoredThreadSubscription)>,
    ) -> Result<(), Self::Error> {
        self.store.upsert_thread_subscriptions(updates).await
    }

    async fn remove_thread_subscription(&self, room: &RoomId, thread_id: &EventId) -> Result<(), Self::Error> {
        self.store.remove_thread_subscription(room, thread_id).await
    }

    async fn load_thread_subscription(
        &self,
        room: &RoomId,
        thread_id: &EventId,
    ) -> Result<Option<StoredThreadSubscription>, Self::Error> {
        self.store.load_thread_subscription(room, thread_id).await
    }

    async fn close(&self) -> Result<(), Self::Error> {
        self.store.close().await
    }

    async fn optimize(&self) -> Result<(), Self::Error> {
        self.store.optimize().await
    }

    async fn get_size(&self) -> Result<Option<usize>, Self::Error> {
        self.store.get_size().await
    }
}
