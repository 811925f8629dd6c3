/// Moving in from other programs: what Baileys and Wildcat 2 have kept, read into our store.
@org.jspecify.annotations.NullMarked
package wildcat.server.moving;
