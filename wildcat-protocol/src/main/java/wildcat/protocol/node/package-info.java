/// Stanzas: their model, their binary form, the token dictionaries.
@org.jspecify.annotations.NullMarked
package wildcat.protocol.node;
