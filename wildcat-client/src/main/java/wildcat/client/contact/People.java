package wildcat.client.contact;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import wildcat.client.contact.Abouts.About;
import wildcat.client.contact.BusinessProfiles.BusinessProfile;
import wildcat.client.contact.NumberCheck.Checked;
import wildcat.client.contact.Pictures.Picture;
import wildcat.client.session.RequestFailed;
import wildcat.client.store.StoreFailed;
import wildcat.protocol.bytes.Bytes;
import wildcat.protocol.jid.Jid;

/// What an account can ask and do about people, itself included. Persons are named by pn or lid. Every
/// method asks WhatsApp and waits for the answer. Thread-safe.
public interface People {
  /// @param numbers digits with country code
  List<Checked> check(List<String> numbers) throws RequestFailed, StoreFailed, InterruptedException;

  /// Of a person or group; empty when there is none to be seen.
  Optional<Picture> picture(Jid of, boolean preview)
      throws RequestFailed, StoreFailed, InterruptedException;

  /// @return the id of our new picture
  String setPicture(Bytes jpeg) throws RequestFailed, InterruptedException;

  void removePicture() throws RequestFailed, InterruptedException;

  /// Empty when there is none to be seen.
  Optional<About> about(Jid person) throws RequestFailed, StoreFailed, InterruptedException;

  void setAbout(String text) throws RequestFailed, InterruptedException;

  /// Empty when the person is no business.
  Optional<BusinessProfile> business(Jid person)
      throws RequestFailed, StoreFailed, InterruptedException;

  Set<Jid> blocked() throws RequestFailed, StoreFailed, InterruptedException;

  /// Blocks or unblocks.
  void block(Jid person, boolean block) throws RequestFailed, StoreFailed, InterruptedException;

  /// Our own number and lid, without device.
  Self self() throws StoreFailed;

  /// Who we are.
  ///
  /// @param name our push name
  record Self(Jid pn, Jid lid, String name) {
    @Override
    public String toString() {
      return "self";
    }
  }
}
