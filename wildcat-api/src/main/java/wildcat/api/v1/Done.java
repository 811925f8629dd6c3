package wildcat.api.v1;

/// It was done, and there is nothing to tell.
public record Done(boolean ok) {
  public static final Done DONE = new Done(true);
}
