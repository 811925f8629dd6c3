package wildcat.client.store;

/// Stands for the state that a step was computed from. Another object takes its place when a unit that was
/// only on its way fails: whoever has read what that unit was to write must not write any more.
/// Compared by identity.
public final class Footing {
  /// Of a store whose units are on disk as soon as they are handed over.
  static final Footing FIRM = new Footing();
}
