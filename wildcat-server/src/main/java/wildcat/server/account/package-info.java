/// Which accounts there are, and which of them this process runs.
@org.jspecify.annotations.NullMarked
package wildcat.server.account;
