/// What a command prints: tables for people, JSON for scripts, nothing a stranger's text could do to a terminal.
@NullMarked
package wildcat.cli.output;

import org.jspecify.annotations.NullMarked;
