package wildcat.protocol.media;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import wildcat.proto.MediaRetryNotification;
import wildcat.proto.ServerErrorReceipt;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.crypto.Hkdf;

/// Encrypts what a device and its phone say to each other about a file that is gone.
/// Source: whatsmeow mediaretry.go.
public final class MediaRetryCipher {
  /// Length of the nonce that travels beside the ciphertext.
  public static final int IV_BYTES = 12;

  private static final byte[] INFO =
      "WhatsApp Media Retry Notification".getBytes(StandardCharsets.UTF_8);
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final byte[] messageId;

  /// @param messageId of the message that the file belongs to
  public MediaRetryCipher(Secret mediaKey, String messageId) {
    this.key = new SecretKeySpec(Hkdf.derive(new byte[0], mediaKey.expose(), INFO, 32), "AES");
    this.messageId = messageId.getBytes(StandardCharsets.UTF_8);
  }

  /// The device's request.
  ///
  /// @param iv 12 random bytes
  public Bytes request(Bytes iv) {
    var receipt =
        ServerErrorReceipt.newBuilder()
            .setStanzaId(new String(messageId, StandardCharsets.UTF_8))
            .build();
    return run(Cipher.ENCRYPT_MODE, iv, receipt.toByteArray()).orElseThrow();
  }

  /// Whether these bytes are a request for this message.
  public boolean isRequest(Bytes iv, Bytes ciphertext) {
    return run(Cipher.DECRYPT_MODE, iv, ciphertext.toArray()).isPresent();
  }

  /// The phone's answer.
  public Bytes answer(Bytes iv, MediaRetryNotification answer) {
    return run(Cipher.ENCRYPT_MODE, iv, answer.toByteArray()).orElseThrow();
  }

  /// Reads the phone's answer; empty when it is not from somebody who knows the media key, or malformed.
  public Optional<MediaRetryNotification> read(Bytes iv, Bytes ciphertext) {
    Optional<Bytes> plain = run(Cipher.DECRYPT_MODE, iv, ciphertext.toArray());
    try {
      return plain.isEmpty()
          ? Optional.empty()
          : Optional.of(MediaRetryNotification.parseFrom(plain.get().toArray()));
    } catch (InvalidProtocolBufferException _) {
      return Optional.empty();
    }
  }

  private Optional<Bytes> run(int mode, Bytes iv, byte[] input) {
    if (iv.length() != IV_BYTES) {
      return Optional.empty();
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv.toArray()));
      cipher.updateAAD(messageId);
      return Optional.of(Bytes.wrap(cipher.doFinal(input)));
    } catch (GeneralSecurityException e) {
      if (mode == Cipher.ENCRYPT_MODE) {
        throw new IllegalStateException("AES-GCM must work", e);
      }
      return Optional.empty();
    }
  }
}
