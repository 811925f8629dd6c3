package wildcat.bench;

import java.util.List;

/// How much is measured.
///
/// @param warmUp messages before the first round of a kind
/// @param messages of one round
/// @param rounds of a kind
/// @param accounts connected accounts at which Wildcat's memory is taken, rising
/// @param baileysAccounts the same for Baileys
/// @param storedAccounts how many accounts there are at the second measurement of the start; one of `accounts`
/// @param starts of the server, of each kind
record Plan(
    int warmUp,
    int messages,
    int rounds,
    List<Integer> accounts,
    List<Integer> baileysAccounts,
    int storedAccounts,
    int starts) {

  Plan {
    accounts = List.copyOf(accounts);
    baileysAccounts = List.copyOf(baileysAccounts);
  }

  static Plan full() {
    return new Plan(500, 2_000, 5, List.of(10, 100, 1_000), List.of(10, 100), 100, 5);
  }

  /// Until nothing is left to be compiled.
  static Plan longer() {
    return new Plan(20_000, 5_000, 5, List.of(10, 100, 1_000), List.of(10, 100), 100, 5);
  }

  /// Shows that everything runs; its figures mean nothing.
  static Plan smoke() {
    return new Plan(10, 50, 1, List.of(2, 4), List.of(2, 4), 2, 1);
  }
}
