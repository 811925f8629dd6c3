package wildcat.client.message;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import wildcat.client.device.LidMap;
import wildcat.client.store.Change;
import wildcat.client.store.StoreFailed;
import wildcat.proto.LIDMigrationMapping;
import wildcat.proto.LIDMigrationMappingSyncPayload;
import wildcat.proto.Message;
import wildcat.proto.ProtocolMessage;
import wildcat.protocol.jid.Jid;

/// What our own phone tells this device beside the chats: keys of the app state, history, mappings.
///
/// Keys and history are acknowledged and not kept: this version reads neither app state nor history, and
/// the phone gives both again when it is asked.
final class PeerMessages {
  private PeerMessages() {}

  /// Whether it is for this device and not for a chat.
  static boolean isPeer(Message message) {
    if (!message.hasProtocolMessage() || !message.getProtocolMessage().hasType()) {
      return false;
    }
    return switch (message.getProtocolMessage().getType()) {
      case TYPE_HISTORY_SYNC_NOTIFICATION,
          TYPE_APP_STATE_SYNC_KEY_SHARE,
          TYPE_APP_STATE_SYNC_KEY_REQUEST,
          TYPE_APP_STATE_FATAL_EXCEPTION_NOTIFICATION,
          TYPE_INITIAL_SECURITY_NOTIFICATION_SETTING_SYNC,
          TYPE_MSG_FANOUT_BACKFILL_REQUEST,
          TYPE_PEER_DATA_OPERATION_REQUEST_MESSAGE,
          TYPE_PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
          TYPE_LID_MIGRATION_MAPPING_SYNC,
          TYPE_COEX_STATE_SYNC ->
          true;
      default -> false;
    };
  }

  /// The type of the receipt that confirms it.
  static String receiptType(Message message) {
    return message.getProtocolMessage().getType()
            == ProtocolMessage.Type.TYPE_HISTORY_SYNC_NOTIFICATION
        ? "hist_sync"
        : "peer_msg";
  }

  /// What it changes here: the mappings of lids, which only the phone may give.
  static List<Change> changes(Message message, MessageSource source, LidMap lids)
      throws StoreFailed {
    var changes = new ArrayList<Change>();
    if (source.sender().device() != 0
        || !message.getProtocolMessage().hasLidMigrationMappingSyncMessage()) {
      return changes;
    }
    LIDMigrationMappingSyncPayload payload;
    try {
      payload =
          LIDMigrationMappingSyncPayload.parseFrom(
              message
                  .getProtocolMessage()
                  .getLidMigrationMappingSyncMessage()
                  .getEncodedMappingPayload());
    } catch (InvalidProtocolBufferException _) {
      return changes; // nothing depends on it: mappings come by other ways too
    }
    for (LIDMigrationMapping mapping : payload.getPnToLidMappingsList()) {
      long lid = mapping.getLatestLid() != 0 ? mapping.getLatestLid() : mapping.getAssignedLid();
      if (mapping.getPn() != 0 && lid != 0) {
        lids.mapping(
                Jid.pn(Long.toUnsignedString(mapping.getPn())), Jid.lid(Long.toUnsignedString(lid)))
            .ifPresent(changes::add);
      }
    }
    return changes;
  }
}
