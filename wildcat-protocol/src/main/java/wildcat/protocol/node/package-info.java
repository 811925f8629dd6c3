/// Stanzas: their model, their binary form, the token dictionaries, the ids of messages.
@org.jspecify.annotations.NullMarked
package wildcat.protocol.node;
