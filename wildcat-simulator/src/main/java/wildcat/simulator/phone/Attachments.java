package wildcat.simulator.phone;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.random.RandomGenerator;
import wildcat.proto.AudioMessage;
import wildcat.proto.DocumentMessage;
import wildcat.proto.ImageMessage;
import wildcat.proto.Message;
import wildcat.proto.StickerMessage;
import wildcat.proto.VideoMessage;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.bytes.Secret;
import wildcat.protocol.media.MediaDamaged;
import wildcat.protocol.media.MediaDecryption;
import wildcat.protocol.media.MediaEncryption;
import wildcat.protocol.media.MediaType;
import wildcat.simulator.depot.Depot;
import wildcat.simulator.world.World;

/// Files that phones send and receive. Any thread may call.
final class Attachments {
  private static final int MAX_BYTES = 256 << 20;

  private final World world;
  private final Depot depot;
  private final RandomGenerator random;

  Attachments(World world, Depot depot, RandomGenerator random) {
    this.world = world;
    this.depot = depot;
    this.random = random;
  }

  private record Uploaded(Secret key, MediaEncryption.Sealed sealed, Depot.Blob blob, long at) {
    ByteString mediaKey() {
      return ByteString.copyFrom(key.expose());
    }

    ByteString plainSha256() {
      return ByteString.copyFrom(sealed.plainSha256().toArray());
    }

    ByteString fileSha256() {
      return ByteString.copyFrom(sealed.fileSha256().toArray());
    }

    ByteString sidecar() {
      return ByteString.copyFrom(sealed.sidecar().toArray());
    }
  }

  /// Uploads a file and writes the message for it.
  Message message(PhoneFile file) {
    return switch (file.kind()) {
      case IMAGE -> {
        Uploaded up = upload(file, MediaType.IMAGE);
        yield Message.newBuilder().setImageMessage(image(file, up)).build();
      }
      case STICKER -> {
        Uploaded up = upload(file, MediaType.IMAGE);
        yield Message.newBuilder().setStickerMessage(sticker(file, up)).build();
      }
      case VIDEO, GIF -> {
        Uploaded up = upload(file, MediaType.VIDEO);
        yield Message.newBuilder().setVideoMessage(video(file, up)).build();
      }
      case VIDEO_NOTE -> {
        Uploaded up = upload(file, MediaType.VIDEO);
        yield Message.newBuilder().setPtvMessage(video(file, up)).build();
      }
      case AUDIO, VOICE -> {
        Uploaded up = upload(file, MediaType.AUDIO);
        yield Message.newBuilder().setAudioMessage(audio(file, up)).build();
      }
      case DOCUMENT -> {
        Uploaded up = upload(file, MediaType.DOCUMENT);
        yield Message.newBuilder().setDocumentMessage(document(file, up)).build();
      }
    };
  }

  private Uploaded upload(PhoneFile file, MediaType type) {
    var keyBytes = new byte[32];
    random.nextBytes(keyBytes);
    Secret key = Secret.wrap(keyBytes);
    try (Depot.Intake intake = depot.intake()) {
      var sealed =
          MediaEncryption.encrypt(
              key, type, new ByteArrayInputStream(file.content().toArray()), intake.stream());
      return new Uploaded(key, sealed, intake.finish(), world.seconds());
    } catch (IOException e) {
      throw new UncheckedIOException("the depot takes no file", e);
    }
  }

  private static ImageMessage image(PhoneFile file, Uploaded up) {
    return ImageMessage.newBuilder()
        .setMimetype(file.mimetype())
        .setCaption(file.caption())
        .setFileSha256(up.plainSha256())
        .setFileLength(up.sealed().plainBytes())
        .setHeight(file.height())
        .setWidth(file.width())
        .setMediaKey(up.mediaKey())
        .setFileEncSha256(up.fileSha256())
        .setDirectPath(up.blob().directPath())
        .setMediaKeyTimestamp(up.at())
        .build();
  }

  private static StickerMessage sticker(PhoneFile file, Uploaded up) {
    return StickerMessage.newBuilder()
        .setMimetype(file.mimetype())
        .setFileSha256(up.plainSha256())
        .setFileLength(up.sealed().plainBytes())
        .setHeight(file.height())
        .setWidth(file.width())
        .setMediaKey(up.mediaKey())
        .setFileEncSha256(up.fileSha256())
        .setDirectPath(up.blob().directPath())
        .setMediaKeyTimestamp(up.at())
        .setIsAnimated(false)
        .build();
  }

  private static VideoMessage video(PhoneFile file, Uploaded up) {
    return VideoMessage.newBuilder()
        .setMimetype(file.mimetype())
        .setCaption(file.caption())
        .setFileSha256(up.plainSha256())
        .setFileLength(up.sealed().plainBytes())
        .setSeconds(file.seconds())
        .setGifPlayback(file.kind() == PhoneFile.Kind.GIF)
        .setHeight(file.height())
        .setWidth(file.width())
        .setMediaKey(up.mediaKey())
        .setFileEncSha256(up.fileSha256())
        .setDirectPath(up.blob().directPath())
        .setMediaKeyTimestamp(up.at())
        .setStreamingSidecar(up.sidecar())
        .build();
  }

  private static AudioMessage audio(PhoneFile file, Uploaded up) {
    return AudioMessage.newBuilder()
        .setMimetype(file.mimetype())
        .setFileSha256(up.plainSha256())
        .setFileLength(up.sealed().plainBytes())
        .setSeconds(file.seconds())
        .setPtt(file.kind() == PhoneFile.Kind.VOICE)
        .setMediaKey(up.mediaKey())
        .setFileEncSha256(up.fileSha256())
        .setDirectPath(up.blob().directPath())
        .setMediaKeyTimestamp(up.at())
        .setStreamingSidecar(up.sidecar())
        .build();
  }

  private static DocumentMessage document(PhoneFile file, Uploaded up) {
    return DocumentMessage.newBuilder()
        .setMimetype(file.mimetype())
        .setTitle(file.fileName())
        .setFileName(file.fileName())
        .setFileSha256(up.plainSha256())
        .setFileLength(up.sealed().plainBytes())
        .setMediaKey(up.mediaKey())
        .setFileEncSha256(up.fileSha256())
        .setDirectPath(up.blob().directPath())
        .setMediaKeyTimestamp(up.at())
        .build();
  }

  /// Where a file is and how it is opened.
  record Reference(
      MediaType type, Secret key, String directPath, Bytes plainSha256, Bytes fileSha256) {}

  /// The file of a message, if it has one.
  static Optional<Reference> reference(Message content) {
    Message m = Contents.unwrapped(content);
    if (m.hasImageMessage()) {
      var f = m.getImageMessage();
      return reference(
          MediaType.IMAGE,
          f.getMediaKey(),
          f.getDirectPath(),
          f.getFileSha256(),
          f.getFileEncSha256());
    }
    if (m.hasStickerMessage()) {
      var f = m.getStickerMessage();
      return reference(
          MediaType.IMAGE,
          f.getMediaKey(),
          f.getDirectPath(),
          f.getFileSha256(),
          f.getFileEncSha256());
    }
    if (m.hasVideoMessage() || m.hasPtvMessage()) {
      var f = m.hasVideoMessage() ? m.getVideoMessage() : m.getPtvMessage();
      return reference(
          MediaType.VIDEO,
          f.getMediaKey(),
          f.getDirectPath(),
          f.getFileSha256(),
          f.getFileEncSha256());
    }
    if (m.hasAudioMessage()) {
      var f = m.getAudioMessage();
      return reference(
          MediaType.AUDIO,
          f.getMediaKey(),
          f.getDirectPath(),
          f.getFileSha256(),
          f.getFileEncSha256());
    }
    if (m.hasDocumentMessage()) {
      var f = m.getDocumentMessage();
      return reference(
          MediaType.DOCUMENT,
          f.getMediaKey(),
          f.getDirectPath(),
          f.getFileSha256(),
          f.getFileEncSha256());
    }
    return Optional.empty();
  }

  private static Optional<Reference> reference(
      MediaType type, ByteString key, String directPath, ByteString plain, ByteString file) {
    return key.size() != 32
        ? Optional.empty()
        : Optional.of(
            new Reference(
                type,
                Secret.wrap(key.toByteArray()),
                directPath,
                Bytes.wrap(plain.toByteArray()),
                Bytes.wrap(file.toByteArray())));
  }

  /// Fetches and opens the file of a message; empty when it has none, or it is not there.
  ///
  /// @throws MediaDamaged the file is not what the message says
  Optional<Bytes> content(Message message) throws MediaDamaged {
    Optional<Reference> reference = reference(message);
    Optional<Depot.Blob> blob = reference.flatMap(r -> depot.find(r.directPath()));
    if (blob.isEmpty()) {
      return Optional.empty();
    }
    Reference wanted = reference.orElseThrow();
    var expected =
        new MediaDecryption.Expected(
            wanted.key(),
            wanted.type(),
            Optional.of(wanted.plainSha256()),
            Optional.of(wanted.fileSha256()),
            MAX_BYTES);
    var plain = new ByteArrayOutputStream();
    try (InputStream file = Files.newInputStream(blob.get().file())) {
      MediaDecryption.decrypt(expected, file, plain);
    } catch (IOException e) {
      throw new UncheckedIOException("the depot cannot be read", e);
    }
    return Optional.of(Bytes.wrap(plain.toByteArray()));
  }

  /// Uploads the file of a message once more; the new address, or nothing when the file is nowhere.
  Optional<String> again(Message message) {
    return reference(message).flatMap(r -> depot.again(r.directPath())).map(Depot.Blob::directPath);
  }
}
