package wildcat.api.v1;

/// What to show to a phone.
///
/// @param qr the content of the QR code
/// @param validForSeconds from the moment of the answer; then another code follows
/// @param validUntil RFC 3339
public record QrCode(
    boolean ok, String accountId, String qr, long validForSeconds, String validUntil) {
  @Override
  public String toString() {
    return "QR code of " + accountId;
  }
}
