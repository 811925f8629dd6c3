package wildcat.api.v1;

/// Up or down.
public record Health(boolean ok, String status) {}
