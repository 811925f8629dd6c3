/// QR codes as picture, vector graphic and text.
@org.jspecify.annotations.NullMarked
package wildcat.server.qr;
