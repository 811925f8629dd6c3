package wildcat.client.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.ANN_PN;
import static wildcat.client.fake.Fixture.OWN_PN;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.contact.Abouts.About;
import wildcat.client.contact.Pictures.Picture;
import wildcat.client.event.Event;
import wildcat.client.fake.Fixture;
import wildcat.client.session.Rejected;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

class PeopleTest {
  private Fixture account;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
  }

  private static Node users(Node... users) {
    return Node.of("iq", Node.of("usync", Node.of("list", users))).with("type", "result");
  }

  @Test
  void numbersAreAskedForWithPlusInPortionsAndAnsweredInTheOrderAsked() throws Exception {
    var numbers = new ArrayList<String>();
    for (int i = 0; i < NumberCheck.PER_QUERY + 1; i++) {
      numbers.add("4915100" + (1_000 + i));
    }
    numbers.add(ANN_PN.user());
    account.server.nextAnswer("usync", _ -> users());
    account.server.nextAnswer(
        "usync",
        iq -> {
          assertThat(iq.path("usync", "list").orElseThrow().children()).hasSize(2);
          assertThat(
                  iq.path("usync", "list")
                      .orElseThrow()
                      .children()
                      .getLast()
                      .path("contact")
                      .orElseThrow()
                      .bytes())
              .contains(Bytes.ofUtf8("+" + ANN_PN.user()));
          return users(
              Node.of(
                      "user",
                      Node.of("contact", Bytes.ofUtf8("+" + ANN_PN.user())).with("type", "in"),
                      Node.of("lid").with("val", ANN_LID))
                  .with("jid", ANN_PN),
              Node.of("user", Node.of("contact", Bytes.ofUtf8("+1")).with("type", "in"))
                  .with("jid", Jid.pn("1")));
        });

    var checked = new NumberCheck(account.lids).check(numbers, account.server);

    assertThat(checked).hasSize(NumberCheck.PER_QUERY + 2);
    assertThat(checked.getFirst().pn()).isEmpty();
    assertThat(checked.getLast())
        .isEqualTo(
            new NumberCheck.Checked(ANN_PN.user(), Optional.of(ANN_PN), Optional.of(ANN_LID)));
    assertThat(account.lids.twin(ANN_LID)).contains(ANN_PN);
  }

  @Test
  void aPictureThatIsNotThereOrNotShownIsNone() throws Exception {
    var pictures = new Pictures(account.lids);
    account.server.nextAnswer(
        "picture",
        iq -> {
          assertThat(iq.text("xmlns")).isEqualTo("w:profile:picture");
          assertThat(iq.jid("target")).contains(ANN_PN);
          return Node.of(
              "iq", Node.of("picture").with("id", "7").with("url", "https://example.org/p"));
        });
    assertThat(pictures.find(ANN_PN, false, account.server))
        .contains(new Picture("7", URI.create("https://example.org/p")));
    for (int code : List.of(401, 404)) {
      account.server.nextAnswer(
          "picture",
          _ -> {
            throw new Rejected(code, "no");
          });
      assertThat(pictures.find(ANN_PN, true, account.server)).isEmpty();
    }
    account.server.nextAnswer("picture", _ -> Node.of("iq", Node.of("picture").with("url", "%")));
    assertThat(pictures.find(ANN_PN, true, account.server)).isEmpty();
    account.server.nextAnswer(
        "picture",
        _ -> {
          throw new Rejected(429, "slow down");
        });
    assertThatThrownBy(() -> pictures.find(ANN_PN, true, account.server))
        .isInstanceOf(Rejected.class);
  }

  @Test
  void anAboutTextThatIsHiddenIsNone() throws Exception {
    var abouts = new Abouts(account.lids);
    account.server.nextAnswer(
        "usync",
        _ ->
            users(
                Node.of(
                        "user",
                        Node.of("status", Bytes.ofUtf8("Hi \u2713")).with("t", 1_755_768_000))
                    .with("jid", ANN_PN)));
    assertThat(abouts.find(ANN_PN, account.server))
        .contains(new About("Hi \u2713", Optional.of(Instant.ofEpochSecond(1_755_768_000))));
    account.server.nextAnswer(
        "usync",
        _ ->
            users(
                Node.of("user", Node.of("status").with("code", 401).with("type", "fail"))
                    .with("jid", ANN_PN)));
    assertThat(abouts.find(ANN_PN, account.server)).isEmpty();
  }

  @Test
  void blockingNamesLidAndNumberAndIsTold() throws Exception {
    var blocklist = new Blocklist(account.ledger, account.lids, account.devices);
    account.server.nextAnswer("item", _ -> Node.of("iq", Node.of("list")));

    blocklist.change(ANN_PN, true, account.server);

    Node item = account.server.requests("item").getFirst().child("item").orElseThrow();
    assertThat(item.text("action")).isEqualTo("block");
    assertThat(item.jid("jid")).contains(ANN_LID);
    assertThat(item.jid("pn_jid")).contains(ANN_PN);
    assertThat(account.heard(Event.BlockingChanged.class))
        .containsExactly(new Event.BlockingChanged(ANN_PN, true));
  }

  @Test
  void whatIsNotifiedOfPeopleBecomesEventsAndIsAcknowledged() throws Exception {
    var names = new Names((_, _) -> {}, account.ledger, account.own, account.lids);
    var notifications = new ContactNotifications(account.ledger, account.lids, names);
    account.lids.learn(ANN_PN, ANN_LID);
    account.heard.clear();
    notifications.handle(
        notification("picture", ANN_LID, Node.of("set").with("jid", ANN_LID).with("id", "9")),
        account.server);
    notifications.handle(
        notification("picture", ANN_PN, Node.of("delete").with("jid", ANN_PN)), account.server);
    notifications.handle(
        notification("status", ANN_LID, Node.of("set", Bytes.ofUtf8("Away"))), account.server);
    notifications.handle(
        notification(
            "account_sync",
            OWN_PN.withoutDevice(),
            Node.of(
                "blocklist",
                Node.of("item").with("jid", ANN_LID).with("action", "unblock"),
                Node.of("item").with("jid", ANN_LID).with("action", "else"))),
        account.server);
    notifications.handle(notification("status", ANN_LID), account.server);

    assertThat(account.heard)
        .containsExactly(
            new Event.PictureChanged(ANN_PN, Optional.of("9")),
            new Event.PictureChanged(ANN_PN, Optional.empty()),
            new Event.AboutChanged(ANN_PN, "Away"),
            new Event.BlockingChanged(ANN_PN, false));
    assertThat(account.server.sent("ack")).hasSize(5);
  }

  private static Node notification(String type, Jid from, Node... content) {
    return Node.of("notification", content).with("from", from).with("type", type).with("id", "1");
  }
}
