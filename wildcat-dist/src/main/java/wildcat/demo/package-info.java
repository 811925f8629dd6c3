/// `./wildcat demo`: simulator, server, a phone and a webhook receiver in one process, and a walk through all of them.
@NullMarked
package wildcat.demo;

import org.jspecify.annotations.NullMarked;
