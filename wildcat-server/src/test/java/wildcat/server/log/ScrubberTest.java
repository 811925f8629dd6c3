package wildcat.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrubberTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to 4915112345678 now | to *** now",
        "to +49 151 123-45678. | to ***.",
        "from 4915112345678@s.whatsapp.net! | from ***@***!",
        "from 4915112345678:12@s.whatsapp.net | from ***@***",
        "from 100000012345678@lid, 12036332@g.us | from ***@***, ***@***",
        "key wc_abcdEFGH_0123456789abcdefghijABCDEFGHIJ0123456789abcdefghi | key wc_***",
        "secret whsec_AAAABBBBCCCCDDDD= | secret whsec_***"
      })
  void whatMustNotBeLoggedIsTakenOut(String text, String scrubbed) {
    assertThat(Scrubber.scrub(text)).isEqualTo(scrubbed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "answered 500 in 1234 ms",
        "http://127.0.0.1:3000/x",
        "evt_01JBVX3K4E7M8N9P0Q1R2S3T4V",
        "2026-11-04T09:49:25.526Z",
        "port 65535, 1048576 bytes"
      })
  void everythingElseStays(String text) {
    assertThat(Scrubber.scrub(text)).isEqualTo(text);
  }
}
