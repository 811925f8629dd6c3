/// The client library: one linked device, usable without the server.
@org.jspecify.annotations.NullMarked
module wildcat.client {
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;
  requires transitive wildcat.protocol;
  requires org.slf4j;
  requires io.netty.buffer;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.handler.proxy;
  requires io.netty.transport;

  exports wildcat.client;
  exports wildcat.client.chat;
  exports wildcat.client.contact;
  exports wildcat.client.event;
  exports wildcat.client.message;
  exports wildcat.client.session;
  exports wildcat.client.store;
  exports wildcat.client.store.cache;
  exports wildcat.client.store.codec;
  exports wildcat.client.store.memory;
  exports wildcat.client.store.seal;
  exports wildcat.client.time;
  exports wildcat.client.transport;
}
