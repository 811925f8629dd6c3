/// The operator's command line: parses, calls the server over REST, prints for people or for scripts.
@NullMarked
package wildcat.cli;

import org.jspecify.annotations.NullMarked;
