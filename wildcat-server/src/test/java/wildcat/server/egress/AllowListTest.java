package wildcat.server.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {
  @Test
  void aRangePermitsItsAddressesOnAllPorts() {
    var list = AllowList.parse("10.0.0.0/8");
    assertThat(permits(list, "any", 80, "10.255.0.1")).isTrue();
    assertThat(permits(list, "any", 81, "10.0.0.1")).isTrue();
    assertThat(permits(list, "any", 80, "11.0.0.1")).isFalse();
    assertThat(permits(list, "any", 80, "::1")).isFalse();
  }

  @Test
  void anAddressWithAPortPermitsOnlyThat() {
    var list = AllowList.parse("192.168.1.5:8080, [::1]:9000");
    assertThat(permits(list, "any", 8080, "192.168.1.5")).isTrue();
    assertThat(permits(list, "any", 8081, "192.168.1.5")).isFalse();
    assertThat(permits(list, "any", 9000, "::1")).isTrue();
    assertThat(permits(list, "any", 9001, "::1")).isFalse();
  }

  @Test
  void aHostIsMatchedByItsNameAndPort() {
    var list = AllowList.parse("n8n:5678,Local_Host:80");
    assertThat(permits(list, "N8N", 5678, "172.18.0.2")).isTrue();
    assertThat(permits(list, "local_host", 80, "127.0.0.1")).isTrue();
    assertThat(permits(list, "n8n", 5679, "172.18.0.2")).isFalse();
    assertThat(permits(list, "n8n.evil.example", 5678, "172.18.0.2")).isFalse();
  }

  @Test
  void noneAndNothingPermitNothing() {
    assertThat(permits(AllowList.parse("none"), "localhost", 80, "127.0.0.1")).isFalse();
    assertThat(permits(AllowList.parse(" "), "localhost", 80, "127.0.0.1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "localhost",
        "host:0",
        "host:65536",
        "host:",
        ":80",
        "a b:80",
        "10.0.0.0/8,",
        "::1/129",
        "[n8n]:80",
        "10.0.0/8"
      })
  void whatCannotBeUnderstoodIsNamed(String text) {
    assertThatThrownBy(() -> AllowList.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is neither a range");
  }

  private static boolean permits(AllowList list, String host, int port, String address) {
    return list.permits(host, port, InetAddress.ofLiteral(address));
  }
}
