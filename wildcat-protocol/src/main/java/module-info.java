/// WhatsApp's wire: bytes and values, without sockets, threads, clock or logging.
@org.jspecify.annotations.NullMarked
module wildcat.protocol {
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;
  requires transitive wildcat.proto;
  requires transitive com.google.protobuf;

  exports wildcat.protocol.bytes;
  exports wildcat.protocol.crypto;
  exports wildcat.protocol.curve;
  exports wildcat.protocol.frame;
  exports wildcat.protocol.jid;
  exports wildcat.protocol.media;
  exports wildcat.protocol.node;
  exports wildcat.protocol.noise;
  exports wildcat.protocol.pairing;
  exports wildcat.protocol.ratchet;
}
