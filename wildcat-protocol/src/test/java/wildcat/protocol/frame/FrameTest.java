package wildcat.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wildcat.protocol.bytes.Bytes;

class FrameTest {
  private static final int LIMIT = 1024;

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static List<String> frames(FrameReader reader) throws MalformedFrame {
    var frames = new ArrayList<String>();
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      frames.add(HexFormat.of().formatHex(next.get()));
    }
    return frames;
  }

  private static List<String> frames(FrameReader reader, String chunk) throws MalformedFrame {
    reader.feed(hex(chunk));
    return frames(reader);
  }

  @Test
  void aFrameIsItsPayloadAfterThreeBytesOfLength() throws MalformedFrame {
    FrameReader reader = FrameReader.ofServer(LIMIT);
    assertThat(frames(reader, "000002 0102")).containsExactly("0102");
    assertThat(frames(reader, "000000")).containsExactly("");
    assertThat(frames(reader, "")).isEmpty();
    assertThat(frames(reader, "000001 01 000002 0203 000000")).containsExactly("01", "0203", "");
  }

  @Test
  void aFrameArrivesInAnyPieces() throws MalformedFrame {
    FrameReader reader = FrameReader.ofServer(LIMIT);
    assertThat(frames(reader, "00")).isEmpty();
    assertThat(frames(reader, "0003")).isEmpty();
    assertThat(frames(reader, "01")).isEmpty();
    assertThat(frames(reader, "0203 0000")).containsExactly("010203");
    assertThat(frames(reader, "01 04 000001")).containsExactly("04");
    assertThat(frames(reader, "05")).containsExactly("05");
  }

  @Test
  void anySplitOfAStreamGivesTheSameFrames() throws MalformedFrame {
    for (long seed = 0; seed < 500; seed++) {
      var random = new SplittableRandom(seed);
      boolean isClient = random.nextBoolean();
      FrameWriter writer =
          isClient
              ? FrameWriter.ofClient(Bytes.wrap(new byte[random.nextInt(3)]))
              : FrameWriter.ofServer();
      FrameReader reader = isClient ? FrameReader.ofClient(LIMIT) : FrameReader.ofServer(LIMIT);
      var stream = new ByteArrayOutputStream();
      var sent = new ArrayList<String>();
      for (int i = 0; i < 20; i++) {
        var payload = new byte[random.nextInt(random.nextBoolean() ? 4 : LIMIT + 1)];
        random.nextBytes(payload);
        sent.add(HexFormat.of().formatHex(payload));
        stream.writeBytes(writer.write(payload));
      }
      byte[] bytes = stream.toByteArray();
      var received = new ArrayList<String>();
      int largest = 1 + random.nextInt(3000);
      for (int at = 0; at < bytes.length; ) {
        int end = Math.min(bytes.length, at + random.nextInt(largest + 1));
        reader.feed(Arrays.copyOfRange(bytes, at, end));
        if (random.nextBoolean()) {
          received.addAll(frames(reader));
        }
        at = end;
      }
      received.addAll(frames(reader));
      assertThat(received).as("seed %d", seed).isEqualTo(sent);
    }
  }

  @Test
  void aFrameMayHaveTheLimitsSize() throws MalformedFrame {
    FrameReader reader = FrameReader.ofServer(LIMIT);
    reader.feed(FrameWriter.ofServer().write(new byte[LIMIT]));
    assertThat(reader.next()).get().satisfies(frame -> assertThat(frame).hasSize(LIMIT));
  }

  @Test
  void lengthAboveTheLimitIsRejectedBeforeItHasArrived() {
    FrameReader reader = FrameReader.ofServer(LIMIT);
    reader.feed(hex("ffffff 00")); // announces 16 MiB, sends one byte
    assertThatThrownBy(reader::next)
        .isInstanceOf(MalformedFrame.class)
        .hasMessage("frame of 16777215 B > limit of 1024 B");
    reader.feed(hex("000401"));
    assertThatThrownBy(reader::next).isInstanceOf(MalformedFrame.class);
  }

  @Test
  void oneByteAboveTheLimitIsTooMany() {
    FrameReader reader = FrameReader.ofServer(LIMIT);
    reader.feed(hex("000401"));
    assertThatThrownBy(reader::next).hasMessage("frame of 1025 B > limit of 1024 B");
  }

  @Test
  void theLimitMayGrowBetweenFrames() throws MalformedFrame {
    FrameReader reader = FrameReader.ofServer(1);
    assertThat(frames(reader, "000001 01")).containsExactly("01");
    reader.limit(2);
    assertThat(frames(reader, "000002 0102")).containsExactly("0102");
    assertThatThrownBy(() -> reader.limit(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aClientBeginsWithTheIntro() throws MalformedFrame {
    assertThat(frames(FrameReader.ofClient(LIMIT), "57410603 000001 01")).containsExactly("01");
  }

  @Test
  void aClientMayPutRoutingInfoBeforeTheIntro() throws MalformedFrame {
    FrameReader reader = FrameReader.ofClient(LIMIT);
    assertThat(frames(reader, "45440001 000003 0a0b0c 57410603 000001 01")).containsExactly("01");
    assertThat(frames(FrameReader.ofClient(LIMIT), "45440001 000000 57410603 000001 01"))
        .containsExactly("01");
  }

  @Test
  void aClientsOpeningArrivesInSingleBytes() throws MalformedFrame {
    FrameReader reader = FrameReader.ofClient(LIMIT);
    for (byte b : hex("45440001 000003 0a0b0c 57410603 000001")) {
      reader.feed(new byte[] {b});
      assertThat(reader.next()).isEmpty();
    }
    assertThat(frames(reader, "01")).containsExactly("01");
  }

  @ParameterizedTest
  @CsvSource({
    "00,             00",
    "5742,           5742",
    "57410503,       57410503",
    "57410602,       57410602",
    "4545,           4545",
    "45440002,       45440002",
    "474554202f,     47455420",
  })
  void anotherStartIsMalformed(String start, String named) {
    FrameReader reader = FrameReader.ofClient(LIMIT);
    reader.feed(hex(start));
    assertThatThrownBy(reader::next)
        .isInstanceOf(MalformedFrame.class)
        .hasMessage("a client begins with the intro, not with " + named);
  }

  @Test
  void routingInfoIsFollowedByTheIntroAndNotByMoreRoutingInfo() {
    FrameReader reader = FrameReader.ofClient(LIMIT);
    reader.feed(hex("45440001 000001 0a 45440001 000001 0a"));
    assertThatThrownBy(reader::next).hasMessageEndingWith("not with 45440001");
  }

  @Test
  void routingInfoHasALimit() throws MalformedFrame {
    FrameReader within = FrameReader.ofClient(LIMIT);
    within.feed(hex("45440001 001000"));
    assertThat(within.next()).isEmpty();
    FrameReader above = FrameReader.ofClient(LIMIT);
    above.feed(hex("45440001 001001"));
    assertThatThrownBy(above::next)
        .isInstanceOf(MalformedFrame.class)
        .hasMessage("routing info of 4097 B > limit of 4096 B");
  }

  @Test
  void theIntroIsWrittenOnceBeforeTheFirstFrame() {
    FrameWriter writer = FrameWriter.ofClient(Bytes.empty());
    assertThat(writer.write(hex("0a0b"))).isEqualTo(hex("57410603 000002 0a0b"));
    assertThat(writer.write(hex("0c"))).isEqualTo(hex("000001 0c"));
  }

  @Test
  void routingInfoIsWrittenBeforeTheIntro() {
    FrameWriter writer = FrameWriter.ofClient(Bytes.ofHex("0809"));
    assertThat(writer.write(hex("0a"))).isEqualTo(hex("45440001 000002 0809 57410603 000001 0a"));
    assertThat(writer.write(hex("0b"))).isEqualTo(hex("000001 0b"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 255, 256, 65_536, FrameReader.MAX_PAYLOAD_BYTES})
  void everyPossibleLengthIsWrittenAndRead(int size) throws MalformedFrame {
    FrameReader reader = FrameReader.ofServer(FrameReader.MAX_PAYLOAD_BYTES);
    reader.feed(FrameWriter.ofServer().write(new byte[size]));
    Optional<byte[]> frame = reader.next();
    assertThat(frame.orElseThrow()).hasSize(size);
  }

  @Test
  void aPayloadOf16MiBIsRefused() {
    assertThatThrownBy(() -> FrameWriter.ofServer().write(new byte[1 << 24]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("frame of 16777216 B > limit of 16777215 B");
  }
}
