package wildcat.client.store.seal;

import wildcat.client.event.AccountId;
import wildcat.client.store.Credentials;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.codec.CredentialsCodec;
import wildcat.client.store.codec.PreKeyCodec;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;
import wildcat.protocol.ratchet.UnreadableRecord;

/// Turns the secrets of one account into sealed rows and back, under the account's data key.
public final class AccountSeal {
  private static final String CREDENTIALS = "credentials";
  private static final String RATCHETS = "ratchets";
  private static final String IDENTITIES = "identities";
  private static final String PRE_KEYS = "pre_keys";

  private final Seal seal;
  private final String account;
  private final SealKey key;

  public AccountSeal(Seal seal, AccountId account, SealKey key) {
    this.seal = seal;
    this.account = account.value();
    this.key = key;
  }

  /// The row that holds an account's data key itself, sealed with the master key.
  public static RowName dataKeyRow(AccountId account) {
    return RowName.of(account.value(), "accounts", "data_key");
  }

  public byte[] sealed(Credentials credentials) {
    return seal(row(CREDENTIALS, ""), CredentialsCodec.encode(credentials));
  }

  public Credentials credentials(byte[] sealed) throws StoreFailed.Unreadable {
    return CredentialsCodec.decode(open(row(CREDENTIALS, ""), sealed));
  }

  public byte[] sealed(RatchetAddress address, RatchetRecord record) {
    return seal(row(RATCHETS, address.key()), record.encode());
  }

  public RatchetRecord ratchet(RatchetAddress address, byte[] sealed)
      throws StoreFailed.Unreadable {
    RowName row = row(RATCHETS, address.key());
    try {
      return RatchetRecord.decode(open(row, sealed));
    } catch (UnreadableRecord e) {
      throw new StoreFailed.Unreadable(row + " is damaged", e);
    }
  }

  public byte[] sealed(RatchetAddress address, PublicKey identity) {
    return seal(row(IDENTITIES, address.key()), identity.bytes());
  }

  public PublicKey identity(RatchetAddress address, byte[] sealed) throws StoreFailed.Unreadable {
    RowName row = row(IDENTITIES, address.key());
    Bytes key = open(row, sealed);
    if (key.length() != PublicKey.SIZE_BYTES) {
      throw new StoreFailed.Unreadable(row + " holds a key of " + key.length() + " B");
    }
    return new PublicKey(key);
  }

  public byte[] sealed(PreKey preKey) {
    return seal(row(PRE_KEYS, Integer.toString(preKey.id())), PreKeyCodec.encode(preKey));
  }

  public PreKey preKey(int id, byte[] sealed) throws StoreFailed.Unreadable {
    return PreKeyCodec.decode(id, open(row(PRE_KEYS, Integer.toString(id)), sealed));
  }

  private RowName row(String table, String rowKey) {
    return RowName.of(account, table, rowKey);
  }

  private byte[] seal(RowName row, Bytes plain) {
    return seal.seal(key, row, plain.toArray());
  }

  private Bytes open(RowName row, byte[] sealed) throws StoreFailed.Unreadable {
    return Bytes.wrap(seal.open(key, row, sealed));
  }
}
