package wildcat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wildcat.simulator.Settings;
import wildcat.simulator.Simulator;
import wildcat.simulator.phone.VirtualPhone;

/// Keys that cannot be read are not absent: the account stops in `key_error`, nothing is written over
/// them, and other accounts go on.
final class KeyErrorTest {
  private static final List<String> KEY_TABLES =
      List.of("credentials", "ratchets", "identities", "pre_keys");

  @TempDir Path folder;
  private Simulator simulator;
  private VirtualPhone ann;
  private VirtualPhone bob;
  private ServerProcess server;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(Settings.defaults());
    ann = simulator.phone("Ann");
    bob = simulator.phone("Bob");
    server = new ServerProcess(folder, simulator);
    server.start();
    link("ann", ann);
    link("bob", bob);
  }

  @AfterEach
  void stop() {
    server.close();
    simulator.close();
  }

  private void link(String account, VirtualPhone phone) throws Exception {
    phone.scan(server.code(account));
    ServerProcess.until("it is connected", () -> server.status(account).equals("connected"));
  }

  @Test
  void damagedCredentialsStopTheirAccountAndChangeNothing() throws Exception {
    server.stop();
    damage("credentials", "ann");
    Map<String, String> before = keysOf("ann");

    server.start();
    ServerProcess.until("it is noticed", () -> server.status("ann").equals("key_error"));
    server.post("/accounts/ann/connect", Map.of());
    assertThat(server.get("/v1/accounts/ann/qr").path("ok").asBoolean()).isFalse();
    ServerProcess.until("the other is back", () -> server.status("bob").equals("connected"));
    ann.sendText(bob.pn(), "still there?");
    ServerProcess.until("the other receives", () -> server.messages("bob").size() == 1);
    assertThat(server.status("ann")).isEqualTo("key_error");

    server.stop();
    assertThat(keysOf("ann")).isEqualTo(before);
  }

  @Test
  void aDamagedRatchetStopsTheAccountWhenAMessageNeedsItAndLosesNothing() throws Exception {
    bob.sendText(ann.pn(), "one");
    ServerProcess.until("it is stored", () -> server.messages("ann").size() == 1);
    server.stop();
    Map<String, String> sound = keysOf("ann");
    damage("ratchets", "ann");
    Map<String, String> before = keysOf("ann");

    server.start();
    bob.sendText(ann.pn(), "two");
    ServerProcess.until("it is noticed", () -> server.status("ann").equals("key_error"));
    server.stop();
    assertThat(keysOf("ann")).isEqualTo(before);

    restore("ratchets", sound);
    server.start();
    ServerProcess.until("the message came again", () -> server.messages("ann").size() == 2);
  }

  @Test
  void anotherMasterKeyIsRefusedAtTheStart() throws Exception {
    server.stop();
    Map<String, String> before = keysOf("ann");
    Path masterKey = folder.resolve("data/master.key");
    byte[] key = Files.readAllBytes(masterKey);
    key[0] = (byte) (key[0] == '1' ? '2' : '1');
    Files.write(masterKey, key);

    assertThat(server.startThatEnds()).isNotZero();
    assertThat(server.output())
        .contains("master key", "start with the right key")
        .doesNotContain("\tat ");
    assertThat(keysOf("ann")).isEqualTo(before);
  }

  private Connection database() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/wildcat.db"));
  }

  /// Flips a bit in the middle of every sealed row of the table.
  private void damage(String table, String account) throws SQLException {
    try (Connection connection = database();
        var update =
            connection.prepareStatement(
                "UPDATE " + table + " SET sealed = ? WHERE hex(sealed) = ?")) {
      int changed = 0;
      for (var row : keysOf(account).entrySet()) {
        if (row.getKey().startsWith(table + ' ')) {
          byte[] sealed = HexFormat.of().parseHex(row.getValue());
          sealed[sealed.length / 2] ^= 1;
          update.setBytes(1, sealed);
          update.setString(2, row.getValue());
          changed += update.executeUpdate();
        }
      }
      assertThat(changed).isPositive();
    }
  }

  /// Undoes [#damage]: puts the same bit back.
  private void restore(String table, Map<String, String> sound) throws SQLException {
    damage(table, "ann");
    assertThat(keysOf("ann")).isEqualTo(sound);
  }

  /// The sealed rows of an account's keys, byte for byte, by table and position.
  private Map<String, String> keysOf(String account) throws SQLException {
    var keys = new TreeMap<String, String>();
    try (Connection connection = database();
        Statement statement = connection.createStatement()) {
      for (String table : KEY_TABLES) {
        String query =
            "SELECT hex(sealed) FROM "
                + table
                + " WHERE account = (SELECT id FROM accounts WHERE name = '"
                + account
                + "') ORDER BY 1";
        try (ResultSet rows = statement.executeQuery(query)) {
          for (int i = 0; rows.next(); i++) {
            keys.put(table + ' ' + i, rows.getString(1));
          }
        }
      }
    }
    assertThat(keys).isNotEmpty();
    return keys;
  }
}
