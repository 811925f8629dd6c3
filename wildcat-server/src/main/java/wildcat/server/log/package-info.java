/// Log files as the predecessor had them, JSON by line, and short lines for the console; without content and
/// numbers of people.
@org.jspecify.annotations.NullMarked
package wildcat.server.log;
