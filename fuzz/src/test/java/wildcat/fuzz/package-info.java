/// Targets for Jazzer, one per decoder that reads what somebody else has sent, and a test that runs them over the
/// kept corpus.
@org.jspecify.annotations.NullMarked
package wildcat.fuzz;
