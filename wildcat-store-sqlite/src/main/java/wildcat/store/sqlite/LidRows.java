package wildcat.store.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import wildcat.client.store.DeviceList;
import wildcat.client.store.StoreFailed;
import wildcat.client.store.seal.AccountSeal;
import wildcat.protocol.jid.Jid;
import wildcat.protocol.ratchet.RatchetAddress;
import wildcat.store.sqlite.KeyRows.PerDevice;
import wildcat.store.sqlite.KeyRows.SealedRow;

/// Which lid belongs to which pn, and the keys that are found by either.
final class LidRows {
  private LidRows() {}

  static Optional<Jid> lidOf(Db db, long account, Jid pn) throws SQLException, StoreFailed {
    return db.sql("SELECT lid FROM lids WHERE account = ? AND pn = ?")
        .with(account)
        .with(pn)
        .first(row -> jid(row.getString(1)));
  }

  static Optional<Jid> pnOf(Db db, long account, Jid lid) throws SQLException, StoreFailed {
    return db.sql("SELECT pn FROM lids WHERE account = ? AND lid = ?")
        .with(account)
        .with(lid)
        .first(row -> jid(row.getString(1)));
  }

  static Jid jid(String text) throws StoreFailed {
    Optional<Jid> jid = Jid.parse(text);
    if (jid.isEmpty()) {
      throw new StoreFailed.Unreadable("a stored jid is damaged");
    }
    return jid.get();
  }

  /// Notes the mapping and moves what is under the pn to the lid. Sealed rows are opened and sealed again,
  /// because a row's address is part of its seal; nothing moves when one cannot be opened.
  static void map(Db db, long account, AccountSeal seal, Jid pn, Jid lid)
      throws SQLException, StoreFailed {
    db.sql("DELETE FROM lids WHERE account = ? AND (pn = ? OR lid = ?)")
        .with(account)
        .with(pn)
        .with(lid)
        .update();
    db.sql("INSERT INTO lids(account, pn, lid) VALUES (?, ?, ?)")
        .with(account)
        .with(pn)
        .with(lid)
        .update();
    for (Jid user : forms(pn)) {
      moveRatchets(db, account, seal, user, lid);
      moveIdentities(db, account, seal, user, lid);
    }
    moveDevices(db, account, pn, lid);
    MessageRows.renameChat(db, account, lid, pn);
    ChatRows.rename(db, account, lid, pn);
  }

  private static void moveRatchets(Db db, long account, AccountSeal seal, Jid user, Jid lid)
      throws SQLException, StoreFailed {
    for (SealedRow row : PerDevice.RATCHETS.ofUser(db, account, user)) {
      var record = seal.ratchet(row.address(), row.sealed().toArray());
      RatchetAddress target = row.address().under(lid);
      if (PerDevice.RATCHETS.get(db, account, target).isEmpty()) {
        PerDevice.RATCHETS.put(db, account, target, seal.sealed(target, record));
      }
      PerDevice.RATCHETS.remove(db, account, row.address());
    }
  }

  private static void moveIdentities(Db db, long account, AccountSeal seal, Jid user, Jid lid)
      throws SQLException, StoreFailed {
    for (SealedRow row : PerDevice.IDENTITIES.ofUser(db, account, user)) {
      var identity = seal.identity(row.address(), row.sealed().toArray());
      RatchetAddress target = row.address().under(lid);
      if (PerDevice.IDENTITIES.get(db, account, target).isEmpty()) {
        PerDevice.IDENTITIES.put(db, account, target, seal.sealed(target, identity));
      }
      PerDevice.IDENTITIES.remove(db, account, row.address());
    }
  }

  private static void moveDevices(Db db, long account, Jid pn, Jid lid)
      throws SQLException, StoreFailed {
    Optional<DeviceList> list = KeyRows.devices(db, account, pn);
    if (list.isPresent()) {
      KeyRows.removeDevices(db, account, pn);
      if (KeyRows.devices(db, account, lid).isEmpty()) {
        KeyRows.putDevices(db, account, list.get().of(lid));
      }
    }
  }

  /// Removes the ratchets and identities of a user's devices, if all of them can be opened.
  static void removeKeys(Db db, long account, AccountSeal seal, Jid of)
      throws SQLException, StoreFailed {
    for (Jid user : forms(of)) {
      for (SealedRow row : PerDevice.RATCHETS.ofUser(db, account, user)) {
        seal.ratchet(row.address(), row.sealed().toArray());
        PerDevice.RATCHETS.remove(db, account, row.address());
      }
      for (SealedRow row : PerDevice.IDENTITIES.ofUser(db, account, user)) {
        seal.identity(row.address(), row.sealed().toArray());
        PerDevice.IDENTITIES.remove(db, account, row.address());
      }
    }
  }

  /// The user, and the same user as hosted devices have him.
  private static List<Jid> forms(Jid user) {
    String hosted = user.isLid() ? Jid.HOSTED_LID_SERVER : Jid.HOSTED_SERVER;
    return List.of(Jid.of(user.user(), user.server()), Jid.of(user.user(), hosted));
  }
}
