package wildcat.client.store.memory;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import wildcat.client.event.AccountId;
import wildcat.client.event.ChatMessage;
import wildcat.client.event.ChatSettings;
import wildcat.client.event.Contact;
import wildcat.client.event.MessageId;
import wildcat.client.event.Receipt;
import wildcat.client.store.AccountStore;
import wildcat.client.store.Credentials;
import wildcat.client.store.DeviceList;
import wildcat.client.store.MessageArchive.ArchivedMessage;
import wildcat.client.store.RecordedEvent;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.UnitOfWork;
import wildcat.client.store.memory.AccountTables.Ciphertext;
import wildcat.client.store.memory.AccountTables.StoredChat;
import wildcat.client.store.memory.AccountTables.StoredPreKey;
import wildcat.client.store.memory.Faults.Table;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.curve.PublicKey;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.protocol.ratchet.RatchetRecord;

/// One account as its owner sees it.
final class MemoryAccount implements AccountStore {
  private final InMemoryStore store;
  private final AccountId account;
  private final long epoch;

  MemoryAccount(InMemoryStore store, AccountId account, long epoch) {
    this.store = store;
    this.account = account;
    this.epoch = epoch;
  }

  @Override
  public AccountId account() {
    return account;
  }

  @Override
  public Optional<Credentials> credentials() throws StoreFailed {
    return read(
        Table.CREDENTIALS,
        tables -> Optional.ofNullable(tables.credentials.get(AccountTables.ROW)));
  }

  @Override
  public Optional<RatchetRecord> ratchet(RatchetAddress address) throws StoreFailed {
    return read(Table.RATCHETS, tables -> Optional.ofNullable(tables.ratchets.get(address)));
  }

  @Override
  public Optional<PublicKey> identity(RatchetAddress address) throws StoreFailed {
    return read(Table.IDENTITIES, tables -> Optional.ofNullable(tables.identities.get(address)));
  }

  @Override
  public Optional<PreKey> preKey(int id) throws StoreFailed {
    return read(
        Table.PRE_KEYS,
        tables -> Optional.ofNullable(tables.preKeys.get(id)).map(StoredPreKey::key));
  }

  @Override
  public PreKeyStock preKeyStock() throws StoreFailed {
    return read(
        Table.PRE_KEYS,
        tables ->
            new PreKeyStock(
                tables.nextPreKey.getOrDefault(AccountTables.ROW, 1),
                (int) tables.preKeys.values().stream().filter(StoredPreKey::uploaded).count()));
  }

  @Override
  public List<PreKey> preKeysToUpload(int limit) throws StoreFailed {
    return read(
        Table.PRE_KEYS,
        tables ->
            tables.preKeys.values().stream()
                .filter(stored -> !stored.uploaded())
                .map(StoredPreKey::key)
                .limit(limit)
                .toList());
  }

  @Override
  public Optional<Jid> lidOf(Jid pn) throws StoreFailed {
    return read(Table.LIDS, tables -> Optional.ofNullable(tables.lidByPn.get(pn)));
  }

  @Override
  public Optional<Jid> pnOf(Jid lid) throws StoreFailed {
    return read(Table.LIDS, tables -> Optional.ofNullable(tables.pnByLid.get(lid)));
  }

  @Override
  public Optional<DeviceList> devices(Jid user) throws StoreFailed {
    return read(Table.DEVICES, tables -> Optional.ofNullable(tables.devices.get(user)));
  }

  @Override
  public Optional<ChatMessage> message(Jid chat, MessageId id) throws StoreFailed {
    return read(Table.MESSAGES, _ -> store.messages().message(account, chat, id));
  }

  @Override
  public Optional<Receipt> receipt(Jid chat, MessageId id, Jid person) throws StoreFailed {
    return read(Table.MESSAGES, _ -> store.messages().receipt(account, chat, id, person));
  }

  @Override
  public ChatSettings chatSettings(Jid chat) throws StoreFailed {
    return read(
        Table.MESSAGES, tables -> tables.chats.getOrDefault(chat, StoredChat.NEW).settings());
  }

  @Override
  public Optional<Contact> contact(Jid person) throws StoreFailed {
    return read(Table.MESSAGES, tables -> Optional.ofNullable(tables.contacts.get(person)));
  }

  @Override
  public List<ChatMessage> unread(Jid chat, int limit) throws StoreFailed {
    return read(
        Table.MESSAGES,
        tables -> {
          StoredChat read = tables.chats.getOrDefault(chat, StoredChat.NEW);
          return store
              .messages()
              .unread(account, chat, read.readMillis(), read.readRow())
              .limit(limit)
              .map(ArchivedMessage::message)
              .toList();
        });
  }

  @Override
  public boolean knowsCiphertext(Jid sender, MessageId id, Bytes sha256) throws StoreFailed {
    return read(
        Table.CIPHERTEXTS,
        tables -> tables.ciphertexts.containsKey(new Ciphertext(sender, id, sha256)));
  }

  @Override
  public List<ChatMessage> unacknowledged(int limit) throws StoreFailed {
    return read(Table.MESSAGES, _ -> store.messages().unacknowledged(account, limit));
  }

  @Override
  public List<RecordedEvent> commit(UnitOfWork work) throws StoreFailed, InterruptedException {
    return store.commit(account, epoch, work);
  }

  private <T> T read(Table table, Function<AccountTables, T> question) throws StoreFailed {
    return store.read(account, table, question);
  }
}
