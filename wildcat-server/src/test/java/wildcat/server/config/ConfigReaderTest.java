package wildcat.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.noise.NoiseInitiator;
import wildcat.server.log.LogLevel;

class ConfigReaderTest {
  @TempDir Path folder;

  @Test
  void withoutAnythingItServesThisMachine() throws Exception {
    Config config = read(Map.of());
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(3000);
    assertThat(config.withoutKeys()).isFalse();
    assertThat(config.newAdminKey()).isFalse();
    assertThat(config.data()).isEqualTo(folder.resolve("data"));
    assertThat(config.adminKeyFile()).isEqualTo(folder.resolve("data/admin.key"));
    assertThat(config.logs()).isEqualTo(new Config.Logs(folder.resolve(".logs"), LogLevel.INFO));
    assertThat(config.accounts().administrator()).isEmpty();
    assertThat(config.accounts().startUnlinked()).isFalse();
    assertThat(config.accounts().startsPerSecond()).isEqualTo(20);
    assertThat(config.whatsApp().server()).isEqualTo(URI.create("wss://web.whatsapp.com/ws/chat"));
    assertThat(config.whatsApp().root()).isEqualTo(NoiseInitiator.whatsappRoot());
  }

  @Test
  void thePredecessorsVariablesAreHonoured() throws Exception {
    Config config =
        read(
            Map.of(
                "HOST", "0.0.0.0",
                "PORT", "8080",
                "DB_NAME", "wildcat",
                "ADMIN_NUMBER", "1234567890@s.whatsapp.net",
                "AUTO_CONNECT_ON_START", "true",
                "FFMPEG_PATH", "/usr/bin/ffmpeg",
                "LOG_LEVEL", "debug",
                "BASE_URL", "http://localhost:3000"));
    assertThat(config.host()).isEqualTo("0.0.0.0");
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.accounts().administrator()).contains(Jid.pn("1234567890"));
    assertThat(config.accounts().startUnlinked()).isTrue();
    assertThat(config.logs().level()).isEqualTo(LogLevel.DEBUG);
  }

  @Test
  void theCommandLineComesBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
    Files.writeString(folder.resolve(".env"), "PORT=1001\nHOST=localhost\nLOG_LEVEL=warn\n");
    Config config =
        ConfigReader.read(
            List.of("--host", "127.0.0.1"), Map.of("PORT", "1002", "HOST", "0.0.0.0"), folder);
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(1002);
    assertThat(config.logs().level()).isEqualTo(LogLevel.WARN);
  }

  @Test
  void argumentsAreUnderstoodInBothForms() throws Exception {
    Config config =
        ConfigReader.read(
            List.of("--port=0", "--data", "/elsewhere", "--insecure-no-auth", "--new-admin-key"),
            Map.of(),
            folder);
    assertThat(config.port()).isZero();
    assertThat(config.data()).isEqualTo(Path.of("/elsewhere"));
    assertThat(config.withoutKeys()).isTrue();
    assertThat(config.newAdminKey()).isTrue();
    assertThatThrownBy(() -> ConfigReader.read(List.of("--prot", "1"), Map.of(), folder))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("unknown argument --prot")
        .hasMessageContaining("Usage:");
    assertThatThrownBy(() -> ConfigReader.read(List.of("--port"), Map.of(), folder))
        .isInstanceOf(InvalidConfig.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HOST | no.such.host.invalid | HOST: this name has no address",
        "PORT | 70000 | PORT: must be a whole number from 0 to 65535",
        "PORT | x | PORT: must be a whole number from 0 to 65535",
        "ADMIN_NUMBER | ask me | ADMIN_NUMBER: must be a phone number",
        "ADMIN_NUMBER | 123456@g.us | ADMIN_NUMBER: must be a phone number",
        "AUTO_CONNECT_ON_START | maybe | AUTO_CONNECT_ON_START: must be true or false",
        "LOG_LEVEL | loud | LOG_LEVEL: must be trace, debug",
        "WILDCAT_LOG_LEVEL | loud | WILDCAT_LOG_LEVEL: must be trace, debug",
        "WILDCAT_STORE | mongo | WILDCAT_STORE: must be embedded or mongodb",
        "WILDCAT_STORE | mongodb | WILDCAT_STORE: mongodb needs an address in MONGO_URL",
        "MONGO_URL | http://user:secret@h/ | MONGO_URL: must be an address like",
        "DB_NAME | a/b | DB_NAME: is no name of a database",
        "WILDCAT_EGRESS_ALLOW | 10.0.0.0/99 | WILDCAT_EGRESS_ALLOW: \"10.0.0.0/99\" is neither",
        "WILDCAT_STARTS_PER_SECOND | 0 | WILDCAT_STARTS_PER_SECOND: must be a whole number from 1",
        "WILDCAT_WHATSAPP_URL | http://x | WILDCAT_WHATSAPP_URL: must be an address like",
        "WILDCAT_WHATSAPP_URL | :// | WILDCAT_WHATSAPP_URL: must be an address like",
        "WILDCAT_WHATSAPP_ROOT_KEY | abc | WILDCAT_WHATSAPP_ROOT_KEY: must be 64 hexadecimal",
        "WILDCAT_PROT | 1 | WILDCAT_PROT: there is no such setting"
      })
  void whatCannotBeUsedIsRefusedWithItsName(String name, String value, String problem) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageStartingWith(problem)
        .hasMessageNotContaining("secret");
  }

  @Test
  void allProblemsAreSeenAtOnce() {
    assertThatThrownBy(() -> read(Map.of("PORT", "x", "LOG_LEVEL", "y", "WILDCAT_Z", "z")))
        .isInstanceOfSatisfying(InvalidConfig.class, e -> assertThat(e.problems()).hasSize(3));
  }

  @Test
  void mongoCanBeSetAsideOnPurpose() throws Exception {
    assertThat(read(Map.of("MONGO_URL", "mongodb://h/", "WILDCAT_STORE", "embedded")).mongo())
        .isEmpty();
    assertThat(read(Map.of("MONGO_URL", " ")).mongo()).isEmpty(); // empty is not set
  }

  @Test
  void theAddressOfAMongoDbChoosesItAsInWildcat2() throws Exception {
    assertThat(read(Map.of("MONGO_URL", "mongodb://h:1/")).mongo())
        .contains(new Config.Mongo("mongodb://h:1/", "wildcat"));
    assertThat(
            read(Map.of("MONGO_URL", "mongodb+srv://u:secret@h/", "DB_NAME", "shop"))
                .mongo()
                .map(Config.Mongo::toString))
        .contains("Mongo[shop]");
  }

  @Test
  void withoutKeysItListensToThisMachineOnly() throws Exception {
    var open = Map.of("WILDCAT_INSECURE_NO_AUTH", "true");
    assertThat(read(open).withoutKeys()).isTrue();
    assertThatThrownBy(() -> read(Map.of("WILDCAT_INSECURE_NO_AUTH", "true", "HOST", "0.0.0.0")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageStartingWith("WILDCAT_INSECURE_NO_AUTH: ");
  }

  @Test
  void theVariablesOfTheCommandLineClientAreNoMistake() throws Exception {
    assertThat(read(Map.of("WILDCAT_URL", "http://h", "WILDCAT_KEY", "k")).port()).isEqualTo(3000);
  }

  private Config read(Map<String, String> environment) throws Exception {
    return ConfigReader.read(List.of(), environment, folder);
  }
}
