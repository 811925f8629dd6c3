/// Linking this device to an account by a QR code.
@org.jspecify.annotations.NullMarked
package wildcat.client.pairing;
