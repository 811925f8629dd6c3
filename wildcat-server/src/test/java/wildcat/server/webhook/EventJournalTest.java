package wildcat.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wildcat.api.Json;
import wildcat.client.event.AccountId;
import wildcat.client.event.AccountState;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.event.Event;
import wildcat.client.event.Marks;
import wildcat.client.event.MessageId;
import wildcat.client.event.MessageStatus;
import wildcat.client.store.EventRecorder.Entry;
import wildcat.client.store.RecordedEvent;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;
import wildcat.server.Events;
import wildcat.server.store.WebhookRow;

class EventJournalTest {
  private static final AccountId ACCOUNT = new AccountId("mybusiness");
  private static final Instant AT = Instant.parse("2026-11-04T09:49:25.526Z");
  private static final String CHAT = "1234567890@s.whatsapp.net";

  private final EventJournal journal = new EventJournal(new Random(3));

  @Test
  void aMessageIsTheEnvelopeThatTheInterfacePromises() throws Exception {
    Entry entry =
        journal.entry(ACCOUNT, 4711, AT, Events.received(CHAT, "3EB0A12345678901", "Hello!"));
    assertThat(entry.type()).isEqualTo("message.received");
    assertThat(entry.lane()).isEqualTo(CHAT);
    assertThat(Json.shared().readTree(entry.body().toArray()))
        .isEqualTo(
            Json.shared()
                .readTree(
                    """
                    {"event":"message.received","eventId":"%s","sequence":4711,
                     "accountId":"mybusiness","occurredAt":"2026-11-04T09:49:25.526Z",
                     "id":"3EB0A12345678901","messageId":"3EB0A12345678901",
                     "chatId":"1234567890@s.whatsapp.net","from":"1234567890@s.whatsapp.net",
                     "participant":null,"pushName":"Ann","fromMe":false,"timestamp":1699099199,
                     "type":"text","text":"Hello!","message":{"conversation":"Hello!"},
                     "hasMedia":false,"mediaUrl":null,"mediaType":null,
                     "quotedMessage":null,"mentions":[],"createdAt":"2026-11-04T09:49:25.526Z",
                     "senderId":"1234567890@s.whatsapp.net","isForwarded":false,
                     "status":"received","origin":"live"}
                    """
                        .formatted(entry.eventId())));
  }

  @Test
  void aGroupMessageNamesItsSender() throws Exception {
    var body = body(Events.received("123-456@g.us", "A", "x"));
    assertThat(body.get("from").textValue()).isEqualTo("123-456@g.us");
    assertThat(body.get("participant").textValue()).isEqualTo("4915100000009@s.whatsapp.net");
    assertThat(body.get("senderId").textValue()).isEqualTo("4915100000009@s.whatsapp.net");
  }

  @Test
  void aQuoteIsAnObject() throws Exception {
    ChatMessage message =
        Events.of(
            Events.message(CHAT, "A", "x", Origin.LIVE),
            "text",
            Optional.of(new ChatMessage.Quote(new MessageId("B"), Jid.pn("49151"), "y", false)),
            List.of(Jid.pn("49152")));
    var body = body(new Event.MessageReceived(message));
    assertThat(body.get("quotedMessage").toString())
        .isEqualTo(
            "{\"messageId\":\"B\",\"participant\":\"49151@s.whatsapp.net\",\"text\":\"y\","
                + "\"hasMedia\":false}");
    assertThat(body.get("mentions").toString()).isEqualTo("[\"49152@s.whatsapp.net\"]");
  }

  @Test
  void unreadableContentIsNull() throws Exception {
    ChatMessage base = Events.message(CHAT, "A", "", Origin.LIVE);
    var broken =
        new ChatMessage(
            base.chat(),
            base.id(),
            base.sender(),
            false,
            base.timestamp(),
            "",
            "text",
            "",
            Optional.empty(),
            List.of(),
            false,
            MessageStatus.RECEIVED,
            Origin.LIVE,
            Bytes.ofHex("ffffff"),
            Marks.NONE);
    var body = body(new Event.MessageReceived(broken));
    assertThat(body.get("message").isNull()).isTrue();
    assertThat(body.get("text").isNull()).isTrue();
    assertThat(body.get("pushName").isNull()).isTrue();
  }

  @Test
  void otherEventsAreFlatToo() throws Exception {
    var status =
        body(
            new Event.MessageStatusChanged(
                Jid.pn("49151"), new MessageId("A"), MessageStatus.FAILED, AT, Optional.of(463)));
    assertThat(status.get("event").textValue()).isEqualTo("message.status");
    assertThat(status.get("status").textValue()).isEqualTo("failed");
    assertThat(status.get("code").intValue()).isEqualTo(463);

    var state =
        body(
            new Event.StateChanged(
                new AccountState(
                    AccountState.Status.BANNED, "too much", AT, Optional.of(AT.plusSeconds(60)))));
    assertThat(state.get("event").textValue()).isEqualTo("account.status");
    assertThat(state.get("status").textValue()).isEqualTo("banned");
    assertThat(state.get("until").textValue()).isEqualTo("2026-11-04T09:50:25.526Z");

    var lost =
        body(
            new Event.MessageUndecryptable(
                Jid.pn("49151"), Jid.pn("49151"), new MessageId("A"), "NO_SESSION", 1));
    assertThat(lost.get("event").textValue()).isEqualTo("message.undecryptable");
    assertThat(lost.get("reason").textValue()).isEqualTo("no_session");
  }

  @ParameterizedTest
  @EnumSource(Origin.class)
  void aLegacyWebhookGetsWhatThePredecessorSent(Origin origin) {
    subscribe(webhook("old", true), webhook("new", false));
    ChatMessage message = Events.message(CHAT, "A", "x", origin);
    Event.Durable event =
        message.fromMe() ? new Event.MessageSent(message) : new Event.MessageReceived(message);
    List<String> owed = journal.entry(ACCOUNT, 1, AT, event).destinations();
    boolean old =
        switch (origin) {
          case LIVE, OFFLINE, OTHER_DEVICE -> true;
          case API, HISTORY -> false;
        };
    assertThat(owed).containsExactly(old ? new String[] {"old", "new"} : new String[] {"new"});
  }

  @Test
  void aLegacyWebhookHearsNothingOfWhatThePredecessorDidNotKnow() {
    subscribe(webhook("old", true));
    ChatMessage reaction =
        Events.of(
            Events.message(CHAT, "A", "x", Origin.LIVE), "reaction", Optional.empty(), List.of());
    for (Event.Durable event :
        List.of(
            new Event.MessageReceived(reaction),
            new Event.IdentityChanged(Jid.pn("49151")),
            new Event.Linked(Jid.pn("49151"), Jid.lid("1"), "android"),
            new Event.MessageStatusChanged(
                Jid.pn("49151"), new MessageId("A"), MessageStatus.READ, AT, Optional.empty()))) {
      assertThat(journal.entry(ACCOUNT, 1, AT, event).destinations()).isEmpty();
    }
  }

  @Test
  void patternsChooseEvents() {
    subscribe(
        webhook("all", false),
        webhook("messages", false, "message.*"),
        webhook("states", false, "account.status"),
        webhook("star", false, "*"));
    assertThat(journal.entry(ACCOUNT, 1, AT, Events.received(CHAT, "A", "x")).destinations())
        .containsExactly("all", "messages", "star");
    assertThat(
            journal
                .entry(ACCOUNT, 1, AT, new Event.Linked(Jid.pn("49151"), Jid.lid("1"), "android"))
                .destinations())
        .containsExactly("all", "star");
  }

  @Test
  void aDisabledWebhookIsOwedNothing() {
    subscribe(webhook("off", false).asDisabled("gone"));
    assertThat(journal.entry(ACCOUNT, 1, AT, Events.received(CHAT, "A", "x")).destinations())
        .isEmpty();
  }

  @Test
  void thoseWhoAreOwedAreWokenAfterTheCommitOnly() {
    var woken = new ArrayList<Set<String>>();
    journal.onCommitted(woken::add);
    subscribe(webhook("one", false, "message.*"), webhook("two", false, "account.*"));
    Entry first = journal.entry(ACCOUNT, 1, AT, Events.received(CHAT, "A", "x"));
    Entry second = journal.entry(ACCOUNT, 2, AT, Events.received(CHAT, "B", "x"));
    assertThat(woken).isEmpty();
    journal.committed(List.of(recorded(1, first)));
    journal.committed(List.of(recorded(2, second)));
    assertThat(woken).containsExactly(Set.of("one"), Set.of("one"));
  }

  @Test
  void aFailedTransactionWakesNobodyLater() {
    var woken = new ArrayList<Set<String>>();
    journal.onCommitted(woken::add);
    subscribe(webhook("one", false, "message.*"));
    journal.entry(ACCOUNT, 1, AT, Events.received(CHAT, "A", "x")); // never committed
    Entry next =
        journal.entry(ACCOUNT, 1, AT, new Event.Linked(Jid.pn("49151"), Jid.lid("1"), "android"));
    journal.committed(List.of(recorded(1, next)));
    assertThat(woken).isEmpty();
  }

  private static RecordedEvent recorded(long sequence, Entry entry) {
    return new RecordedEvent(
        ACCOUNT, sequence, entry.eventId(), entry.type(), entry.lane(), AT, entry.body());
  }

  private void subscribe(WebhookRow... webhooks) {
    journal.subscriptions().replace(List.of(webhooks));
  }

  private static WebhookRow webhook(String id, boolean legacy, String... events) {
    return new WebhookRow(
        id, "http://h/", List.of(events), legacy, "whsec_", false, "", null, "2026");
  }

  private com.fasterxml.jackson.databind.JsonNode body(Event.Durable event) throws Exception {
    return Json.shared().readTree(journal.entry(ACCOUNT, 1, AT, event).body().toArray());
  }
}
