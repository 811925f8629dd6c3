package wildcat.protocol.crypto;

import static wildcat.protocol.crypto.Wycheproof.bytes;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WycheproofSymmetricTest {
  @Test
  void hmacSha256AgreesWithEveryVector() throws Exception {
    var hmac = new HmacSha256();
    Wycheproof.run(
        "hmac_sha256_test.json",
        174,
        (group, test) -> {
          byte[] mac = hmac.mac(bytes(test, "key"), bytes(test, "msg"));
          byte[] cut = Arrays.copyOf(mac, group.get("tagSize").asInt() / 8);
          return Arrays.equals(cut, bytes(test, "tag"));
        });
  }

  @Test
  void hkdfSha256AgreesWithEveryVector() throws Exception {
    Wycheproof.run(
        "hkdf_sha256_test.json",
        86,
        (_, test) -> {
          int size = test.get("size").asInt();
          if (size > Hkdf.MAX_OUTPUT_BYTES) {
            return false;
          }
          byte[] okm =
              Hkdf.derive(bytes(test, "salt"), bytes(test, "ikm"), bytes(test, "info"), size);
          return Arrays.equals(okm, bytes(test, "okm"));
        });
  }
}
