package wildcat.simulator.world;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import wildcat.protocol.jid.Jid;

/// All accounts. Guarded by the world's lock.
public final class Directory {
  private static final int PN_NUMBERS = 10_000_000;
  private static final long LID_NUMBERS = 100_000_000_000L;

  private final World world;
  private final Map<String, Account> byPn = new LinkedHashMap<>();
  private final Map<String, Account> byLid = new HashMap<>();
  private final Map<String, Account> byPushName = new HashMap<>();

  Directory(World world) {
    this.world = world;
  }

  /// A new account. Its numbers follow from the push name.
  ///
  /// @param primary its phone
  /// @throws IllegalArgumentException the push name is taken
  public Account create(String pushName, Primary primary) {
    if (byPushName.containsKey(pushName)) {
      throw new IllegalArgumentException("an account has that push name already");
    }
    long hash = LockedRandom.hash(0, pushName) >>> 1;
    long pnNumber = hash % PN_NUMBERS;
    while (byPn.containsKey(pnUser(pnNumber))) {
      pnNumber = (pnNumber + 1) % PN_NUMBERS;
    }
    long lidNumber = hash % LID_NUMBERS;
    while (byLid.containsKey(lidUser(lidNumber))) {
      lidNumber = (lidNumber + 1) % LID_NUMBERS;
    }
    var identity =
        new Account.Identity(Jid.pn(pnUser(pnNumber)), Jid.lid(lidUser(lidNumber)), pushName);
    var account = new Account(world, identity, primary);
    byPn.put(account.pn().user(), account);
    byLid.put(account.lid().user(), account);
    byPushName.put(pushName, account);
    return account;
  }

  private static String pnUser(long number) {
    return "1555%07d".formatted(number);
  }

  private static String lidUser(long number) {
    return "1000%011d".formatted(number);
  }

  /// In order of creation.
  public List<Account> accounts() {
    return List.copyOf(byPn.values());
  }

  /// By the push name it was created with.
  public Optional<Account> account(String pushName) {
    return Optional.ofNullable(byPushName.get(pushName));
  }

  /// Whose pn or lid it is, with or without a device.
  public Optional<Account> account(Jid jid) {
    if (jid.isLid()) {
      return Optional.ofNullable(byLid.get(jid.user()));
    }
    return jid.isPn() || jid.server().equals(Jid.LEGACY_USER_SERVER)
        ? Optional.ofNullable(byPn.get(jid.user()))
        : Optional.empty();
  }

  public Optional<Device> device(Jid jid) {
    return account(jid).flatMap(a -> a.device(jid.device()));
  }

  /// Also a device that was removed, for its ledger.
  public Optional<Device> everDevice(Jid jid) {
    return account(jid).flatMap(a -> a.everDevice(jid.device()));
  }
}
