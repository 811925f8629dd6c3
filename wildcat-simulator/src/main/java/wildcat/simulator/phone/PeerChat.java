package wildcat.simulator.phone;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import wildcat.proto.AppStateSyncKey;
import wildcat.proto.AppStateSyncKeyData;
import wildcat.proto.AppStateSyncKeyFingerprint;
import wildcat.proto.AppStateSyncKeyId;
import wildcat.proto.AppStateSyncKeyRequest;
import wildcat.proto.AppStateSyncKeyShare;
import wildcat.proto.Conversation;
import wildcat.proto.HistorySync;
import wildcat.proto.HistorySyncMsg;
import wildcat.proto.HistorySyncNotification;
import wildcat.proto.HistorySyncOnDemandRequest;
import wildcat.proto.Message;
import wildcat.proto.MessageKey;
import wildcat.proto.PeerDataOperationRequestMessage;
import wildcat.proto.PeerDataOperationRequestResponseMessage;
import wildcat.proto.PeerDataOperationResult;
import wildcat.proto.PhoneNumberToLIDMapping;
import wildcat.proto.PlaceholderMessageResendRequest;
import wildcat.proto.PlaceholderMessageResendResponse;
import wildcat.proto.ProtocolMessage;
import wildcat.proto.WebMessageInfo;
import wildcat.protocol.jid.Jid;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.World;

/// What a phone and its companions tell each other: keys of the app state, history, lost messages.
/// Belongs to the phone's thread. Source: protocol notes 05, section 8; 07, section 7; 10, section 5.
final class PeerChat {
  private static final int MAX_HISTORY = 500;
  private static final int FIRST_EPOCH = 1;

  private final World world;
  private final Account account;
  private final Sender sender;
  private final Archive archive;
  private final AppStateSyncKey appStateKey;

  PeerChat(World world, Account account, Sender sender, Archive archive, PhoneKeys keys) {
    this.world = world;
    this.account = account;
    this.sender = sender;
    this.archive = archive;
    // the id of a key: number of the device that made it, then an epoch
    byte[] id = ByteBuffer.allocate(6).putShort((short) 0).putInt(FIRST_EPOCH).array();
    appStateKey =
        AppStateSyncKey.newBuilder()
            .setKeyId(AppStateSyncKeyId.newBuilder().setKeyId(ByteString.copyFrom(id)))
            .setKeyData(
                AppStateSyncKeyData.newBuilder()
                    .setKeyData(ByteString.copyFrom(world.chance().bytes(32).toArray()))
                    .setFingerprint(
                        AppStateSyncKeyFingerprint.newBuilder()
                            .setRawId(keys.rawId())
                            .setCurrentIndex(0)
                            .addDeviceIndexes(0))
                    .setTimestamp(world.now().toEpochMilli()))
            .build();
  }

  /// Brings a new companion up to date: without a key it never starts its app state, and without a
  /// history some clients wait for one.
  void welcome(Jid companion) {
    share(companion, List.of(appStateKey));
    HistorySync history =
        HistorySync.newBuilder()
            .setSyncType(HistorySync.HistorySyncType.HISTORY_SYNC_TYPE_INITIAL_BOOTSTRAP)
            .setChunkOrder(1)
            .setProgress(100)
            .addPhoneNumberToLidMappings(
                PhoneNumberToLIDMapping.newBuilder()
                    .setPnJid(account.pn().toString())
                    .setLidJid(account.lid().toString()))
            .build();
    sendHistory(
        companion,
        HistorySyncNotification.newBuilder()
            .setSyncType(
                HistorySyncNotification.HistorySyncType.HISTORY_SYNC_TYPE_INITIAL_BOOTSTRAP)
            .setChunkOrder(1)
            .setProgress(100),
        history);
  }

  private void share(Jid companion, List<AppStateSyncKey> keys) {
    send(
        companion,
        ProtocolMessage.newBuilder()
            .setType(ProtocolMessage.Type.TYPE_APP_STATE_SYNC_KEY_SHARE)
            .setAppStateSyncKeyShare(AppStateSyncKeyShare.newBuilder().addAllKeys(keys)));
  }

  private void sendHistory(
      Jid companion, HistorySyncNotification.Builder notification, HistorySync history) {
    send(
        companion,
        ProtocolMessage.newBuilder()
            .setType(ProtocolMessage.Type.TYPE_HISTORY_SYNC_NOTIFICATION)
            .setHistorySyncNotification(
                notification.setInitialHistBootstrapInlinePayload(
                    ByteString.copyFrom(deflated(history.toByteArray())))));
  }

  private static byte[] deflated(byte[] data) {
    var bytes = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(bytes)) {
      deflater.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private void send(Jid companion, ProtocolMessage.Builder content) {
    sender.sendPeer(companion, Message.newBuilder().setProtocolMessage(content).build());
  }

  /// A companion asks.
  ///
  /// @param requestId id of its message
  void read(String requestId, Jid companion, Message message) {
    ProtocolMessage content = message.getProtocolMessage();
    if (content.hasAppStateSyncKeyRequest()) {
      share(companion, requested(content.getAppStateSyncKeyRequest()));
    } else if (content.hasPeerDataOperationRequestMessage()) {
      answer(requestId, companion, content.getPeerDataOperationRequestMessage());
    } else {
      world.tally().unknownStanza("peer message " + content.getType().name());
    }
  }

  /// A key the phone does not have is answered without its data.
  private List<AppStateSyncKey> requested(AppStateSyncKeyRequest request) {
    return request.getKeyIdsList().stream()
        .map(id ->
            id.equals(appStateKey.getKeyId())
                ? appStateKey
                : AppStateSyncKey.newBuilder().setKeyId(id).build())
        .toList();
  }

  private void answer(String requestId, Jid companion, PeerDataOperationRequestMessage request) {
    switch (request.getPeerDataOperationRequestType()) {
      case PEER_DATA_OPERATION_REQUEST_TYPE_PLACEHOLDER_MESSAGE_RESEND ->
          send(companion, lostMessages(requestId, request));
      case PEER_DATA_OPERATION_REQUEST_TYPE_HISTORY_SYNC_ON_DEMAND ->
          older(requestId, companion, request.getHistorySyncOnDemandRequest());
      default ->
          world
              .tally()
              .unknownStanza("peer request " + request.getPeerDataOperationRequestType().name());
    }
  }

  private ProtocolMessage.Builder lostMessages(
      String requestId, PeerDataOperationRequestMessage request) {
    var response =
        PeerDataOperationRequestResponseMessage.newBuilder()
            .setPeerDataOperationRequestType(request.getPeerDataOperationRequestType())
            .setStanzaId(requestId);
    for (PlaceholderMessageResendRequest asked : request.getPlaceholderMessageResendRequestList()) {
      MessageKey key = asked.getMessageKey();
      Optional<Archive.Stored> entry = archive.find(key.getId());
      var found = PlaceholderMessageResendResponse.newBuilder();
      entry.ifPresent(
          e -> found.setWebMessageInfoBytes(info(e, key.getRemoteJid()).toByteString()));
      response.addPeerDataOperationResult(
          PeerDataOperationResult.newBuilder().setPlaceholderMessageResendResponse(found));
    }
    return ProtocolMessage.newBuilder()
        .setType(ProtocolMessage.Type.TYPE_PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE)
        .setPeerDataOperationRequestResponseMessage(response);
  }

  private static WebMessageInfo info(Archive.Stored entry, String chat) {
    return WebMessageInfo.newBuilder()
        .setKey(
            MessageKey.newBuilder()
                .setRemoteJid(chat)
                .setFromMe(entry.fromOwn())
                .setId(entry.shown().id()))
        .setMessage(entry.message())
        .setMessageTimestamp(entry.shown().sentAt().getEpochSecond())
        .setPushName(entry.pushName())
        .build();
  }

  private void older(String requestId, Jid companion, HistorySyncOnDemandRequest request) {
    Optional<Jid> chat = Jid.parse(request.getChatJid()).map(this::pn);
    if (chat.isEmpty()) {
      world.tally().violation("history request without a chat");
      return;
    }
    int count = Math.clamp(request.getOnDemandMsgCount(), 0, MAX_HISTORY);
    var conversation =
        Conversation.newBuilder().setId(request.getChatJid()).setEndOfHistoryTransfer(false);
    for (Archive.Stored entry : archive.before(request.getOldestMsgId(), chat.get(), count)) {
      conversation.addMessages(
          HistorySyncMsg.newBuilder().setMessage(info(entry, request.getChatJid())));
    }
    sendHistory(
        companion,
        HistorySyncNotification.newBuilder()
            .setSyncType(HistorySyncNotification.HistorySyncType.HISTORY_SYNC_TYPE_ON_DEMAND)
            .setChunkOrder(1)
            .setProgress(100)
            .setPeerDataRequestSessionId(requestId),
        HistorySync.newBuilder()
            .setSyncType(HistorySync.HistorySyncType.HISTORY_SYNC_TYPE_ON_DEMAND)
            .setChunkOrder(1)
            .setProgress(100)
            .addConversations(conversation)
            .build());
  }

  private Jid pn(Jid user) {
    try (var _ = world.locked()) {
      return world.directory().account(user).map(Account::pn).orElse(user.withoutDevice());
    }
  }
}
