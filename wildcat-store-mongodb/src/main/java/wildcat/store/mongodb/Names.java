package wildcat.store.mongodb;

import wildcat.client.event.AccountId;

/// The collections. `accounts`, `auth_…`, `messages` and `webhooks` have the names Wildcat 2 gave them.
final class Names {
  /// The head, the check of the master key, and what is being erased.
  static final String META = "meta";

  /// Parts of a batch that is too large for the head.
  static final String JOURNAL = "journal";

  /// One document per account: epoch, wrapped data key, next pre-key.
  static final String OWNERS = "owners";

  static final String MESSAGES = "messages";

  /// One document per message of ours and person.
  static final String RECEIPTS = "receipts";

  static final String CIPHERTEXTS = "ciphertexts";
  static final String QUARANTINE = "quarantine";
  static final String EVENTS = "events";
  static final String OUTBOX = "outbox";
  static final String LANES = "lanes";
  static final String DEAD_LETTERS = "dead_letters";

  /// Those of an application's records that have no collection of their own.
  static final String RECORDS = "records";

  private Names() {}

  /// Keys of an account and what it knows of others.
  static String auth(AccountId account) {
    return "auth_" + account;
  }
}
