package wildcat.client.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static wildcat.client.fake.Fixture.ANN_LID;
import static wildcat.client.fake.Fixture.ANN_PN;
import static wildcat.client.fake.Fixture.OWN_LID;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wildcat.client.event.Event;
import wildcat.client.event.Presence;
import wildcat.client.event.Presence.State;
import wildcat.client.fake.Fixture;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.node.Node;

class PresenceTest {
  private static final Jid GROUP = Jid.group("120363000000000001");

  private final List<Event> told = new ArrayList<>();
  private Fixture account;
  private PresenceHandler handler;
  private OwnPresence own;

  @BeforeEach
  void link() throws Exception {
    account = new Fixture();
    account.lids.learn(ANN_PN, ANN_LID);
    handler = new PresenceHandler(account.ledger, account.lids, (_, event) -> told.add(event));
    own = new OwnPresence(account.own, account.lids);
  }

  private void handle(Node stanza) throws Exception {
    handler.handle(stanza, account.server);
  }

  private Presence presence(State state, Optional<Instant> lastSeen) {
    return new Presence(ANN_PN, state, lastSeen, account.now());
  }

  @Test
  void comingAndGoingIsToldAndRememberedButNotStored() throws Exception {
    account.commits.clear();
    handle(Node.of("presence").with("from", ANN_LID));
    handle(
        Node.of("presence")
            .with("from", ANN_LID)
            .with("type", "unavailable")
            .with("last", 1_755_768_000));
    handle(
        Node.of("presence").with("from", ANN_PN).with("type", "unavailable").with("last", "deny"));
    handle(Node.of("presence").with("from", ANN_PN).with("type", "error"));

    var gone = presence(State.OFFLINE, Optional.of(Instant.ofEpochSecond(1_755_768_000)));
    assertThat(told)
        .containsExactly(
            new Event.PresenceChanged(ANN_PN, presence(State.ONLINE, Optional.empty())),
            new Event.PresenceChanged(ANN_PN, gone),
            new Event.PresenceChanged(ANN_PN, presence(State.OFFLINE, Optional.empty())));
    assertThat(handler.last(ANN_LID)).contains(presence(State.OFFLINE, Optional.empty()));
    assertThat(account.commits).isEmpty();
    assertThat(account.server.sent()).isEmpty();
  }

  @Test
  void typingIsToldOfTheChatItHappensIn() throws Exception {
    handle(Node.of("chatstate", Node.of("composing")).with("from", ANN_LID));
    handle(
        Node.of("chatstate", Node.of("composing").with("media", "audio"))
            .with("from", GROUP)
            .with("participant", ANN_LID.withDevice(2)));
    handle(Node.of("chatstate", Node.of("paused")).with("from", ANN_LID));
    handle(Node.of("chatstate", Node.of("dancing")).with("from", ANN_LID));
    handle(Node.of("chatstate", Node.of("composing")).with("from", GROUP));

    assertThat(told)
        .containsExactly(
            new Event.PresenceChanged(ANN_PN, presence(State.TYPING, Optional.empty())),
            new Event.PresenceChanged(GROUP, presence(State.RECORDING, Optional.empty())),
            new Event.PresenceChanged(ANN_PN, presence(State.PAUSED, Optional.empty())));
  }

  @Test
  void onlyTheLastPersonsAreRemembered() throws Exception {
    for (int i = 0; i <= PresenceHandler.MAX_REMEMBERED; i++) {
      handle(Node.of("presence").with("from", Jid.pn("1555" + (1_000_000 + i))));
    }
    assertThat(handler.last(Jid.pn("15551000000"))).isEmpty();
    assertThat(handler.last(Jid.pn("15551000001"))).isPresent();
  }

  @Test
  void whatWeDoIsShownByLidWhereThatIsKnown() throws Exception {
    own.typing(ANN_PN, State.RECORDING, account.server);
    Node typing = account.server.sent("chatstate").getFirst();
    assertThat(typing.jid("to")).contains(ANN_LID);
    assertThat(typing.jid("from")).contains(OWN_LID);
    assertThat(typing.child("composing").orElseThrow().text("media")).isEqualTo("audio");
  }

  @Test
  void subscriptionsAndAbsenceOutliveTheConnection() throws Exception {
    own.subscribe(ANN_PN, account.server);
    own.show(false, account.server);
    account.server.sent().clear();

    own.loggedIn(account.server);

    assertThat(account.server.sent("presence"))
        .extracting(node -> node.text("type"))
        .containsExactly("unavailable", "subscribe");
    assertThat(account.server.sent("presence").getLast().jid("to")).contains(ANN_LID);
    assertThat(account.server.sent("presence").getFirst().text("name")).isEqualTo("Wildcat");
  }
}
