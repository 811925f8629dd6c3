package wildcat.simulator.world;

import java.util.Map;

/// What went on, counted. A consistent copy at one moment.
///
/// @param unknownStanzas stanzas the simulator had no answer for, by name (`iq set w:g2 create`); a test
///     expects none
/// @param violations what clients did against the protocol, by name; a test expects none
/// @param decodeErrors frames that did not decrypt or parse
/// @param connections accepted so far
/// @param openConnections open now
/// @param logins answered with success
/// @param messages accepted from clients and phones
public record Counters(
    Map<String, Long> unknownStanzas,
    Map<String, Long> violations,
    long decodeErrors,
    long connections,
    long openConnections,
    long logins,
    long messages) {
  public Counters {
    unknownStanzas = Map.copyOf(unknownStanzas);
    violations = Map.copyOf(violations);
  }
}
