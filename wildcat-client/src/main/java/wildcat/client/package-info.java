/// One linked device of WhatsApp: link it, keep it connected, send and receive.
@org.jspecify.annotations.NullMarked
package wildcat.client;
