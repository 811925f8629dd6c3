/// What the server answers: one class per kind of stanza. They run under the world's lock, take a stanza
/// and the world, and queue what follows.
@org.jspecify.annotations.NullMarked
package wildcat.simulator.answer;
