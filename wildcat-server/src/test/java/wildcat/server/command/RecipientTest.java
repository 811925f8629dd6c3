package wildcat.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientTest {
  @ParameterizedTest
  @CsvSource({
    "4915112345678, 4915112345678@s.whatsapp.net",
    "+49 151 12345678, 4915112345678@s.whatsapp.net",
    "+1 (555) 123-4567, 15551234567@s.whatsapp.net",
    "(555) 1234567, 5551234567@s.whatsapp.net",
    "4915112345678@s.whatsapp.net, 4915112345678@s.whatsapp.net",
    "4915112345678:12@s.whatsapp.net, 4915112345678@s.whatsapp.net",
    "4915112345678@c.us, 4915112345678@s.whatsapp.net",
    "100000012345678@lid, 100000012345678@lid",
    "120363320392546922@g.us, 120363320392546922@g.us",
    "4915112345678-1500000000@g.us, 4915112345678-1500000000@g.us",
    "120363320392546922@newsletter, 120363320392546922@newsletter",
    "1500000000@broadcast, 1500000000@broadcast",
    "status@broadcast, status@broadcast"
  })
  void addressesAreUnderstood(String text, String jid) {
    assertThat(Recipient.parse(text).orElseThrow().toString()).isEqualTo(jid);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "+",
        "123",
        "abc",
        "49151abc",
        "@",
        "@s.whatsapp.net",
        "x@s.whatsapp.net",
        "4915112345678@",
        "4915112345678@example.org",
        "4915112345678@s.whatsapp.net.evil",
        "status@g.us",
        "other@broadcast",
        "1@2@s.whatsapp.net",
        "49 151 12345678901234567890",
        "4915112345678@s.whatsapp.net@lid",
        "+-49151123"
      })
  void garbageIsNot(String text) {
    assertThat(Recipient.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 100_000})
  void lengthIsBounded(int length) {
    assertThat(Recipient.parse("1".repeat(length))).isEmpty();
  }
}
