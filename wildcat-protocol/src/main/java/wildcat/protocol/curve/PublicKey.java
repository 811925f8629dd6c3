package wildcat.protocol.curve;

import wildcat.protocol.bytes.Bytes;

/// A Curve25519 public key, 32 bytes (its *stanza form*).
public record PublicKey(Bytes bytes) {
  /// The type byte that Signal puts before a key.
  public static final byte TYPE = 5;

  public static final int SIZE_BYTES = 32;

  public PublicKey {
    if (bytes.length() != SIZE_BYTES) {
      throw new IllegalArgumentException("a public key has 32 B, not " + bytes.length());
    }
  }

  /// Reads the *Signal form*: a byte 5, then the key.
  ///
  /// @throws InvalidKey another length or type
  public static PublicKey ofSignalForm(Bytes form) throws InvalidKey {
    if (form.length() != SIZE_BYTES + 1 || form.at(0) != TYPE) {
      throw new InvalidKey("not a Curve25519 key in Signal form");
    }
    return new PublicKey(form.slice(1, SIZE_BYTES + 1));
  }

  /// Reads 32 bytes from outside.
  ///
  /// @throws InvalidKey another length
  public static PublicKey ofStanzaForm(Bytes form) throws InvalidKey {
    if (form.length() != SIZE_BYTES) {
      throw new InvalidKey("a public key has 32 B, not " + form.length());
    }
    return new PublicKey(form);
  }

  /// The 33 bytes used inside Signal's messages and wherever a key is signed or MACed.
  public byte[] signalForm() {
    var form = new byte[SIZE_BYTES + 1];
    form[0] = TYPE;
    bytes.copyInto(form, 1);
    return form;
  }

  @Override
  public String toString() {
    return "public key " + bytes.slice(0, 4).hex() + "…";
  }
}
