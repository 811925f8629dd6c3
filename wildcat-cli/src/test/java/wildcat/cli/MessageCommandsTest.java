package wildcat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageCommandsTest {
  private static final String STORED =
      """
      {"ok":true,"messages":[\
      {"_id":"1","accountId":"shop","messageId":"3EB0A1","chatId":"4915112345678@s.whatsapp.net",\
      "from":"4915112345678@s.whatsapp.net","fromMe":false,"timestamp":1699099199,"type":"text","text":"Hello!\\nyou"},\
      {"_id":"2","accountId":"shop","messageId":"3EB0A2","chatId":"4915112345678@s.whatsapp.net",\
      "from":"4915112345678@s.whatsapp.net","fromMe":true,"timestamp":{"low":1699099200,"high":0,"unsigned":true},\
      "type":"image","text":null,"caption":"look"}],\
      "pagination":{"skip":0,"limit":50,"total":2,"hasMore":false}}\
      """;

  @TempDir Path home;
  private StubServer server;
  private CommandLineFixture cli;

  @BeforeEach
  void start() throws IOException {
    server = new StubServer();
    cli = new CommandLineFixture(home).with("WILDCAT_URL", server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sendPostsToAndMessage() {
    server.on(
        "POST /accounts/shop/message/send",
        200,
        "{\"ok\":true,\"messageId\":\"3EB0\",\"timestamp\":1699099199}");
    assertThat(
            cli.run(
                "message",
                "send",
                "shop",
                "4915112345678",
                "@Ann: \"hi\" -n",
                "--mention",
                "1@lid"))
        .isZero();
    assertThat(server.only().body())
        .isEqualTo(
            "{\"to\":\"4915112345678\",\"message\":\"@Ann: \\\"hi\\\" -n\",\"mentions\":[\"1@lid\"]}");
    assertThat(cli.out()).isEqualTo("sent 3EB0 to 4915112345678\n");
  }

  @Test
  void theSameTokenIsTheSameIdempotencyKey() {
    server.on("POST /accounts/shop/message/send", 200, "{\"ok\":true,\"messageId\":\"3EB0\"}");
    cli.run("message", "send", "shop", "49", "hi", "--once", "order-17");
    cli.run("message", "send", "shop", "49", "hi");
    cli.run("message", "send", "shop", "49", "hi");
    var keys =
        server.asked().stream()
            .map(asked -> asked.header("Idempotency-key").orElseThrow())
            .toList();
    assertThat(keys.getFirst()).isEqualTo("order-17");
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void replyNamesTheQuotedMessage() {
    server.on("POST /accounts/shop/message/reply", 200, "{\"ok\":true,\"messageId\":\"3EB1\"}");
    assertThat(cli.run("message", "reply", "shop", "49@s.whatsapp.net", "3EB0", "yes", "--json"))
        .isZero();
    assertThat(server.only().body())
        .isEqualTo(
            "{\"to\":\"49@s.whatsapp.net\",\"message\":\"yes\",\"quotedMessageId\":\"3EB0\"}");
    assertThat(cli.out()).isEqualTo("{\n  \"ok\": true,\n  \"messageId\": \"3EB1\"\n}\n");
  }

  @Test
  void anAccountThatIsNotConnectedIsARefusal() {
    server.on(
        "POST /accounts/shop/message/send",
        400,
        "{\"ok\":false,\"error\":\"Account not connected\",\"status\":\"connecting\"}");
    assertThat(cli.run("message", "send", "shop", "49", "hi")).isEqualTo(1);
    assertThat(cli.err()).contains("Account not connected");
  }

  @Test
  void messagesAreATableOnATerminal() {
    server.on("GET /messages?accountId=shop&limit=2", 200, STORED);
    assertThat(cli.run("messages", "shop", "--limit", "2")).isZero();
    assertThat(cli.out().lines().toList())
        .satisfiesExactly(
            heading -> assertThat(heading).startsWith("TIME"),
            first ->
                assertThat(first)
                    .contains("shop     <-  4915112345678@s.whatsapp.net  3EB0A1  Hello! you"),
            second -> assertThat(second).contains("->", "[image] look"));
  }

  @Test
  void messagesIntoAPipeAreThePredecessorsDocuments() {
    server.on("GET /messages?limit=50", 200, STORED);
    assertThat(cli.piped().run("messages")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            {
              "accountId": "shop",
              "from": "4915112345678@s.whatsapp.net",
              "message": "Hello!\\nyou",
              "timestamp": 1699099199
            }
            {
              "accountId": "shop",
              "from": "4915112345678@s.whatsapp.net",
              "message": null,
              "timestamp": 1699099200
            }
            """);
  }

  @Test
  void messagesWithJsonIsTheWholeAnswer() {
    server.on("GET /messages?limit=50", 200, STORED);
    cli.piped().run("messages", "--json");
    assertThat(cli.out()).contains("\"pagination\": {");
  }

  @Test
  void messagesOfAChatNeedTheAccount() {
    assertThat(cli.run("messages", "--chat", "1@g.us")).isEqualTo(2);
    server.on("GET /accounts/shop/chats/1%40g.us/messages?limit=50", 200, STORED);
    assertThat(cli.run("messages", "shop", "--chat", "1@g.us")).isZero();
  }

  @Test
  void limitOutOfRangeIsWrongUsageAndAsksNothing() {
    assertThat(cli.run("messages", "--limit", "501")).isEqualTo(2);
    assertThat(cli.run("messages", "--limit", "0")).isEqualTo(2);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void chatsShowTheirLastMessage() {
    server.on(
        "GET /accounts/shop/chats",
        200,
        "{\"ok\":true,\"chats\":[{\"chatId\":\"1@g.us\",\"messageCount\":7,\"lastMessage\":{\"messageId\":\"A\","
            + "\"text\":\"bye\",\"type\":\"text\",\"timestamp\":1699099199,\"fromMe\":true}}]}");
    assertThat(cli.run("chat", "list", "shop")).isZero();
    assertThat(cli.out()).containsPattern("1@g.us  7         20\\d\\d-11-0\\d .*  ->  bye");
  }
}
