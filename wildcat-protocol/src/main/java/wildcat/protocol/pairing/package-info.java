/// What links a companion device: QR text, the ADV chain of signatures, client payloads.
@org.jspecify.annotations.NullMarked
package wildcat.protocol.pairing;
