/// The command names of the Node.js predecessor, with their output: JSON on stdout, exit code 1 on any error.
@NullMarked
package wildcat.cli.legacy;

import org.jspecify.annotations.NullMarked;
