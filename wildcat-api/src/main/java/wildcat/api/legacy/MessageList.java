package wildcat.api.legacy;

import java.util.List;

/// Answer of `GET /messages`.
public record MessageList(boolean ok, List<MessageDocument> messages, Pagination pagination) {
  public MessageList {
    messages = List.copyOf(messages);
  }

  public record Pagination(int skip, int limit, long total, boolean hasMore) {}
}
