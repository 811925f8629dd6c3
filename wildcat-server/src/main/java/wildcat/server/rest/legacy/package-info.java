/// The predecessor's routes: same paths, fields, checks and texts, over the same commands as `/v1`.
@org.jspecify.annotations.NullMarked
package wildcat.server.rest.legacy;
