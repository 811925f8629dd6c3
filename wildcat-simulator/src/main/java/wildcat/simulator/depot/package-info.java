/// Where encrypted files are uploaded and fetched.
@org.jspecify.annotations.NullMarked
package wildcat.simulator.depot;
