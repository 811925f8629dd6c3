package wildcat.fuzz;

import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.Curve;
import wildcat.protocol.curve.KeyPair;
import wildcat.protocol.noise.HandshakeFailed;
import wildcat.protocol.noise.NoiseInitiator;
import wildcat.protocol.noise.NoiseResponder;
import wildcat.protocol.noise.ServerCertificates;

/// The handshake from both sides, and the certificates in it.
public final class NoiseTarget {
  private static final Instant NOW = Instant.ofEpochSecond(1_755_768_000);
  private static final Curve CURVE = Curve.standard();
  private static final Random RANDOM = new Random(7);
  private static final KeyPair ROOT = CURVE.generate(RANDOM);
  private static final KeyPair SERVER = CURVE.generate(RANDOM);
  private static final KeyPair CLIENT = CURVE.generate(RANDOM);
  private static final KeyPair EPHEMERAL = CURVE.generate(RANDOM);
  private static final Bytes CERTIFICATES =
      ServerCertificates.issue(
          CURVE, ROOT, SERVER.publicKey(), NOW.minusSeconds(9), NOW.plusSeconds(9));

  private NoiseTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] message = Arrays.copyOfRange(input, 1, input.length);
    try {
      switch (input[0] & 3) {
        case 0 -> initiator().finish(message, new byte[] {1, 2, 3}, NOW);
        case 1 -> responder().answer(message);
        case 2 -> {
          NoiseResponder responder = responder();
          byte[] _ = responder.answer(initiator().hello());
          responder.accept(message);
        }
        default ->
            ServerCertificates.verify(
                CURVE, Bytes.wrap(message), SERVER.publicKey(), ROOT.publicKey(), NOW);
      }
    } catch (HandshakeFailed e) {
      return;
    }
    if ((input[0] & 3) == 0 || (input[0] & 3) == 2) {
      throw new AssertionError("a message without the keys was accepted");
    }
  }

  private static NoiseInitiator initiator() {
    return new NoiseInitiator(CURVE, CLIENT, EPHEMERAL, ROOT.publicKey());
  }

  private static NoiseResponder responder() {
    return new NoiseResponder(CURVE, SERVER, EPHEMERAL, CERTIFICATES);
  }
}
