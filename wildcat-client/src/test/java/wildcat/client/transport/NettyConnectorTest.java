package wildcat.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import wildcat.client.transport.Connector.Connection;

final class NettyConnectorTest {
  private static final NettyConnector CONNECTOR =
      new NettyConnector(NettyConnector.Options.DEFAULT);

  @AfterAll
  static void close() {
    CONNECTOR.close();
  }

  private static final class Inbox implements Connector.Receiver {
    final LinkedBlockingQueue<String> chunks = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<String> closed = new LinkedBlockingQueue<>();

    @Override
    public void received(byte[] chunk) {
      chunks.add(HexFormat.of().formatHex(chunk));
    }

    @Override
    public void closed(String reason) {
      closed.add(reason);
    }
  }

  private static BinaryWebSocketFrame binary(String hex) {
    return new BinaryWebSocketFrame(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
  }

  private static NettyConnector.Options options(
      Duration timeout, int messageBytes, int queuedBytes) {
    return new NettyConnector.Options(1, timeout, messageBytes, queuedBytes, List.of());
  }

  @Test
  void upgradeNamesWhatsAppAsOriginAndOffersNoCompression() throws Exception {
    try (var server = new WebSocketServer(null);
        var _ = CONNECTOR.open(server.uri(), new Inbox())) {
      FullHttpRequest upgrade = WebSocketServer.taken(server.upgrades);
      assertThat(upgrade.headers().get("origin")).isEqualTo("https://web.whatsapp.com");
      assertThat(upgrade.headers().contains("sec-websocket-extensions")).isFalse();
      assertThat(upgrade.headers().contains("sec-websocket-protocol")).isFalse();
      assertThat(upgrade.headers().contains("cookie")).isFalse();
    }
  }

  @Test
  void httpHandlersLeaveThePipelineAfterTheUpgrade() throws Exception {
    try (var server = new WebSocketServer(null);
        var connection = CONNECTOR.open(server.uri(), new Inbox())) {
      connection.send(new byte[] {1});
      assertThat(WebSocketServer.taken(server.received)).isEqualTo("BinaryWebSocketFrame 01");
      assertThat(WebSocketHandler.handlers(connection))
          .allMatch(name -> !name.contains("Http"), "no HTTP handler")
          .hasSize(3);
    }
  }

  @Test
  void messagesKeepTheirOrderBothWays() throws Exception {
    try (var server = new WebSocketServer(null)) {
      var inbox = new Inbox();
      try (var connection = CONNECTOR.open(server.uri(), inbox)) {
        Channel peer = WebSocketServer.taken(server.connections);
        for (int i = 0; i < 200; i++) {
          connection.send(new byte[] {(byte) i});
          var _ = peer.writeAndFlush(binary("%02x".formatted(i)));
        }
        for (int i = 0; i < 200; i++) {
          assertThat(WebSocketServer.taken(server.received))
              .isEqualTo("BinaryWebSocketFrame %02x".formatted(i));
          assertThat(WebSocketServer.taken(inbox.chunks)).isEqualTo("%02x".formatted(i));
        }
      }
    }
  }

  @Test
  void whatTheServerSendsWithTheUpgradeArrives() throws Exception {
    try (var server = new WebSocketServer(null)) {
      for (int i = 0; i < 200; i++) {
        var inbox = new Inbox();
        try (var connection = CONNECTOR.open(server.uri(), inbox)) {
          Channel peer = WebSocketServer.taken(server.connections);
          var _ = peer.writeAndFlush(binary("01"));
          connection.send(new byte[] {2});
          assertThat(WebSocketServer.taken(server.received)).isEqualTo("BinaryWebSocketFrame 02");
          assertThat(WebSocketServer.taken(inbox.chunks)).isEqualTo("01");
        }
      }
    }
  }

  @Test
  void fragmentsArriveAsChunksAndTextIsIgnored() throws Exception {
    try (var server = new WebSocketServer(null)) {
      var inbox = new Inbox();
      try (var _ = CONNECTOR.open(server.uri(), inbox)) {
        Channel peer = WebSocketServer.taken(server.connections);
        var _ = peer.writeAndFlush(new TextWebSocketFrame(false, 0, "text"));
        var _ = peer.writeAndFlush(new ContinuationWebSocketFrame(true, 0, "more text"));
        var _ =
            peer.writeAndFlush(
                new BinaryWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[] {1, 2})));
        var _ =
            peer.writeAndFlush(
                new ContinuationWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[] {3})));
        var _ =
            peer.writeAndFlush(
                new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(new byte[] {4})));
        assertThat(WebSocketServer.taken(inbox.chunks)).isEqualTo("0102");
        assertThat(WebSocketServer.taken(inbox.chunks)).isEqualTo("03");
        assertThat(WebSocketServer.taken(inbox.chunks)).isEqualTo("04");
      }
    }
  }

  @Test
  void pingOfTheWebSocketIsAnswered() throws Exception {
    try (var server = new WebSocketServer(null);
        var connection = CONNECTOR.open(server.uri(), new Inbox())) {
      Channel peer = WebSocketServer.taken(server.connections);
      var _ = peer.writeAndFlush(new PingWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {7, 8})));
      connection.send(new byte[] {1});
      List<String> both =
          List.of(WebSocketServer.taken(server.received), WebSocketServer.taken(server.received));
      assertThat(both)
          .containsExactlyInAnyOrder("PongWebSocketFrame 0708", "BinaryWebSocketFrame 01");
    }
  }

  @Test
  void closeByTheServerIsToldOnceWithItsCode() throws Exception {
    try (var server = new WebSocketServer(null)) {
      var inbox = new Inbox();
      var connection = CONNECTOR.open(server.uri(), inbox);
      Channel peer = WebSocketServer.taken(server.connections);
      var _ = peer.writeAndFlush(new CloseWebSocketFrame(1011, "trouble"));
      assertThat(WebSocketServer.taken(inbox.closed)).contains("1011");
      connection.close();
      assertThatThrownBy(() -> connection.send(new byte[1]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("closed");
      assertThat(inbox.closed).isEmpty();
    }
  }

  @Test
  void ownCloseIsToldOnceAndTheServerSeesACloseFrame() throws Exception {
    try (var server = new WebSocketServer(null)) {
      var inbox = new Inbox();
      var connection = CONNECTOR.open(server.uri(), inbox);
      Channel peer = WebSocketServer.taken(server.connections);
      connection.close();
      connection.close();
      WebSocketServer.taken(inbox.closed);
      assertThat(peer.closeFuture().await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(inbox.closed).isEmpty();
    }
  }

  @Test
  void messageAboveTheLimitClosesTheConnection() throws Exception {
    try (var connector = new NettyConnector(options(Duration.ofSeconds(20), 100, 1 << 20));
        var server = new WebSocketServer(null)) {
      var inbox = new Inbox();
      try (var _ = connector.open(server.uri(), inbox)) {
        Channel peer = WebSocketServer.taken(server.connections);
        var _ = peer.writeAndFlush(binary("00".repeat(100)));
        assertThat(WebSocketServer.taken(inbox.chunks)).hasSize(200);
        var _ = peer.writeAndFlush(binary("00".repeat(101)));
        assertThat(WebSocketServer.taken(inbox.closed)).contains("100");
        assertThat(inbox.chunks).isEmpty();
      }
    }
  }

  @Test
  void messageOfManyFragmentsHasTheSameLimit() throws Exception {
    try (var connector = new NettyConnector(options(Duration.ofSeconds(20), 100, 1 << 20));
        var server = new WebSocketServer(null)) {
      var inbox = new Inbox();
      try (var _ = connector.open(server.uri(), inbox)) {
        Channel peer = WebSocketServer.taken(server.connections);
        var _ =
            peer.writeAndFlush(
                new BinaryWebSocketFrame(false, 0, Unpooled.wrappedBuffer(new byte[60])));
        var _ =
            peer.writeAndFlush(
                new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(new byte[41])));
        assertThat(WebSocketServer.taken(inbox.closed))
            .isEqualTo("message of 101 B > limit of 100 B");
      }
    }
  }

  @Test
  void pausedReadingHoldsBackWhatArrives() throws Exception {
    try (var server = new WebSocketServer(null)) {
      var inbox = new Inbox();
      try (var connection = CONNECTOR.open(server.uri(), inbox)) {
        Channel peer = WebSocketServer.taken(server.connections);
        connection.reading(false);
        var _ = peer.writeAndFlush(binary("01")).sync();
        // the echo of a write proves that the network's thread was there and read nothing
        connection.send(new byte[] {9});
        assertThat(WebSocketServer.taken(server.received)).isEqualTo("BinaryWebSocketFrame 09");
        var ignored = new ByteArrayOutputStream();
        while (!inbox.chunks.isEmpty()) {
          // one read may have been under way when reading was switched off
          ignored.writeBytes(HexFormat.of().parseHex(inbox.chunks.remove()));
        }
        connection.reading(true);
        if (ignored.size() == 0) {
          assertThat(WebSocketServer.taken(inbox.chunks)).isEqualTo("01");
        }
      }
    }
  }

  @Test
  void moreThanTheLimitDoesNotQueueUp() throws Exception {
    try (var connector = new NettyConnector(options(Duration.ofSeconds(20), 1 << 20, 64 << 10));
        var server = new WebSocketServer(null);
        var connection = connector.open(server.uri(), new Inbox())) {
      Channel peer = WebSocketServer.taken(server.connections);
      peer.config().setAutoRead(false);
      assertThatThrownBy(() -> fill(connection)).hasMessageContaining("than the limit allows");
    }
  }

  private static void fill(Connection connection) throws IOException {
    // far more than the socket buffers of both ends hold
    for (int i = 0; i < 10_000; i++) {
      connection.send(new byte[16 << 10]);
    }
  }

  @Test
  void serverThatRefusesTheUpgradeIsAnIoException() throws Exception {
    try (var server = new WebSocketServer(null)) {
      assertThatThrownBy(() -> CONNECTOR.open(server.uri("/elsewhere"), new Inbox()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("HTTP 404");
    }
  }

  @Test
  void closedPortIsAnIoException() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(
            () -> CONNECTOR.open(URI.create("ws://localhost:" + port + "/"), new Inbox()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void unknownHostIsAnIoException() {
    assertThatThrownBy(() -> CONNECTOR.open(URI.create("ws://no-such-host.invalid/"), new Inbox()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void serverThatNeverAnswersIsGivenUpInTime() throws Exception {
    try (var connector = new NettyConnector(options(Duration.ofMillis(200), 1 << 20, 1 << 20));
        var mute = new ServerSocket(0)) {
      assertThatThrownBy(() ->
              connector.open(
                  URI.create("ws://127.0.0.1:" + mute.getLocalPort() + "/"), new Inbox()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not open within");
    }
  }

  @Test
  void openingCanBeInterrupted() throws Exception {
    try (var mute = new ServerSocket(0)) {
      var outcome = new CompletableFuture<Throwable>();
      Thread opener =
          Thread.startVirtualThread(() -> {
            try {
              CONNECTOR
                  .open(URI.create("ws://127.0.0.1:" + mute.getLocalPort() + "/"), new Inbox())
                  .close();
            } catch (IOException | InterruptedException e) {
              outcome.complete(e);
            }
          });
      try (var accepted = mute.accept()) {
        opener.interrupt();
        assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        // the socket is closed: after the upgrade request comes the end
        accepted.getInputStream().readAllBytes();
      }
    }
  }

  @Test
  void tlsIsNativeWhereItsLibraryIsOnTheClassPath() {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    assumeTrue(System.getProperty("os.arch").equals("amd64"));
    assertThat(NettyConnector.isNative()).isTrue();
  }

  @Test
  void tlsServesAHostWhoseCertificateIsTrusted() throws Exception {
    var trusted =
        NettyConnector.Options.DEFAULT.trusting(
            List.of(WebSocketServer.certificate("localhost.p12")));
    try (var connector = new NettyConnector(trusted);
        var server = new WebSocketServer("localhost.p12");
        var connection = connector.open(server.uri(), new Inbox())) {
      connection.send(new byte[] {5});
      assertThat(WebSocketServer.taken(server.received)).isEqualTo("BinaryWebSocketFrame 05");
    }
  }

  @Test
  void tlsRefusesACertificateThatIsNotTrusted() throws Exception {
    try (var server = new WebSocketServer("localhost.p12")) {
      assertThatThrownBy(() -> CONNECTOR.open(server.uri(), new Inbox()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void tlsRefusesTheCertificateOfAnotherHost() throws Exception {
    var trusted =
        NettyConnector.Options.DEFAULT.trusting(List.of(WebSocketServer.certificate("other.p12")));
    try (var connector = new NettyConnector(trusted);
        var server = new WebSocketServer("other.p12")) {
      assertThatThrownBy(() -> connector.open(server.uri(), new Inbox()))
          .isInstanceOf(IOException.class);
    }
  }
}
