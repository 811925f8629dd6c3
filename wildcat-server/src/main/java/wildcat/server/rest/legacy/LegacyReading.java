package wildcat.server.rest.legacy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import wildcat.api.legacy.ChatList;
import wildcat.api.legacy.ChatMessages;
import wildcat.api.legacy.MessageAnswer;
import wildcat.api.legacy.MessageList;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.MessageId;
import wildcat.client.store.MessageArchive;
import wildcat.client.store.MessageArchive.ArchivedMessage;
import wildcat.client.store.MessageArchive.ChatSummary;
import wildcat.client.store.MessageArchive.MessageQuery;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.jid.Jid;
import wildcat.server.account.AccountDirectory;
import wildcat.server.command.Recipient;
import wildcat.server.key.Scope;
import wildcat.server.rest.http.Call;
import wildcat.server.rest.http.Doc;
import wildcat.server.rest.http.HttpFault;
import wildcat.server.rest.http.Route;

/// Stored messages and chats as the predecessor showed them, newest first.
public final class LegacyReading {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;
  private static final int MAX_IN_CHAT = 1_000;
  private static final int MAX_OFFSET = 10_000_000;
  private static final long MAX_SECONDS = 100_000_000_000L;

  private final MessageArchive archive;
  private final AccountDirectory accounts;

  public LegacyReading(MessageArchive archive, AccountDirectory accounts) {
    this.archive = archive;
    this.accounts = accounts;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/messages", Scope.READ, this::all)
            .says(
                Doc.of("Messages of all accounts")
                    .query("accountId", "Only of this account")
                    .query("limit", "At most so many, 50 unless given, up to 500")
                    .query("skip", "Leave out so many")
                    .answers(200, MessageList.class)),
        Route.get("/accounts/{id}/messages/{message}", Scope.READ, this::one)
            .says(Doc.of("Get a message").answers(200, MessageAnswer.class)),
        Route.get("/accounts/{id}/chats", Scope.READ, this::chats)
            .says(
                Doc.of("List chats")
                    .number("limit", MAX_IN_CHAT, 1, MAX_IN_CHAT, "At most so many")
                    .number("offset", 0, 0, MAX_OFFSET, "Leave out so many")
                    .answers(200, ChatList.class)),
        Route.get("/accounts/{id}/chats/{chat}/messages", Scope.READ, this::inChat)
            .says(
                Doc.of("Messages of a chat")
                    .number(
                        "limit",
                        DEFAULT_LIMIT,
                        0,
                        Integer.MAX_VALUE,
                        "At most so many, up to " + MAX_IN_CHAT)
                    .number("offset", 0, 0, MAX_OFFSET, "Leave out so many")
                    .number("before", MAX_SECONDS, 0, MAX_SECONDS, "Unix seconds, exclusive")
                    .number("after", 0, 0, MAX_SECONDS, "Unix seconds, exclusive")
                    .answers(200, ChatMessages.class)));
  }

  private void all(Call call) throws HttpFault, StoreFailed {
    int limit = Math.min(lenient(call, "limit", DEFAULT_LIMIT), MAX_LIMIT);
    int skip =
        Math.min(lenient(call, call.query("skip").isPresent() ? "skip" : "offset", 0), MAX_OFFSET);
    MessageQuery query = MessageQuery.all(limit, skip);
    Optional<String> wanted = call.query("accountId");
    if (wanted.isPresent()) {
      Optional<AccountId> account = AccountId.parse(wanted.get());
      mayRead(call, account);
      if (account.isEmpty()) {
        call.json(
            200,
            new MessageList(true, List.of(), new MessageList.Pagination(skip, limit, 0, false)));
        return;
      }
      query = query.of(account.get());
    } else {
      mayRead(call, Optional.empty());
    }
    List<ArchivedMessage> found = archive.find(query);
    long total = archive.count(query);
    call.json(
        200,
        new MessageList(
            true,
            found.stream().map(message -> LegacyDocuments.of(message, true)).toList(),
            new MessageList.Pagination(skip, limit, total, skip + found.size() < total)));
  }

  private static void mayRead(Call call, Optional<AccountId> account) throws HttpFault {
    if (!call.caller().mayTouchAll() && account.filter(call.caller()::mayTouch).isEmpty()) {
      throw HttpFault.forbidden("this key is limited to some accounts; name one as accountId");
    }
  }

  /// As the predecessor read numbers: what is none counts as absent.
  private static int lenient(Call call, String name, int fallback) {
    return call.query(name)
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(Integer::parseInt)
        .filter(number -> number > 0)
        .orElse(fallback);
  }

  private void one(Call call) throws HttpFault, StoreFailed {
    AccountId account = LegacyAccounts.account(call, accounts).id();
    String id = call.path("message");
    Optional<ArchivedMessage> found =
        id.isEmpty() || id.length() > MessageId.MAX_CHARACTERS
            ? Optional.empty()
            : archive.byId(account, new MessageId(id));
    call.json(
        200,
        new MessageAnswer(
            true,
            LegacyDocuments.of(
                found.orElseThrow(() -> LegacyFault.of(404, "Message not found")), false)));
  }

  private void chats(Call call) throws HttpFault, StoreFailed {
    AccountId account = LegacyAccounts.account(call, accounts).id();
    int limit = (int) call.query("limit", MAX_IN_CHAT, 1, MAX_IN_CHAT);
    int offset = (int) call.query("offset", 0, 0, MAX_OFFSET);
    call.json(
        200,
        new ChatList(
            true,
            archive.chats(account, limit, offset).stream().map(LegacyReading::chat).toList()));
  }

  private static ChatList.Chat chat(ChatSummary summary) {
    ChatMessage last = summary.lastMessage().message();
    return new ChatList.Chat(
        summary.chat().toString(),
        summary.messageCount(),
        new ChatList.LastMessage(
            last.id().value(),
            LegacyDocuments.text(last),
            last.type(),
            last.timestamp().getEpochSecond(),
            last.fromMe()));
  }

  private void inChat(Call call) throws HttpFault, StoreFailed {
    AccountId account = LegacyAccounts.account(call, accounts).id();
    int limit =
        Math.min((int) call.query("limit", DEFAULT_LIMIT, 0, Integer.MAX_VALUE), MAX_IN_CHAT);
    int offset =
        (int) call.query(call.query("offset").isPresent() ? "offset" : "skip", 0, 0, MAX_OFFSET);
    Optional<Instant> before = seconds(call, "before");
    Optional<Instant> after = seconds(call, "after");
    String text = call.path("chat");
    Optional<Jid> chat = Recipient.parse(text).or(() -> Jid.parse(text));
    List<ArchivedMessage> found = List.of();
    long total = 0;
    if (chat.isPresent()) {
      MessageQuery query =
          MessageQuery.all(limit, offset).of(account).in(chat.get()).between(before, after);
      found = limit == 0 ? List.of() : archive.find(query);
      total = archive.count(query);
    }
    call.json(
        200,
        new ChatMessages(
            true,
            found.stream().map(message -> LegacyDocuments.of(message, false)).toList(),
            new ChatMessages.Pagination(total, limit, offset, total > offset + found.size())));
  }

  private static Optional<Instant> seconds(Call call, String name) throws HttpFault {
    return call.query(name).isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(call.query(name, 0, 0, MAX_SECONDS)));
  }
}
