package wildcat.protocol.ratchet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;

/// All ratchet states with one device: the current one and up to 40 archived. Immutable.
///
/// (Signal calls this a session record; here a session is the connection to WhatsApp.)
public final class RatchetRecord {
  private final List<RatchetState> states; // the current one first, then the archived, newest first

  private RatchetRecord(List<RatchetState> states) {
    this.states = List.copyOf(states);
  }

  /// `current` before the states of `existing`; what exceeds the limits is dropped, oldest first.
  static RatchetRecord archiving(RatchetState current, Optional<RatchetRecord> existing) {
    var states = new ArrayList<RatchetState>();
    states.add(current);
    existing.ifPresent(record -> states.addAll(record.states));
    return bounded(states);
  }

  static RatchetRecord bounded(List<RatchetState> states) {
    int skipped = 0;
    int kept = 0;
    for (RatchetState state : states) {
      skipped += state.skipped();
      if (kept > Limits.ARCHIVED_STATES || (kept > 0 && skipped > Limits.SKIPPED_PER_RECORD)) {
        break;
      }
      kept++;
    }
    return new RatchetRecord(states.subList(0, kept));
  }

  /// Reads what [#encode] wrote.
  ///
  /// @throws UnreadableRecord it is damaged or of an unknown version; never treat it as absent
  public static RatchetRecord decode(Bytes encoded) throws UnreadableRecord {
    return RecordCodec.decode(encoded);
  }

  /// The stored form, versioned. It contains secrets.
  public Bytes encode() {
    return RecordCodec.encode(this);
  }

  /// The identity key of the other side in the current state.
  public PublicKey remoteIdentity() {
    return current().remoteIdentity();
  }

  /// The registration id of the other side in the current state; 0 when unknown.
  public int remoteRegistrationId() {
    return current().remoteRegistrationId();
  }

  /// Whether the other side has not answered yet, so that every message still carries the pre-key
  /// envelope.
  public boolean isUnacknowledged() {
    return current().unanswered().isPresent();
  }

  /// The base key of the current state, which tells one set-up from another (see retry receipts).
  public PublicKey baseKey() {
    return current().baseKey();
  }

  RatchetState current() {
    return states.getFirst();
  }

  /// Whether some state came from the set-up with this base key.
  boolean hasBaseKey(PublicKey baseKey) {
    return states.stream().anyMatch(state -> state.baseKey().equals(baseKey));
  }

  List<RatchetState> states() {
    return states;
  }

  /// With `next` in the place of the current state.
  RatchetRecord withCurrent(RatchetState next) {
    if (states.size() == 1) {
      return new RatchetRecord(List.of(next));
    }
    var changed = new ArrayList<>(states);
    changed.set(0, next);
    return bounded(changed);
  }

  /// With `next` as the current state in place of the one at `index`; the others move down.
  RatchetRecord promoting(int index, RatchetState next) {
    if (index == 0) {
      return withCurrent(next);
    }
    var changed = new ArrayList<>(states);
    changed.remove(index);
    changed.addFirst(next);
    return bounded(changed);
  }

  @Override
  public String toString() {
    return "ratchet record of " + states.size() + " states";
  }
}
