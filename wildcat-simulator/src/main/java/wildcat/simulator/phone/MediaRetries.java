package wildcat.simulator.phone;

import java.util.Optional;
import java.util.random.RandomGenerator;
import wildcat.proto.MediaRetryNotification;
import wildcat.proto.MediaRetryNotification.ResultType;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.media.MediaRetryCipher;
import wildcat.protocol.node.Node;

/// A companion asks for a file that the server has lost: the phone uploads it again and tells where.
/// Source: whatsmeow mediaretry.go.
final class MediaRetries {
  private static final int NOT_THERE = 2;

  private final Archive archive;
  private final Attachments attachments;
  private final RandomGenerator random;

  MediaRetries(Archive archive, Attachments attachments, RandomGenerator random) {
    this.archive = archive;
    this.attachments = attachments;
    this.random = random;
  }

  /// @param receipt of type `server-error`
  /// @return the notification for the companions, without `from` and `t`
  Node answer(Node receipt) {
    String id = receipt.text("id");
    Node notification = Node.of("notification").with("id", id).with("type", "mediaretry");
    Node about = receipt.child("rmr").orElse(Node.of("rmr"));
    Optional<Message> message = archive.find(id).map(Archive.Stored::message);
    Optional<MediaRetryCipher> cipher =
        message
            .flatMap(Attachments::reference)
            .map(r -> new MediaRetryCipher(r.key(), id))
            .filter(c -> c.isRequest(part(receipt, "enc_iv"), part(receipt, "enc_p")));
    Optional<String> path = cipher.flatMap(_ -> attachments.again(message.orElseThrow()));
    if (path.isEmpty()) {
      return notification.containing(Node.of("error").with("code", NOT_THERE), about);
    }
    var iv = new byte[MediaRetryCipher.IV_BYTES];
    random.nextBytes(iv);
    Bytes nonce = Bytes.wrap(iv);
    Bytes answer =
        cipher
            .orElseThrow()
            .answer(
                nonce,
                MediaRetryNotification.newBuilder()
                    .setStanzaId(id)
                    .setDirectPath(path.get())
                    .setResult(ResultType.RESULT_TYPE_SUCCESS)
                    .build());
    return notification.containing(
        Node.of("encrypt", Node.of("enc_p", answer), Node.of("enc_iv", nonce)), about);
  }

  private static Bytes part(Node receipt, String name) {
    return receipt.path("encrypt", name).flatMap(Node::bytes).orElse(Bytes.empty());
  }
}
