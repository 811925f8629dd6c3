/// Keys, encryption and checks of attachments.
@org.jspecify.annotations.NullMarked
package wildcat.protocol.media;
