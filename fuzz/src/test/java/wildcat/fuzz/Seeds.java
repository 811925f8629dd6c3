package wildcat.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import wildcat.client.fake.Fixture;
import wildcat.proto.Message;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.frame.FrameWriter;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;
import wildcat.protocol.node.NodeWriter;
import wildcat.protocol.ratchet.Padding;

/// Writes what fuzzing begins with, made by our own encoders: `fuzz/run --seeds`.
public final class Seeds {
  private final Path corpus;
  private final MessageDigest sha256;

  private Seeds(Path corpus, MessageDigest sha256) {
    this.corpus = corpus;
    this.sha256 = sha256;
  }

  public static void main(String[] arguments) throws Exception {
    new Seeds(Path.of(arguments[0]), MessageDigest.getInstance("SHA-256")).write();
  }

  private void write() throws Exception {
    for (String jid :
        List.of(
            "1555@s.whatsapp.net",
            "1555:7@lid",
            "1555.1:99@hosted",
            "123-456@g.us",
            "status@broadcast",
            "1@newsletter",
            "2-5@interop")) {
      put("JidTarget", jid.getBytes(StandardCharsets.UTF_8));
    }
    for (Node stanza : stanzas()) {
      byte[] written = NodeWriter.write(stanza);
      put("NodeTarget", written);
      put("StanzaTarget", written);
      put("FrameTarget", concatenated(new byte[] {0, 5}, FrameWriter.ofServer().write(written)));
    }
    put(
        "FrameTarget",
        concatenated(
            new byte[] {1, 3}, FrameWriter.ofClient(Bytes.ofUtf8("route")).write(new byte[] {1})));
    put("NoiseTarget", new byte[] {0, 0x1a, 2, 0x0a, 0});
    put("NoiseTarget", new byte[] {1, 0x12, 2, 0x0a, 0});
    put("NoiseTarget", new byte[] {2, 0x22, 2, 0x0a, 0});
    put("NoiseTarget", new byte[] {3, 0x0a, 2, 0x0a, 0});
    put("RatchetTarget", concatenated(new byte[] {1}, RatchetTarget.firstMessage().toArray()));
    put("RatchetTarget", concatenated(new byte[] {3}, RatchetTarget.storedRecord().toArray()));
    put("RatchetTarget", new byte[] {0, 0x33, 0x0a, 1, 5, 0x10, 1, 0x18, 0, 0x22, 0});
    put("RatchetTarget", new byte[] {2, 1, 2, 2});
    for (byte kind = 0; kind < 4; kind++) {
      put("PairingTarget", concatenated(new byte[] {kind}, PairingTarget.container().toArray()));
    }
    put(
        "PairingTarget",
        concatenated(new byte[] {4}, "2@a,b,c,d".getBytes(StandardCharsets.UTF_8)));
    contents();
  }

  private static List<Node> stanzas() {
    Jid ann = Fixture.ANN_LID;
    Node enc = Node.of("enc", Bytes.ofHex("330a0105")).with("v", "2").with("type", "msg");
    return List.of(
        Fixture.message(ann, "3EB01", enc),
        Fixture.message(ann, "3EB02", enc.with("type", "pkmsg"), enc.with("type", "skmsg")),
        Node.of("message", Node.of("unavailable").with("type", "view_once"))
            .with("from", ann)
            .with("id", "3EB03")
            .with("t", 1),
        Node.of("receipt", Node.of("list", Node.of("item").with("id", "3EB05")))
            .with("from", ann)
            .with("id", "3EB04")
            .with("type", "read")
            .with("t", 5),
        Node.of(
                "receipt",
                Node.of("retry").with("id", "3EB04").with("count", 1).with("t", 5).with("v", 1),
                Node.of("registration", Bytes.ofHex("00000001")))
            .with("from", ann)
            .with("id", "3EB04")
            .with("type", "retry"),
        Node.of("notification", Node.of("count").with("value", 3))
            .with("from", Jid.WHATSAPP)
            .with("id", "1")
            .with("type", "encrypt"),
        Node.of("notification", Node.of("identity"))
            .with("from", ann)
            .with("id", "2")
            .with("type", "encrypt"),
        Node.of(
                "notification",
                Node.of("add", Node.of("device").with("jid", ann.withDevice(5)))
                    .with("device_hash", "2:AAAA"))
            .with("from", ann)
            .with("id", "3")
            .with("type", "devices"),
        Node.of(
                "notification",
                Node.of("devices", Node.of("device").with("jid", Fixture.OWN_LID))
                    .with("dhash", "2:A"))
            .with("from", Fixture.OWN_PN)
            .with("id", "4")
            .with("type", "account_sync"),
        Node.of("notification", Node.of("tokens", Node.of("token", Bytes.ofHex("01")).with("t", 1)))
            .with("from", ann)
            .with("id", "5")
            .with("type", "privacy_token"),
        Node.of("iq", Node.of("ping"))
            .with("from", Jid.WHATSAPP)
            .with("id", "6")
            .with("type", "get"),
        Node.of("ib", Node.of("dirty").with("type", "account_sync").with("timestamp", 1)));
  }

  /// One message of every kind there is, its fields filled two levels deep.
  private void contents() throws IOException {
    var random = new Random(3);
    for (FieldDescriptor field : Message.getDescriptor().getFields()) {
      var message = DynamicMessage.newBuilder(Message.getDescriptor());
      fill(message, field, 2);
      put("ContentTarget", Padding.pad(message.build().toByteArray(), random));
    }
  }

  private static void fill(DynamicMessage.Builder builder, FieldDescriptor field, int depth) {
    Object value =
        switch (field.getJavaType()) {
          case INT -> 1;
          case LONG -> 1L;
          case FLOAT -> 1f;
          case DOUBLE -> 1d;
          case BOOLEAN -> true;
          case STRING -> "1555@lid";
          case BYTE_STRING -> ByteString.copyFromUtf8("bytes");
          case ENUM -> field.getEnumType().getValues().getLast();
          case MESSAGE -> {
            var inner = DynamicMessage.newBuilder(field.getMessageType());
            if (depth > 0) {
              field.getMessageType().getFields().forEach(child -> fill(inner, child, depth - 1));
            }
            yield inner.build();
          }
        };
    if (field.isRepeated()) {
      builder.addRepeatedField(field, value);
    } else {
      builder.setField(field, value);
    }
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }

  private void put(String target, byte[] input) throws IOException {
    Path folder = Files.createDirectories(corpus.resolve(target));
    var name = HexFormat.of().formatHex(sha256.digest(input), 0, 8);
    Files.write(folder.resolve(name + ".seed"), input);
  }
}
