/// Who is online, who is typing: what is only worth something in the moment.
@org.jspecify.annotations.NullMarked
package wildcat.client.presence;
