package wildcat.simulator.connection;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import javax.net.ssl.SSLException;

/// A certificate for TLS that the simulator signs itself: every client fetches media over HTTPS only.
/// Source: RFC 5280.
final class ServerCertificate {
  private static final String[] NAMES = {"localhost", "mmg.whatsapp.net", "web.whatsapp.com"};
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final byte[] ECDSA_SHA256 =
      oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02); // 1.2.840.10045.4.3.2
  private static final byte[] COMMON_NAME = oid(0x55, 0x04, 0x03);
  private static final byte[] ALTERNATIVE_NAMES = oid(0x55, 0x1d, 0x11);
  private static final byte[] BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);
  private static final byte[] TRUE = der(0x01, new byte[] {(byte) 0xff});

  private final KeyPair keys;
  private final X509Certificate certificate;

  private ServerCertificate(KeyPair keys, X509Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  static ServerCertificate create() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      byte[] body = body(keys.getPublic().getEncoded());
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(body);
      byte[] whole = sequence(body, sequence(ECDSA_SHA256), bits(signature.sign()));
      return new ServerCertificate(
          keys,
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(whole)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs certificates", e);
    }
  }

  SslContext context() {
    try {
      return SslContextBuilder.forServer(keys.getPrivate(), certificate).build();
    } catch (SSLException e) {
      throw new IllegalStateException("TLS is not possible", e);
    }
  }

  private static byte[] body(byte[] publicKey) {
    byte[] name =
        sequence(
            der(
                0x31,
                sequence(
                    COMMON_NAME, der(0x0c, "Wildcat simulator".getBytes(StandardCharsets.UTF_8)))));
    byte[] validity = sequence(time("20200101000000Z"), time("20991231235959Z"));
    byte[] extensions =
        sequence(
            sequence(BASIC_CONSTRAINTS, TRUE, der(0x04, sequence(TRUE))),
            sequence(ALTERNATIVE_NAMES, der(0x04, alternatives())));
    return sequence(
        der(0xa0, der(0x02, new byte[] {2})), // version 3
        der(0x02, BigInteger.valueOf(System.nanoTime()).abs().toByteArray()),
        sequence(ECDSA_SHA256),
        name,
        validity,
        name,
        publicKey,
        der(0xa3, extensions));
  }

  private static byte[] alternatives() {
    var names = new byte[NAMES.length + 1][];
    for (int i = 0; i < NAMES.length; i++) {
      names[i] = der(0x82, NAMES[i].getBytes(StandardCharsets.US_ASCII));
    }
    names[NAMES.length] = der(0x87, LOOPBACK);
    return sequence(names);
  }

  private static byte[] time(String text) {
    return der(0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] bits(byte[] value) {
    var content = new byte[value.length + 1];
    System.arraycopy(value, 0, content, 1, value.length);
    return der(0x03, content);
  }

  private static byte[] oid(int... parts) {
    var content = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      content[i] = (byte) parts[i];
    }
    return der(0x06, content);
  }

  private static byte[] sequence(byte[]... parts) {
    return der(0x30, parts);
  }

  private static byte[] der(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    var out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length > 0xff) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length > 0x7f) {
      out.write(0x81);
    }
    out.write(length);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
