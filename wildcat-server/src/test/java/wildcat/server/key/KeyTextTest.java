package wildcat.server.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyTextTest {
  private final Random random = new Random(5);

  @Test
  void aKeyIsReadBack() {
    for (int i = 0; i < 1_000; i++) {
      KeyText made = KeyText.generate(random);
      assertThat(made.text()).matches("wc_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}");
      KeyText read = KeyText.parse(made.text()).orElseThrow();
      assertThat(read).isEqualTo(made);
      assertThat(read.hashesTo(made.sha256())).isTrue();
    }
  }

  @Test
  void everySingleMistypedSignIsNoticed() {
    String text = KeyText.generate(random).text();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'a' ? 'b' : 'a';
      assertThat(KeyText.parse(text.substring(0, i) + other + text.substring(i + 1))).isEmpty();
    }
    assertThat(KeyText.parse(text.substring(1))).isEmpty();
    assertThat(KeyText.parse(text + "a")).isEmpty();
    assertThat(KeyText.parse("")).isEmpty();
  }

  @Test
  void thirtyTwoBytesOfRandomnessAreInIt() {
    var seen = new HashSet<String>();
    boolean[][] differs = new boolean[43][62];
    for (int i = 0; i < 20_000; i++) {
      String secret = KeyText.generate(random).text().substring(12, 55);
      assertThat(seen.add(secret)).isTrue();
      for (int sign = 0; sign < 43; sign++) {
        differs[sign][Character.digit(secret.charAt(sign), 36)] = true;
      }
    }
    for (int sign = 1; sign < 43; sign++) { // the first of 43 signs holds less than a whole sign
      int values = 0;
      for (boolean value : differs[sign]) {
        values += value ? 1 : 0;
      }
      assertThat(values).as("sign " + sign).isEqualTo(36);
    }
  }

  @Test
  void itDoesNotPrintItself() {
    KeyText key = KeyText.generate(random);
    assertThat(key.toString()).isEqualTo("key " + key.id());
  }

  @Test
  void anotherHashIsNotMatched() {
    KeyText key = KeyText.generate(random);
    assertThat(key.hashesTo(KeyText.generate(random).sha256())).isFalse();
    assertThat(key.hashesTo("")).isFalse();
  }
}
