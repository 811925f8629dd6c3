package wildcat.simulator.fault;

/// A fault: let `skip` matching stanzas pass, then do `action` to the next `count`, then nothing more.
///
/// Rules are asked in the order they were armed, and the first that matches counts.
///
/// @param skip 0 or more
/// @param count 1 or more
public record Rule(Match match, Action action, int skip, int count) {
  public Rule {
    if (skip < 0 || count < 1) {
      throw new IllegalArgumentException("skip " + skip + ", count " + count);
    }
  }

  /// The next matching stanza only.
  public static Rule once(Match match, Action action) {
    return new Rule(match, action, 0, 1);
  }

  public Rule times(int other) {
    return new Rule(match, action, skip, other);
  }

  public Rule after(int other) {
    return new Rule(match, action, other, count);
  }
}
