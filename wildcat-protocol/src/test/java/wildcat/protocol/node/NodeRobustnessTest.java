package wildcat.protocol.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wildcat.protocol.bytes.Bytes;

class NodeRobustnessTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static Node read(String hex) throws MalformedNode {
    return NodeReader.read(hex(hex));
  }

  private static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] compressed(byte[] body) {
    var deflater = new Deflater();
    deflater.setInput(body);
    deflater.finish();
    var out = new ByteArrayOutputStream();
    out.write(2);
    var buffer = new byte[8192];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "'',                              empty frame",
    "00,                              the input ends inside the node",
    "00 00,                           a node of size 0",
    "00 f800,                         a node of size 0",
    "00 f90000,                       a node of size 0",
    "00 1b,                           tag 27 where a list must begin",
    "00 f8011b 00,                    1 B after the node",
    "00 f801 00,                      a node without tag",
    "00 f801 fc00,                    a node without tag",
    "00 f801 fa0003,                  tag 250 where a string must begin",
    "00 f801 f0,                      tag 240 where a string must begin",
    "00 f801 f4,                      tag 244 where a string must begin",
    "00 f801 f8,                      tag 248 where a string must begin",
    "00 f801 ec,                      the input ends inside the node",
    "00 f8031b 00 08,                 an attribute without key",
    "00 f8031b fc00 08,               an attribute without key",
    "00 f8031b fa0003 08,             tag 250 where a string must begin",
    "00 f8031b 08 f801,               tag 248 where a string must begin",
    "00 f8051b 0808 0808,             an attribute occurs twice",
    "00 f8051b 0808 fc026964 08,      an attribute occurs twice",
    "00 f9ffff 1b,                    '32767 attributes announced, 0 B left'",
    "00 f8051b 080808,                '2 attributes announced, 3 B left'",
    "00 f8021b f802 f8011b f801,      '2 nodes announced, 5 B left'",
    "00 f8021b f9ffff f8011b,         '65535 nodes announced, 3 B left'",
    "00 f8021b fc02 ff,               '2 bytes announced, 1 B left'",
    "00 f8021b fd0fffff ff,           '1048575 bytes announced, 1 B left'",
    "00 f8021b fe7fffffff ff,         '2147483647 bytes announced, 1 B left'",
    "00 f8021b fe80000000 ff,         a length of 2 GiB or more",
    "00 f8021b feffffffff ff,         a length of 2 GiB or more",
    "00 f8021b ff02 12,               '2 packed bytes announced, 1 B left'",
    "00 f8021b ff80,                  an odd packed string of no bytes",
    "00 f8021b ff01 c1,               nibble 12 in a packed string of digits",
    "00 f8021b ff01 1d,               nibble 13 in a packed string of digits",
    "00 f8021b ff01 1f,               nibble 15 in a packed string of digits",
    "00 f8021b ff82 f1 2f,            nibble 15 in a packed string of digits",
    "00 f8031b 08 fa0000,             a jid without server",
    "00 f8031b 08 fa00fc00,           a jid without server",
    "00 f8031b 08 fafa000303,         tag 250 where a string must begin",
    "00 f8031b 08 fa00f70007ff0112,   tag 247 where a string must begin",
    "00 f8031b 08 fafc014003,         a jid inside a jid",
    "00 f8031b 08 fa00fc024061,       a jid inside a jid",
    "00 f8031b 08 f70007fc023a31,     a jid with two devices",
    "00 f8031b 08 f6ff0112000303,     another server than msgr",
    "00 f8031b 08 f5ff01120003000503, another server than interop",
    "02,                              a zlib stream that does not end",
    "02 00,                           a zlib stream that does not end",
    "02 f8011b,                       not a zlib stream",
    "02 789c,                         a zlib stream that does not end",
    "02 78bb 00000001 0000,           a zlib stream that does not end",
  })
  void malformedInputIsNamed(String input, String message) {
    assertThatThrownBy(() -> read(input))
        .isInstanceOf(MalformedNode.class)
        .message()
        .endsWith(message);
  }

  @Test
  void everyPrefixOfAStanzaIsMalformed() throws MalformedNode {
    var nodes = new RandomNodes(new SplittableRandom(7));
    for (int i = 0; i < 200; i++) {
      byte[] written = NodeWriter.write(nodes.next());
      for (int length = 0; length < Math.min(written.length, 2000); length++) {
        byte[] prefix = Arrays.copyOf(written, length);
        assertThatExceptionOfType(MalformedNode.class).isThrownBy(() -> NodeReader.read(prefix));
      }
    }
  }

  @Test
  void whateverIsWrittenIsReadBackEqual() throws MalformedNode {
    for (long seed = 0; seed < 4_000; seed++) {
      Node node = new RandomNodes(new SplittableRandom(seed)).next();
      byte[] written = NodeWriter.write(node);
      Node read = NodeReader.read(written);
      assertThat(read).as("seed %d", seed).isEqualTo(node);
      if (seed % 16 == 0) {
        byte[] body = Arrays.copyOfRange(written, 1, written.length);
        assertThat(NodeReader.read(compressed(body))).as("seed %d", seed).isEqualTo(node);
      }
    }
  }

  @Test
  void damagedStanzasAreReadOrMalformedAndNothingElse() {
    var random = new SplittableRandom(42);
    var nodes = new RandomNodes(random);
    int read = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = NodeWriter.write(nodes.next());
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      read += readsStably(bytes) ? 1 : 0;
    }
    assertThat(read).isBetween(500, 9_500);
  }

  @Test
  void randomBytesAreReadOrMalformedAndNothingElse() {
    var random = new SplittableRandom(43);
    for (int i = 0; i < 100_000; i++) {
      var bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (bytes.length > 3 && random.nextBoolean()) {
        bytes[0] = 0;
        bytes[1] = (byte) 0xf8;
        bytes[2] = (byte) random.nextInt(8);
      }
      readsStably(bytes);
    }
  }

  /// Whether the bytes are a node; if so, it survives being written and read again.
  private static boolean readsStably(byte[] bytes) {
    Node node;
    try {
      node = NodeReader.read(bytes);
    } catch (MalformedNode _) {
      return false;
    }
    try {
      byte[] canonical = NodeWriter.write(node);
      Node again = NodeReader.read(canonical);
      assertThat(NodeWriter.write(again)).isEqualTo(canonical);
      return true;
    } catch (MalformedNode e) {
      throw new AssertionError(Bytes.wrap(bytes).hex(), e);
    }
  }

  private static byte[] nested(int levels) {
    var parent = hex("f8021b f801"); // <ack> with a list of one
    var out = new ByteArrayOutputStream();
    out.write(0);
    for (int i = 1; i < levels; i++) {
      out.writeBytes(parent);
    }
    out.writeBytes(hex("f8011b"));
    return out.toByteArray();
  }

  @Test
  void nodesMayBe128LevelsDeepAndNotOneMore() throws MalformedNode {
    assertThat(NodeReader.read(nested(NodeReader.MAX_DEPTH)).is("ack")).isTrue();
    assertThatThrownBy(() -> NodeReader.read(nested(NodeReader.MAX_DEPTH + 1)))
        .isInstanceOf(MalformedNode.class)
        .hasMessageEndingWith("nodes deeper than 128 levels");
    assertThatThrownBy(() -> NodeReader.read(nested(1_000_000)))
        .isInstanceOf(MalformedNode.class)
        .hasMessageEndingWith("nodes deeper than 128 levels");
  }

  @Test
  void aStanzaMayHave100000NodesAndNotOneMore() throws MalformedNode {
    byte[] child = hex("f8011b");
    byte[] start = hex("00 f80271 f802 f8021b f9ea60"); // <list><ack> with 60,000 children
    byte[] second = hex("f8021b f99c3d"); // <ack> with 39,997: 100,000 with the three parents
    byte[] oneMore = hex("f8021b f99c3e");
    byte[] first = repeat(child, 60_000);
    Node read = NodeReader.read(concat(start, first, second, repeat(child, 39_997)));
    assertThat(read.children().getFirst().children()).hasSize(60_000);
    byte[] tooMany = concat(start, first, oneMore, repeat(child, 39_998));
    assertThatThrownBy(() -> NodeReader.read(tooMany))
        .isInstanceOf(MalformedNode.class)
        .hasMessageEndingWith("more than 100000 nodes");
  }

  @Test
  void aStanzaMayHave400000AttributesAndNotOneMore() throws MalformedNode {
    var node = new ByteArrayOutputStream();
    node.writeBytes(hex("f9 0191 1b")); // 1 + 2 * 200
    for (int key = 1; key <= 200; key++) {
      node.write(key);
      node.write(0);
    }
    byte[] list = hex("00 f80271 f907d0"); // 2,000 children
    byte[] longer = hex("00 f80471 0800 f907d0"); // <list id="">: one attribute more
    byte[] nodes = repeat(node.toByteArray(), 2_000);
    assertThat(NodeReader.read(concat(list, nodes)).children()).hasSize(2_000);
    assertThatThrownBy(() -> NodeReader.read(concat(longer, nodes)))
        .isInstanceOf(MalformedNode.class)
        .hasMessageEndingWith("more than 400000 attributes");
  }

  private static byte[] repeat(byte[] part, int count) {
    var out = new byte[part.length * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(part, 0, out, i * part.length, part.length);
    }
    return out;
  }

  @Test
  void listsThatLieAboutTheirSizeCostNoMemory() {
    // 127 levels, each announcing as many children as the rest of the input could just hold
    var out = new ByteArrayOutputStream();
    int rest = 600_000;
    out.write(0);
    for (int i = 1; i < NodeReader.MAX_DEPTH; i++) {
      out.writeBytes(hex("f8021b f9ffff"));
    }
    out.writeBytes(new byte[rest]);
    byte[] bomb = out.toByteArray();
    assertThat(allocatedByRefusing(bomb)).isLessThan(1 << 20);
  }

  @Test
  void aLengthBeyondTheInputCostsNoMemory() {
    assertThat(allocatedByRefusing(hex("00 f8021b fe7fffffff ff"))).isLessThan(100_000);
    assertThat(allocatedByRefusing(hex("00 f9ffff 1b"))).isLessThan(100_000);
  }

  private static long allocatedByRefusing(byte[] input) {
    assertThatThrownBy(() -> NodeReader.read(input)).isInstanceOf(MalformedNode.class);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      NodeReader.read(input);
      throw new AssertionError("was read");
    } catch (MalformedNode _) {
      return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
  }

  @Test
  void aBodyMayInflateTo16MiBAndNotOneByteMore() throws MalformedNode {
    int content = NodeReader.MAX_INFLATED_BYTES - 8; // f802 1d fe + four bytes of length
    byte[] body = NodeWriter.write(Node.of("enc", Bytes.wrap(new byte[content])));
    byte[] largest = compressed(Arrays.copyOfRange(body, 1, body.length));
    assertThat(NodeReader.read(largest).bytes().orElseThrow().length()).isEqualTo(content);
    byte[] longer = NodeWriter.write(Node.of("enc", Bytes.wrap(new byte[content + 1])));
    assertThatThrownBy(
            () -> NodeReader.read(compressed(Arrays.copyOfRange(longer, 1, longer.length))))
        .isInstanceOf(MalformedNode.class)
        .hasMessage("inflates to more than 16777216 B");
  }

  @Test
  void aZlibBombIsStoppedAtTheLimit() {
    byte[] bomb = compressed(new byte[64 << 20]);
    assertThat(allocatedByRefusing(bomb)).isLessThan(60L << 20);
  }

  @Test
  void bytesAfterTheCompressedBodyAreMalformed() {
    byte[] frame = concat(compressed(hex("f8011b")), new byte[1]);
    assertThatThrownBy(() -> NodeReader.read(frame))
        .isInstanceOf(MalformedNode.class)
        .hasMessage("1 B after the zlib stream");
  }

  @Test
  void aCompressedBodyWithAWrongChecksumIsMalformed() {
    byte[] frame = compressed(hex("f8011b"));
    frame[frame.length - 1] ^= 1;
    assertThatThrownBy(() -> NodeReader.read(frame)).isInstanceOf(MalformedNode.class);
  }

  @Test
  void manyAttributesAreComparedInReasonableTime() {
    var node = new ByteArrayOutputStream();
    node.writeBytes(hex("00 f9ffff 1b")); // 32,767 attributes
    for (int i = 0; i < 32_767; i++) {
      int key = i == 32_766 ? 0 : i; // the last is the first again
      node.writeBytes(hex("fc04"));
      node.writeBytes(HexFormat.of().toHexDigits((short) key).getBytes(StandardCharsets.US_ASCII));
      node.write(0);
    }
    long before = THREADS.getCurrentThreadCpuTime();
    assertThatThrownBy(() -> NodeReader.read(node.toByteArray()))
        .isInstanceOf(MalformedNode.class)
        .hasMessageEndingWith("an attribute occurs twice");
    assertThat(THREADS.getCurrentThreadCpuTime() - before).isLessThan(250_000_000L);
  }
}
