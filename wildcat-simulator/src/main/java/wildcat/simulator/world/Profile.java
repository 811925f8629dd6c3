package wildcat.simulator.world;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import wildcat.protocol.bytes.Bytes;

/// What an account shows of itself, and whom it has blocked. Guarded by the world's lock.
public final class Profile {
  private final TreeMap<String, String> privacy = new TreeMap<>();
  private final Set<Account> blocked = new LinkedHashSet<>();
  private String about = "";
  private long aboutAt;
  private @Nullable Picture picture;
  private @Nullable Business business;

  Profile() {
    for (String category :
        List.of(
            "last",
            "profile",
            "status",
            "online",
            "readreceipts",
            "groupadd",
            "calladd",
            "messages")) {
      privacy.put(category, "all");
    }
  }

  /// @param id changes with the picture
  public record Picture(String id, Bytes jpeg) {}

  /// What a business says of itself.
  ///
  /// @param name as certified
  public record Business(String name, String description, String email, String website) {}

  /// "" at first.
  public String about() {
    return about;
  }

  /// Unix seconds; 0 at first.
  public long aboutAt() {
    return aboutAt;
  }

  public void about(String text, long at) {
    about = text;
    aboutAt = at;
  }

  public Optional<Picture> picture() {
    return Optional.ofNullable(picture);
  }

  public void picture(Optional<Picture> next) {
    picture = next.orElse(null);
  }

  public Optional<Business> business() {
    return Optional.ofNullable(business);
  }

  public void business(Business next) {
    business = next;
  }

  /// Value by category.
  public Map<String, String> privacy() {
    return new TreeMap<>(privacy);
  }

  /// @return false when there is no such category
  public boolean privacy(String category, String value) {
    return privacy.replace(category, value) != null;
  }

  public List<Account> blocked() {
    return List.copyOf(blocked);
  }

  public boolean hasBlocked(Account other) {
    return blocked.contains(other);
  }

  public void block(Account other, boolean block) {
    if (block) {
      blocked.add(other);
    } else {
      blocked.remove(other);
    }
  }
}
