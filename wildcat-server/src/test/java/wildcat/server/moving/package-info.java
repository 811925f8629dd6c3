/// Moving in, with what other programs have really written.
@org.jspecify.annotations.NullMarked
package wildcat.server.moving;
