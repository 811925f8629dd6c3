/// WhatsApp's protobuf messages, generated from `src/main/proto`.
module wildcat.proto {
  requires transitive com.google.protobuf;

  exports wildcat.proto;
}
