/// Where the server is, which key opens it, and one call to it.
@NullMarked
package wildcat.cli.rest;

import org.jspecify.annotations.NullMarked;
