/// Curve25519: key agreement (X25519) and signatures (XEdDSA).
@org.jspecify.annotations.NullMarked
package wildcat.protocol.curve;
