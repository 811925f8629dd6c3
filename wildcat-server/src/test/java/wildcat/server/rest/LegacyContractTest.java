package wildcat.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wildcat.api.Json;
import wildcat.client.event.AccountState.Status;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatMessage.Origin;
import wildcat.client.event.MessageId;
import wildcat.client.message.OutgoingContent;
import wildcat.client.session.NotConnected;
import wildcat.client.session.OutcomeUnknown;
import wildcat.client.session.Rejected;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.server.Events;
import wildcat.server.FakeAccounts;
import wildcat.server.TestServer;
import wildcat.server.TestServer.Answer;

/// The contract of Wildcat 2.0.0 (NotoriousArnav/wildcat at 5691a39), shape by shape and text by text.
class LegacyContractTest {
  private static final String ANN = "1234567890@s.whatsapp.net";
  private static final String BAD_TO =
      "Invalid WhatsApp JID format for \\\"to\\\" field. "
          + "Expected format: 1234567890@s.whatsapp.net or 123456789@g.us";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void open() throws Exception {
    server = new TestServer(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void ping() throws Exception {
    is(server.get("/ping"), 200, "{'ok':true,'pong':true,'time':'2026-11-04T09:49:25.526Z'}");
  }

  @Test
  void createAccount() throws Exception {
    is(
        server.post("/accounts", "{\"id\":\"mybusiness\",\"name\":\"My Business\"}"),
        201,
        "{'ok':true,'account':{'id':'mybusiness','name':'My Business',"
            + "'collectionName':'auth_mybusiness','status':'created','_id':'mybusiness'}}");
    assertThat(server.accounts.of("mybusiness").connects).hasValue(1); // starts at once
    is(
        server.post("/accounts", "{\"id\":\"other\",\"collectionName\":\"mine\"}"),
        201,
        "{'ok':true,'account':{'id':'other','name':'','collectionName':'mine',"
            + "'status':'created','_id':'other'}}");
  }

  @Test
  void createAccountRefusals() throws Exception {
    for (String body : List.of("{}", "{\"id\":\"\"}", "{\"id\":null}", "{\"id\":0}", "")) {
      is(server.post("/accounts", body), 400, "{'ok':false,'error':'id is required'}");
    }
    server.post("/accounts", "{\"id\":\"a\"}");
    is(
        server.post("/accounts", "{\"id\":\"a\"}"),
        400,
        "{'ok':false,'error':'Account already exists'}");
    for (String id :
        List.of(
            "\"a b\"",
            "\"a/b\"",
            "\"..\"",
            "5",
            "{\"$ne\":1}",
            "[\"a\"]",
            "\"" + "x".repeat(65) + "\"")) {
      is(
          server.post("/accounts", "{\"id\":" + id + "}"),
          400,
          "{'ok':false,'error':'id must be 1 to 64 of A-Z a-z 0-9 . _ -'}");
    }
    is(
        server.post("/accounts", "{\"id\":\"b\",\"name\":7}"),
        400,
        "{'ok':false,'error':'name must be a string'}");
  }

  @Test
  void aFailedCreationLeavesNothingBehind() throws Exception {
    server.accounts.breakOpening(
        "a", new StoreFailed.Unavailable("disk full", new java.io.IOException()));
    assertThat(server.post("/accounts", "{\"id\":\"a\"}").status()).isEqualTo(503);
    is(server.get("/accounts/a"), 404, "{'ok':false,'error':'Account not found'}");
    server.accounts.mendOpening("a");
    assertThat(server.post("/accounts", "{\"id\":\"a\"}").status()).isEqualTo(201);
  }

  @Test
  void listAndShowAccounts() throws Exception {
    is(server.get("/accounts"), 200, "{'ok':true,'accounts':[]}");
    server.post("/accounts", "{\"id\":\"a\",\"name\":\"A\"}");
    server.accounts.of("a").show("2@code", Duration.ofSeconds(60));
    String account =
        "{'_id':'a','name':'A','collectionName':'auth_a','createdAt':'2026-11-04T09:49:25.526Z',"
            + "'status':'connecting','updatedAt':'2026-11-04T09:49:25.526Z',"
            + "'currentStatus':'connecting','hasQR':true,'id':'a'}";
    wildcat.server.Eventually.until(
        "the status is stored",
        () -> server.get("/accounts/a").json().get("account").has("updatedAt"));
    is(server.get("/accounts"), 200, "{'ok':true,'accounts':[" + account + "]}");
    is(server.get("/accounts/a"), 200, "{'ok':true,'account':" + account + "}");
    is(server.get("/accounts/nobody"), 404, "{'ok':false,'error':'Account not found'}");
    is(server.get("/accounts/%7B%7D"), 404, "{'ok':false,'error':'Account not found'}");
  }

  @Test
  void deleteAccount() throws Exception {
    FakeAccounts.One one = server.connected("a");
    one.receive(Events.message(ANN, "M1", "x", Origin.LIVE));
    is(
        server.delete("/accounts/a"),
        200,
        "{'ok':true,'message':'Account deleted','deletedCollection':'auth_a'}");
    assertThat(one.logouts).hasValue(1);
    assertThat(one.closed).isTrue();
    is(
        server.delete("/accounts/a"),
        200,
        "{'ok':true,'message':'Account deleted','deletedCollection':null}");
    // as before, messages stay and the same id sees them again
    server.post("/accounts", "{\"id\":\"a\"}");
    assertThat(server.get("/accounts/a/messages/M1").status()).isEqualTo(200);
    server.delete("/accounts/a?purge=true");
    server.post("/accounts", "{\"id\":\"a\"}");
    assertThat(server.get("/accounts/a/messages/M1").status()).isEqualTo(404);
  }

  @Test
  void statusAndTheQrKey() throws Exception {
    server.post("/accounts", "{\"id\":\"a\",\"collectionName\":\"mine\"}");
    is(
        server.get("/accounts/a/status"),
        200,
        "{'ok':true,'accountId':'a','status':'connecting','qr':null,'collection':'mine'}");
    server.accounts.of("a").show("2@code", Duration.ofSeconds(60));
    is(
        server.get("/accounts/a/status"),
        200,
        "{'ok':true,'accountId':'a','status':'connecting','qr':'2@code','collection':'mine'}");
    server.accounts.of("a").link();
    is(
        server.get("/accounts/a/status"),
        200,
        "{'ok':true,'accountId':'a','status':'connected','collection':'mine'}");
    for (String nobody : List.of("/accounts/nobody/status")) {
      is(server.get(nobody), 404, "{'ok':false,'error':'Account not found'}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTING, connecting",
    "WAITING_FOR_LINK, connecting",
    "WAITING_FOR_PASSKEY, connecting",
    "CONNECTED, connected",
    "RESTRICTED, connected",
    "RECONNECTING, reconnecting",
    "LOGGED_OUT, logged_out",
    "BANNED, banned",
    "CONFLICT, conflict",
    "KEY_ERROR, key_error"
  })
  void statusesHaveThePredecessorsNames(Status status, String name) throws Exception {
    server.post("/accounts", "{\"id\":\"a\"}");
    server.accounts.of("a").become(status);
    assertThat(server.get("/accounts/a/status").json().get("status").textValue()).isEqualTo(name);
    assertThat(server.get("/accounts/a").json().get("account").get("currentStatus").textValue())
        .isEqualTo(name);
  }

  @Test
  void connectAndDisconnect() throws Exception {
    FakeAccounts.One one = server.connected("a");
    is(
        server.post("/accounts/a/connect"),
        200,
        "{'ok':true,'accountId':'a','status':'connected',"
            + "'message':'Connection initiated. Check /accounts/a/status for QR code'}");
    is(server.post("/accounts/a/disconnect"), 200, "{'ok':true,'message':'Account disconnected'}");
    assertThat(one.closed).isTrue();
    assertThat(one.logouts).hasValue(0); // the link stays
    is(server.post("/accounts/a/disconnect"), 200, "{'ok':true,'message':'Account disconnected'}");
    is(
        server.get("/accounts/a/status"),
        404,
        "{'ok':false,'error':'Account not found or not started'}");
    JsonNode account = server.get("/accounts/a").json().get("account");
    assertThat(account.get("status").textValue()).isEqualTo("not_started");
    assertThat(account.get("currentStatus").textValue()).isEqualTo("not_started");
    is(
        server.post("/accounts/a/message/send", "{\"to\":\"" + ANN + "\",\"message\":\"x\"}"),
        404,
        "{'ok':false,'error':'Account not found'}");
    assertThat(server.post("/accounts/a/connect").status()).isEqualTo(200);
    assertThat(server.get("/accounts/a/status").json().get("status").textValue())
        .isEqualTo("connected");
    is(server.post("/accounts/nobody/connect"), 404, "{'ok':false,'error':'Account not found'}");
    is(server.post("/accounts/nobody/disconnect"), 404, "{'ok':false,'error':'Account not found'}");
  }

  @Test
  void aConnectThatCannotReadTheStoreFails() throws Exception {
    server.connected("a");
    server.post("/accounts/a/disconnect");
    server.accounts.breakOpening("a", new StoreFailed.Unreadable("bad"));
    is(server.post("/accounts/a/connect"), 500, "{'ok':false,'error':'Failed to connect'}");
    assertThat(server.get("/accounts/a/status").json().get("status").textValue())
        .isEqualTo("key_error");
  }

  @Test
  void sendText() throws Exception {
    FakeAccounts.One one = server.connected("a");
    is(
        server.post(
            "/accounts/a/message/send",
            "{\"to\":\""
                + ANN
                + "\",\"message\":\"Hello!\",\"mentions\":[\"49151@s.whatsapp.net\"]}"),
        200,
        "{'ok':true,'messageId':'3EB01','timestamp':1699099199}");
    assertThat(one.sent)
        .singleElement()
        .satisfies(text -> {
          assertThat(text.to()).isEqualTo(Jid.pn("1234567890"));
          assertThat(text.content()).isEqualTo(new OutgoingContent.Text("Hello!"));
          assertThat(text.mentions()).containsExactly(Jid.pn("49151"));
          assertThat(text.quoted()).isEmpty();
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4915112345678 | 4915112345678@s.whatsapp.net",
        "+49 151 123-456(78) | 4915112345678@s.whatsapp.net",
        "4915112345678@c.us | 4915112345678@s.whatsapp.net",
        "4915112345678:7@s.whatsapp.net | 4915112345678@s.whatsapp.net",
        "100000012345678@lid | 100000012345678@lid"
      })
  void recipientsAreUnderstoodInAllForms(String to, String chat) throws Exception {
    FakeAccounts.One one = server.connected("a");
    var answer =
        server.post("/accounts/a/message/send", "{\"to\":\"" + to + "\",\"message\":\"x\"}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(one.sent.getFirst().to().toString()).isEqualTo(chat);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"nonsense\"",
        "\"a@s.whatsapp.net\"",
        "\"123@evil\"",
        "\"@\"",
        "5",
        "true",
        "[\"49151\"]",
        "{\"a\":1}",
        "\"1\"",
        "\"49151@s.whatsapp.net@s.whatsapp.net\""
      })
  void garbageAsRecipientHasThePredecessorsText(String to) throws Exception {
    server.connected("a");
    is(
        server.post("/accounts/a/message/send", "{\"to\":" + to + ",\"message\":\"x\"}"),
        400,
        "{'ok':false,'error':'" + BAD_TO + "'}");
  }

  @Test
  void checksOfSendComeInThePredecessorsOrder() throws Exception {
    // nothing is connected: each request fails several checks, the first in order counts
    server.post("/accounts", "{\"id\":\"a\"}");
    server.post("/accounts/a/disconnect");
    String path = "/accounts/a/message/send";
    String required = "{'ok':false,'error':'to and message are required'}";
    is(server.post(path, "{}"), 400, required);
    is(server.post(path, ""), 400, required);
    is(server.post(path, "{\"to\":\"bad\"}"), 400, required);
    is(server.post(path, "{\"to\":\"\",\"message\":\"x\"}"), 400, required);
    is(server.post(path, "{\"to\":\"bad\",\"message\":\"\"}"), 400, required);
    is(
        server.post(path, "{\"to\":\"bad\",\"message\":5,\"mentions\":\"x\"}"),
        400,
        "{'ok':false,'error':'" + BAD_TO + "'}");
    String length =
        "{'ok':false,'error':'Message length invalid. Must be between 1 and 65536 characters'}";
    is(server.post(path, "{\"to\":\"" + ANN + "\",\"message\":5,\"mentions\":\"x\"}"), 400, length);
    is(
        server.post(path, "{\"to\":\"" + ANN + "\",\"message\":\"" + "x".repeat(65_537) + "\"}"),
        400,
        length);
    String mentions = "{'ok':false,'error':'Invalid JID format in mentions array'}";
    for (String bad : List.of("\"x\"", "[\"x\"]", "[5]", "{\"a\":1}", "true")) {
      is(
          server.post(path, "{\"to\":\"" + ANN + "\",\"message\":\"x\",\"mentions\":" + bad + "}"),
          400,
          mentions);
    }
    is(
        server.post(path, "{\"to\":\"" + ANN + "\",\"message\":\"x\",\"mentions\":[]}"),
        404,
        "{'ok':false,'error':'Account not found'}");
    server.post("/accounts/a/connect");
    is(
        server.post(path, "{\"to\":\"" + ANN + "\",\"message\":\"x\",\"mentions\":null}"),
        400,
        "{'ok':false,'error':'Account not connected','status':'connecting'}");
  }

  @Test
  void theLongestMessageIsSent() throws Exception {
    server.connected("a");
    String longest = "ü".repeat(65_536); // 131,072 bytes: more than the predecessor's 100 kB
    assertThat(
            server
                .post(
                    "/accounts/a/message/send",
                    "{\"to\":\"" + ANN + "\",\"message\":\"" + longest + "\"}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void sendFailures() throws Exception {
    FakeAccounts.One one = server.connected("a");
    String path = "/accounts/a/message/send";
    String body = "{\"to\":\"" + ANN + "\",\"message\":\"x\"}";
    one.failure = new Rejected(463, "");
    is(server.post(path, body), 500, "{'ok':false,'error':'WhatsApp refused it with code 463'}");
    one.failure = new OutcomeUnknown("timeout");
    is(
        server.post(path, body),
        500,
        "{'ok':false,'error':'WhatsApp did not confirm in time; the message is kept and sent again"
            + " with the same id'}");
    one.failure = new NotConnected("gone");
    is(
        server.post(path, body),
        400,
        "{'ok':false,'error':'Account not connected','status':'connected'}");
    one.failure = null;
    one.storeFailure = new StoreFailed.Unavailable("secret detail", new java.io.IOException());
    is(server.post(path, body), 500, "{'ok':false,'error':'the store is not available right now'}");
    is(
        server.post(path, "{\"to\":\"123456789@g.us\",\"message\":\"x\"}"),
        422,
        "{'ok':false,'error':'Sending to groups, channels and lists is not possible yet'}");
  }

  @Test
  void reply() throws Exception {
    FakeAccounts.One one = server.connected("a");
    one.receive(Events.message(ANN, "M1", "Question?", Origin.LIVE));
    String path = "/accounts/a/message/reply";
    String required = "{'ok':false,'error':'to, message, and quotedMessageId are required'}";
    is(server.post(path, "{\"to\":\"" + ANN + "\",\"message\":\"x\"}"), 400, required);
    is(
        server.post(
            path, "{\"to\":\"" + ANN + "\",\"message\":\"x\",\"quotedMessageId\":\"none\"}"),
        404,
        "{'ok':false,'error':'Quoted message not found'}");
    is(
        server.post(path, "{\"to\":\"" + ANN + "\",\"message\":\"x\",\"quotedMessageId\":7}"),
        400,
        "{'ok':false,'error':'quotedMessageId must be a string'}");
    is(
        server.post(
            path, "{\"to\":\"" + ANN + "\",\"message\":\"Answer\",\"quotedMessageId\":\"M1\"}"),
        200,
        "{'ok':true,'messageId':'3EB01','timestamp':1699099199}");
    assertThat(one.sent.getFirst().quoted().orElseThrow().text()).isEqualTo("Question?");
  }

  @Test
  void sendHonoursQuotedMessageIdToo() throws Exception {
    FakeAccounts.One one = server.connected("a");
    one.receive(Events.message(ANN, "M1", "Question?", Origin.LIVE));
    server.post(
        "/accounts/a/message/send",
        "{\"to\":\"" + ANN + "\",\"message\":\"x\",\"quotedMessageId\":\"M1\"}");
    assertThat(one.sent.getFirst().quoted()).isPresent();
  }

  @Test
  void aReceivedMessageIsTheDocumentOfThePredecessor() throws Exception {
    FakeAccounts.One one = server.connected("a");
    one.receive(Events.message(ANN, "M1", "Hello!", Origin.LIVE));
    is(
        server.get("/accounts/a/messages/M1"),
        200,
        """
        {'ok':true,'message':{'accountId':'a','messageId':'M1','chatId':'%1$s','from':'%1$s',
         'fromMe':false,'timestamp':1699099199,'type':'text','text':'Hello!','hasMedia':false,
         'quotedMessage':null,'mentions':[],'isForwarded':false,
         'rawMessage':{'key':{'remoteJid':'%1$s','fromMe':false,'id':'M1'},
           'messageTimestamp':1699099199,'pushName':'Ann','status':'RECEIVED',
           'message':{'conversation':'Hello!'}},
         'createdAt':'2026-11-04T09:49:25.526Z','updatedAt':'2026-11-04T09:49:25.526Z',
         'participant':null,'senderId':'%1$s','pushName':'Ann','status':'received'}}
        """
            .formatted(ANN));
    is(server.get("/accounts/a/messages/none"), 404, "{'ok':false,'error':'Message not found'}");
    is(server.get("/accounts/nobody/messages/M1"), 404, "{'ok':false,'error':'Account not found'}");
  }

  @Test
  void aSentMessageIsTheDocumentOfThePredecessor() throws Exception {
    FakeAccounts.One one = server.connected("a");
    one.receive(Events.message(ANN, "M1", "Question?", Origin.LIVE));
    server.post(
        "/accounts/a/message/reply",
        "{\"to\":\"" + ANN + "\",\"message\":\"Answer\",\"quotedMessageId\":\"M1\"}");
    is(
        server.get("/accounts/a/messages/3EB01"),
        200,
        """
        {'ok':true,'message':{'accountId':'a','messageId':'3EB01','chatId':'%1$s','from':'%1$s',
         'fromMe':true,'timestamp':1699099199,'type':'text','text':'Answer','caption':null,
         'hasMedia':false,'mediaUrl':null,'mediaType':null,'quotedMessage':'M1','mentions':[],
         'rawMessage':{'key':{'remoteJid':'%1$s','fromMe':true,'id':'3EB01'},
           'messageTimestamp':1699099199,'status':'SENT','message':{'conversation':'Answer'}},
         'createdAt':'2026-11-04T09:49:25.526Z','updatedAt':'2026-11-04T09:49:25.526Z',
         'participant':null,'senderId':'4915100000001@s.whatsapp.net','pushName':null,
         'status':'sent'}}
        """
            .formatted(ANN));
  }

  @Test
  void aReceivedQuoteIsAnObject() throws Exception {
    FakeAccounts.One one = server.connected("a");
    one.receive(
        Events.of(
            Events.message("123-456@g.us", "M1", "x", Origin.LIVE),
            "text",
            Optional.of(new ChatMessage.Quote(new MessageId("Q"), Jid.pn("49151"), "quoted", true)),
            List.of(Jid.pn("49152"))));
    JsonNode message = server.get("/accounts/a/messages/M1").json().get("message");
    assertThat(message.get("quotedMessage").toString())
        .isEqualTo(
            "{\"messageId\":\"Q\",\"participant\":\"49151@s.whatsapp.net\",\"text\":\"quoted\","
                + "\"hasMedia\":true}");
    assertThat(message.get("participant").textValue()).isEqualTo("4915100000009@s.whatsapp.net");
    assertThat(message.get("rawMessage").get("key").get("participant").textValue())
        .isEqualTo("4915100000009@s.whatsapp.net");
    assertThat(message.get("mentions").toString()).isEqualTo("[\"49152@s.whatsapp.net\"]");
  }

  @Test
  void allMessagesArePagedBySkip() throws Exception {
    FakeAccounts.One one = server.connected("a");
    FakeAccounts.One two = server.connected("b");
    for (int i = 0; i < 3; i++) {
      one.receive(at(Events.message(ANN, "A" + i, "x", Origin.LIVE), i));
    }
    two.receive(at(Events.message(ANN, "B", "x", Origin.LIVE), 9));
    JsonNode page = server.get("/messages?accountId=a&limit=2").json();
    assertThat(page.get("messages"))
        .extracting(m -> m.get("messageId").textValue())
        .containsExactly("A2", "A1");
    assertThat(page.get("messages").get(0).get("_id").textValue()).matches("[0-9a-f]{24}");
    assertThat(page.get("pagination").toString())
        .isEqualTo("{\"skip\":0,\"limit\":2,\"total\":3,\"hasMore\":true}");
    page = server.get("/messages?accountId=a&limit=2&skip=2").json();
    assertThat(page.get("messages")).hasSize(1);
    assertThat(page.get("pagination").toString())
        .isEqualTo("{\"skip\":2,\"limit\":2,\"total\":3,\"hasMore\":false}");
    assertThat(server.get("/messages").json().get("pagination").toString())
        .isEqualTo("{\"skip\":0,\"limit\":50,\"total\":4,\"hasMore\":false}");
    assertThat(server.get("/messages?limit=9999&skip=x").json().get("pagination").toString())
        .isEqualTo("{\"skip\":0,\"limit\":500,\"total\":4,\"hasMore\":false}");
    is(
        server.get("/messages?accountId=nobody"),
        200,
        "{'ok':true,'messages':[],'pagination':{'skip':0,'limit':50,'total':0,'hasMore':false}}");
    is(
        server.get("/messages?accountId=%24ne"),
        200,
        "{'ok':true,'messages':[],'pagination':{'skip':0,'limit':50,'total':0,'hasMore':false}}");
  }

  @Test
  void chatsAndTheirMessages() throws Exception {
    FakeAccounts.One one = server.connected("a");
    for (int i = 0; i < 4; i++) {
      one.receive(at(Events.message(ANN, "A" + i, "text " + i, Origin.LIVE), i));
    }
    one.receive(at(Events.message("777777@g.us", "G", "", Origin.OTHER_DEVICE), 2));
    is(
        server.get("/accounts/a/chats"),
        200,
        """
        {'ok':true,'chats':[
         {'chatId':'%s','messageCount':4,'lastMessage':{'messageId':'A3','text':'text 3',
          'type':'text','timestamp':1699099202,'fromMe':false}},
         {'chatId':'777777@g.us','messageCount':1,'lastMessage':{'messageId':'G','text':null,
          'type':'text','timestamp':1699099201,'fromMe':true}}]}
        """
            .formatted(ANN));
    String path = "/accounts/a/chats/" + ANN.replace("@", "%40") + "/messages";
    JsonNode page = server.get(path + "?limit=2&offset=1").json();
    assertThat(page.get("messages"))
        .extracting(m -> m.get("messageId").textValue())
        .containsExactly("A2", "A1");
    assertThat(page.get("messages").get(0).has("_id")).isFalse();
    assertThat(page.get("pagination").toString())
        .isEqualTo("{\"total\":4,\"limit\":2,\"offset\":1,\"hasMore\":true}");
    // exclusive on both sides
    page = server.get(path + "?before=1699099202&after=1699099199").json();
    assertThat(page.get("messages"))
        .extracting(m -> m.get("messageId").textValue())
        .containsExactly("A2", "A1");
    assertThat(page.get("pagination").get("total").intValue()).isEqualTo(2);
    assertThat(server.get(path.replace("%40", "@")).json().get("messages")).hasSize(4);
    is(
        server.get("/accounts/a/chats/nothing/messages"),
        200,
        "{'ok':true,'messages':[],'pagination':{'total':0,'limit':50,'offset':0,'hasMore':false}}");
    assertThat(server.get(path + "?limit=x").status()).isEqualTo(400);
    assertThat(server.get(path + "?before=yesterday").status()).isEqualTo(400);
    is(server.get("/accounts/nobody/chats"), 404, "{'ok':false,'error':'Account not found'}");
  }

  @Test
  void registerWebhook() throws Exception {
    is(
        server.post("/webhooks", "{\"url\":\"http://localhost:5678/hook?x=1\"}"),
        201,
        "{'ok':true,'url':'http://localhost:5678/hook?x=1','created':true}");
    is(
        server.post("/webhooks", "{\"url\":\"http://localhost:5678/hook?x=1\"}"),
        200,
        "{'ok':true,'url':'http://localhost:5678/hook?x=1','created':false}");
    String required = "{'ok':false,'error':'url is required and must be a string'}";
    for (String body :
        List.of("", "{}", "{\"url\":\"\"}", "{\"url\":5}", "{\"url\":[\"http://a\"]}")) {
      is(server.post("/webhooks", body), 400, required);
    }
    is(server.post("/webhooks", "{\"url\":\"foo\"}"), 400, "{'ok':false,'error':'invalid URL'}");
    is(
        server.post("/webhooks", "{\"url\":\"ftp://a/b\"}"),
        400,
        "{'ok':false,'error':'only http/https URLs are allowed'}");
  }

  private static ChatMessage at(ChatMessage message, int secondsLater) {
    return message.withTimestamp(message.timestamp().plusSeconds(secondsLater));
  }

  /// Compares as JSON with the order of fields; single quotes stand for double ones.
  private static void is(Answer answer, int status, String json) throws Exception {
    assertThat(answer.text()).isEqualTo(Json.shared().readTree(json.replace('\'', '"')).toString());
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
  }
}
