package wildcat.client.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import wildcat.client.event.AccountId;
import wildcat.client.event.Contact;
import wildcat.client.event.MessageId;
import wildcat.client.store.Change;
import wildcat.client.store.Credentials;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.memory.AccountTables.Ciphertext;
import wildcat.client.store.memory.AccountTables.Quarantined;
import wildcat.client.store.memory.AccountTables.StoredChat;
import wildcat.client.store.memory.AccountTables.StoredPreKey;
import wildcat.client.store.memory.Faults.Table;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.PreKey;
import wildcat.protocol.ratchet.RatchetAddress;

/// Applies the changes of one unit of work to the tables and can take them back. Used under the store's
/// lock.
final class Unit {
  private final AccountId account;
  private final AccountTables tables;
  private final MemoryMessages messages;
  private final Faults faults;
  private final Instant now;
  private final Undo undo = new Undo();
  private final List<Change.RecordEvent> events = new ArrayList<>();

  Unit(
      AccountId account,
      AccountTables tables,
      MemoryMessages messages,
      Faults faults,
      Instant now) {
    this.account = account;
    this.tables = tables;
    this.messages = messages;
    this.faults = faults;
    this.now = now;
  }

  List<Change.RecordEvent> events() {
    return events;
  }

  void undo() {
    undo.run();
  }

  void apply(Change change) throws StoreFailed {
    switch (change) {
      case Change.CreateCredentials create -> createCredentials(create.credentials());
      case Change.UpdateCredentials update -> updateCredentials(update.credentials());
      case Change.PutRatchet(var address, var record) -> {
        faults.onRead(account, Table.RATCHETS);
        undo.put(tables.ratchets, address, record);
      }
      case Change.RemoveRatchet(var address) -> {
        faults.onRead(account, Table.RATCHETS);
        undo.remove(tables.ratchets, address);
      }
      case Change.PutIdentity(var address, var key) -> {
        faults.onRead(account, Table.IDENTITIES);
        undo.put(tables.identities, address, key);
      }
      case Change.RemoveIdentity(var address) -> {
        faults.onRead(account, Table.IDENTITIES);
        undo.remove(tables.identities, address);
      }
      case Change.RemoveKeysOf(var user) -> {
        faults.onRead(account, Table.RATCHETS);
        faults.onRead(account, Table.IDENTITIES);
        addressesOf(tables.ratchets, user).forEach(key -> undo.remove(tables.ratchets, key));
        addressesOf(tables.identities, user).forEach(key -> undo.remove(tables.identities, key));
      }
      case Change.AddPreKeys(var keys) -> addPreKeys(keys);
      case Change.MarkPreKeysUploaded(var ids) -> ids.forEach(this::markUploaded);
      case Change.RemovePreKey(int id) -> undo.remove(tables.preKeys, id);
      case Change.MapLid(var pn, var lid) -> mapLid(pn, lid);
      case Change.PutDevices(var list) -> undo.put(tables.devices, list.user(), list);
      case Change.RemoveDevices(var user) -> undo.remove(tables.devices, user);
      case Change.AddMessage(var message) -> messages.add(account, message, now, undo);
      case Change.AdvanceMessage advance -> messages.advance(account, advance, now, undo);
      case Change.ReviseMessage(var message) -> messages.revise(account, message, now, undo);
      case Change.OfChats ofChats -> applyToChats(ofChats);
      case Change.RememberCiphertext(var sender, var id, var sha256) ->
          undo.put(tables.ciphertexts, new Ciphertext(sender, id, sha256), now);
      case Change.RecordEvent event -> events.add(event);
      case Change.QuarantineKeys(var at) -> quarantine(at);
    }
  }

  private void applyToChats(Change.OfChats change) {
    switch (change) {
      case Change.NoteReceipt receipt -> messages.note(account, receipt, undo);
      case Change.ReadChat(var chat, var upTo) -> readChat(chat, upTo);
      case Change.MarkUnread(var chat, boolean marked) -> {
        StoredChat before = tables.chats.getOrDefault(chat, StoredChat.NEW);
        undo.put(
            tables.chats,
            chat,
            new StoredChat(before.settings(), marked, before.readMillis(), before.readRow()));
      }
      case Change.PutChatSettings(var chat, var settings) -> {
        StoredChat before = tables.chats.getOrDefault(chat, StoredChat.NEW);
        undo.put(
            tables.chats,
            chat,
            new StoredChat(settings, before.markedUnread(), before.readMillis(), before.readRow()));
      }
      case Change.PutContact(var contact) -> undo.put(tables.contacts, contact.person(), contact);
    }
  }

  private void createCredentials(Credentials credentials) throws StoreFailed {
    if (tables.credentials.containsKey(AccountTables.ROW)) {
      throw new StoreFailed.Conflict("account " + account + " has credentials already");
    }
    undo.put(tables.credentials, AccountTables.ROW, credentials);
  }

  private void updateCredentials(Credentials credentials) throws StoreFailed {
    faults.onRead(account, Table.CREDENTIALS);
    if (!tables.credentials.containsKey(AccountTables.ROW)) {
      throw new StoreFailed.Conflict("account " + account + " has no credentials to update");
    }
    undo.put(tables.credentials, AccountTables.ROW, credentials);
  }

  private void addPreKeys(List<PreKey> keys) throws StoreFailed {
    for (PreKey key : keys) {
      if (tables.preKeys.containsKey(key.id())) {
        throw new StoreFailed.Conflict("pre-key " + key.id() + " of " + account + " exists");
      }
      undo.put(tables.preKeys, key.id(), new StoredPreKey(key, false));
      undo.put(tables.nextPreKey, AccountTables.ROW, key.id() == PreKey.MAX_ID ? 1 : key.id() + 1);
    }
  }

  private void markUploaded(int id) {
    StoredPreKey stored = tables.preKeys.get(id);
    if (stored != null) {
      undo.put(tables.preKeys, id, new StoredPreKey(stored.key(), true));
    }
  }

  private void mapLid(Jid pn, Jid lid) throws StoreFailed {
    faults.onRead(account, Table.RATCHETS);
    faults.onRead(account, Table.IDENTITIES);
    Jid formerLid = tables.lidByPn.get(pn);
    if (formerLid != null) {
      undo.remove(tables.pnByLid, formerLid);
    }
    Jid formerPn = tables.pnByLid.get(lid);
    if (formerPn != null) {
      undo.remove(tables.lidByPn, formerPn);
    }
    undo.put(tables.lidByPn, pn, lid);
    undo.put(tables.pnByLid, lid, pn);
    move(tables.ratchets, pn, lid);
    move(tables.identities, pn, lid);
    var list = tables.devices.get(pn);
    if (list != null) {
      undo.remove(tables.devices, pn);
      if (!tables.devices.containsKey(lid)) {
        undo.put(tables.devices, lid, list.of(lid));
      }
    }
    messages.renameChat(account, lid, pn, undo);
    StoredChat chat = tables.chats.get(lid);
    if (chat != null) {
      undo.remove(tables.chats, lid);
      if (!tables.chats.containsKey(pn)) {
        undo.put(tables.chats, pn, chat);
      }
    }
    Contact contact = tables.contacts.get(lid);
    if (contact != null) {
      undo.remove(tables.contacts, lid);
      undo.put(
          tables.contacts, pn, tables.contacts.getOrDefault(pn, Contact.unknown(pn)).and(contact));
    }
  }

  private void readChat(Jid chat, MessageId upTo) {
    messages
        .position(account, chat, upTo)
        .ifPresent(last -> {
          StoredChat before = tables.chats.getOrDefault(chat, StoredChat.NEW);
          boolean further =
              last.timestampMillis() > before.readMillis()
                  || (last.timestampMillis() == before.readMillis()
                      && last.row() > before.readRow());
          undo.put(
              tables.chats,
              chat,
              new StoredChat(
                  before.settings(),
                  false,
                  further ? last.timestampMillis() : before.readMillis(),
                  further ? last.row() : before.readRow()));
        });
  }

  private <V> void move(Map<RatchetAddress, V> table, Jid pn, Jid lid) {
    for (RatchetAddress address : addressesOf(table, pn)) {
      V value = table.get(address);
      undo.remove(table, address);
      RatchetAddress target = address.under(lid);
      if (value != null && !table.containsKey(target)) {
        undo.put(table, target, value);
      }
    }
  }

  private static <V> List<RatchetAddress> addressesOf(Map<RatchetAddress, V> table, Jid user) {
    return table.keySet().stream()
        .filter(address -> address.jid().user().equals(user.user()))
        .filter(address -> address.jid().isPn() == user.isPn())
        .toList();
  }

  private void quarantine(Instant at) {
    tables.quarantine.add(
        new Quarantined(
            at, tables.credentials, tables.ratchets, tables.identities, tables.preKeys));
    undo.step(() -> tables.quarantine.removeLast());
    undo.clear(tables.credentials);
    undo.clear(tables.ratchets);
    undo.clear(tables.identities);
    undo.clear(tables.preKeys);
    undo.clear(tables.devices);
  }
}
