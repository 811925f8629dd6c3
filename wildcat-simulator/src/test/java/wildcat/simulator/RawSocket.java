package wildcat.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// The client's side of a WebSocket on a plain socket, so that a test sees every byte and the very end.
final class RawSocket implements AutoCloseable {
  private static final int LIMIT_MILLIS = 20_000;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;

  private final Socket socket;
  private final DataInputStream in;

  RawSocket(URI url) throws IOException {
    socket = new Socket(url.getHost(), url.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(LIMIT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    String request =
        """
        GET %s HTTP/1.1
        Host: %s
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Extensions: permessage-deflate
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """
            .formatted(url.getPath(), url.getAuthority())
            .replace("\n", "\r\n");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String head = head();
    assertThat(head).startsWith("HTTP/1.1 101 ");
    // the key and its answer are the example of RFC 6455, section 1.3
    assertThat(head).containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assertThat(head).doesNotContainIgnoringCase("sec-websocket-extensions");
  }

  private String head() throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      head.write(in.readUnsignedByte());
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  /// A whole message; the mask is all zero.
  void send(byte[] message) throws IOException {
    var frame = new ByteArrayOutputStream();
    frame.write(FINAL | BINARY);
    if (message.length < 126) {
      frame.write(MASKED | message.length);
    } else {
      boolean small = message.length < 1 << 16;
      frame.write(MASKED | (small ? 126 : 127));
      for (int shift = small ? 8 : 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) message.length >>> shift));
      }
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(message);
    socket.getOutputStream().write(frame.toByteArray());
  }

  /// The payload of the next binary message; empty when the connection is closed.
  byte[] next() throws IOException {
    try {
      int first = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      assertThat(length & MASKED).as("mask of a server").isZero();
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = Math.toIntExact(in.readLong());
      }
      var payload = new byte[length];
      in.readFully(payload);
      if ((first & 0xf) == CLOSE) {
        return new byte[0];
      }
      assertThat(first).isEqualTo(FINAL | BINARY);
      return payload;
    } catch (EOFException | SocketException e) {
      return new byte[0];
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
