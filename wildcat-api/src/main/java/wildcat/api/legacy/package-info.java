/// Answers of the unversioned routes, shaped as the Node.js predecessor's clients expect them.
@org.jspecify.annotations.NullMarked
package wildcat.api.legacy;
