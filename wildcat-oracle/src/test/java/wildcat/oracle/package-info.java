/// Our cryptography beside somebody else's: same inputs, same outputs.
@org.jspecify.annotations.NullMarked
package wildcat.oracle;
