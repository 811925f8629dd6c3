/// Timers, so that time can be moved by a test.
@org.jspecify.annotations.NullMarked
package wildcat.client.time;
