package wildcat.simulator.phone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.pairing.LinkCode;
import wildcat.protocol.pairing.MalformedPairing;
import wildcat.protocol.ratchet.Ratchet;
import wildcat.simulator.depot.Depot;
import wildcat.simulator.world.Account;
import wildcat.simulator.world.Waiting;
import wildcat.simulator.world.World;

/// All phones. Any thread may call.
public final class Phones {
  private static final String ANONYMOUS = "Phone ";

  private final World world;
  private final Handset.Shared shared;
  private final Map<Account, VirtualPhone> byAccount = new HashMap<>();

  /// @param executor runs the phones' work
  public Phones(World world, Uplink uplink, Depot depot, Executor executor) {
    this.world = world;
    shared =
        new Handset.Shared(
            world, uplink, depot, new Ratchet(world.curve(), world.chance().shared()), executor);
  }

  /// The phone of the account with that push name, created if there is none.
  public VirtualPhone named(String pushName) {
    try (var _ = world.locked()) {
      return world.directory().account(pushName).map(this::of).orElseGet(() -> create(pushName));
    }
  }

  private VirtualPhone of(Account account) {
    VirtualPhone phone = byAccount.get(account);
    if (phone == null) {
      throw new IllegalStateException("an account without a phone");
    }
    return phone;
  }

  private VirtualPhone create(String pushName) {
    RandomGenerator random = world.chance().of(pushName);
    var keys = new PhoneKeys(world.curve(), random, world.clock());
    Account account = world.directory().create(pushName, keys);
    var handset = new Handset(shared, account, keys, random);
    var phone = new VirtualPhone(shared, account, keys, handset);
    byAccount.put(account, phone);
    handset.goOnline();
    return phone;
  }

  /// In order of creation.
  public List<VirtualPhone> all() {
    try (var _ = world.locked()) {
      var phones = new ArrayList<VirtualPhone>();
      world.directory().accounts().forEach(account -> phones.add(of(account)));
      return phones;
    }
  }

  /// By pn or lid.
  public Optional<VirtualPhone> find(Jid user) {
    try (var _ = world.locked()) {
      return world.directory().account(user).map(this::of);
    }
  }

  /// Lets the phone scan that the client asks for: the one of the push name in its client payload, or a
  /// new one.
  public LinkedDevice scan(String qrText) throws ScanRefused {
    LinkCode code = read(qrText);
    VirtualPhone phone;
    try (var _ = world.locked()) {
      String wanted = find(world, code).registration().pushName();
      phone = named(wanted.isBlank() ? freshName() : wanted);
    }
    return phone.scan(qrText);
  }

  private String freshName() {
    int number = byAccount.size() + 1;
    while (world.directory().account(ANONYMOUS + number).isPresent()) {
      number++;
    }
    return ANONYMOUS + number;
  }

  static LinkCode read(String qrText) throws ScanRefused {
    try {
      return LinkCode.parse(qrText);
    } catch (MalformedPairing e) {
      throw new ScanRefused(ScanRefused.Reason.MALFORMED, "not a code for linking");
    }
  }

  /// The client that shows the code. Under the world's lock.
  static Waiting find(World world, LinkCode code) throws ScanRefused {
    Optional<Waiting> waiting = world.lobby().find(code.ref());
    if (waiting.isEmpty()) {
      throw new ScanRefused(
          ScanRefused.Reason.UNKNOWN_REF, "no client waits under the code's reference");
    }
    Waiting.Registration registration = waiting.get().registration();
    if (!registration.noiseKey().equals(code.noiseKey())
        || !registration.identity().equals(code.identityKey())) {
      throw new ScanRefused(
          ScanRefused.Reason.KEY_MISMATCH, "the code's keys are not those of the client");
    }
    return waiting.get();
  }
}
