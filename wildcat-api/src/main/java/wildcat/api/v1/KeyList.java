package wildcat.api.v1;

import java.util.List;

/// All API keys.
public record KeyList(boolean ok, List<KeyView> keys) {
  public KeyList {
    keys = List.copyOf(keys);
  }
}
