package wildcat.api.legacy;

/// An answer that is only a text.
public record Told(boolean ok, String message) {}
