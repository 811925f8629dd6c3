package wildcat.client.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.ANN_PN;
import static wildcat.client.fake.Fixture.OWN_LID;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.event.Contact;
import wildcat.client.event.Event;
import wildcat.client.fake.Fixture;
import wildcat.proto.VerifiedNameCertificate;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.node.Node;

class NamesTest {
  private final List<Node> taken = new ArrayList<>();
  private Fixture account;
  private Names names;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
    account.lids.learn(ANN_PN, ANN_LID);
    names = new Names((stanza, _) -> taken.add(stanza), account.ledger, account.own, account.lids);
    account.heard.clear();
    account.commits.clear();
  }

  private void message(String notify, Node... content) throws Exception {
    names.handle(
        Node.of("message", content).with("from", ANN_LID.withDevice(3)).with("notify", notify),
        account.server);
  }

  @Test
  void aNameIsStoredAndToldOnceUntilItChanges() throws Exception {
    message("Ann");
    message("Ann");
    message("");
    message("Anna");

    assertThat(account.heard)
        .containsExactly(
            new Event.ContactChanged(new Contact(ANN_PN, "Ann", "", "")),
            new Event.ContactChanged(new Contact(ANN_PN, "Anna", "", "")));
    assertThat(account.store.contact(ANN_PN)).contains(new Contact(ANN_PN, "Anna", "", ""));
    assertThat(account.commits).hasSize(2);
    assertThat(taken).hasSize(4);
  }

  @Test
  void namesOfAnyLengthAndKindAreKeptInBounds() throws Exception {
    String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    message("\u202Enna\u200B " + family);
    assertThat(account.store.contact(ANN_PN).orElseThrow().pushName())
        .isEqualTo("\u202Enna\u200B " + family);

    message("\uD83D\uDE00".repeat(100_000));
    String cut = account.store.contact(ANN_PN).orElseThrow().pushName();
    assertThat(cut.codePointCount(0, cut.length())).isEqualTo(Contact.MAX_NAME);

    message("a\nb\u0000c\uD800d\u001B[31m");
    assertThat(account.store.contact(ANN_PN).orElseThrow().pushName()).isEqualTo("abcd[31m");
  }

  @Test
  void theCertifiedNameOfABusinessIsReadAndDamagedOnesAreNot() throws Exception {
    Bytes certificate =
        Bytes.wrap(
            VerifiedNameCertificate.newBuilder()
                .setDetails(
                    VerifiedNameCertificate.Details.newBuilder()
                        .setVerifiedName("Ann & Co")
                        .build()
                        .toByteString())
                .build()
                .toByteArray());
    message("", Node.of("verified_name", Bytes.ofHex("ffffffff")));
    message("", Node.of("verified_name", Bytes.wrap(new byte[Names.MAX_CERTIFICATE_BYTES + 1])));
    assertThat(account.store.contact(ANN_PN)).isEmpty();

    message("Ann", Node.of("verified_name", certificate));
    assertThat(account.store.contact(ANN_PN).orElseThrow().name()).isEqualTo("Ann & Co");
  }

  @Test
  void ourOwnNameIsNoContact() throws Exception {
    names.handle(
        Node.of("message").with("from", OWN_LID.withDevice(0)).with("notify", "Me"),
        account.server);

    assertThat(account.heard).isEmpty();
    assertThat(account.store.contact(OWN_LID.withoutDevice())).isEqualTo(Optional.empty());
  }
}
