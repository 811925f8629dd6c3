/// One class per command; each speaks REST only.
@NullMarked
package wildcat.cli.command;

import org.jspecify.annotations.NullMarked;
