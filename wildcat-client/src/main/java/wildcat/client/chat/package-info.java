/// Chats as the user has arranged them, and what of them was read.
@org.jspecify.annotations.NullMarked
package wildcat.client.chat;
