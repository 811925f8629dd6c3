package wildcat.simulator.connection;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.stream.ChunkedInput;
import io.netty.handler.stream.ChunkedNioStream;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wildcat.simulator.depot.Depot;

/// Uploads and downloads of encrypted files, streamed. Everything else goes on to the next handler.
/// Source: whatsmeow upload.go and download.go, Baileys messages-media.ts.
final class MediaDoor extends ChannelInboundHandlerAdapter {
  private static final List<String> UPLOADS =
      List.of("/mms/", "/newsletter/", "/product/", "/pps/");
  private static final String DOWNLOADS = "/v/";
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,15})-([0-9]{0,15})");
  private static final int CHUNK_BYTES = 64 * 1024;

  private final Depot depot;

  /// The request whose body is being read; null between requests and when another handler has it.
  private @Nullable HttpRequest request;

  /// Where its body goes; null when it is dropped.
  private Depot.@Nullable Intake intake;

  MediaDoor(Depot depot) {
    this.depot = depot;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpRequest begun && isMedia(begun)) {
      request = begun;
      begin(context, begun);
    }
    if (request == null) {
      context.fireChannelRead(message);
      return;
    }
    try {
      if (message instanceof HttpContent content) {
        body(context, request, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private static boolean isMedia(HttpRequest begun) {
    String uri = begun.uri();
    return begun.decoderResult().isSuccess()
        && (UPLOADS.stream().anyMatch(uri::startsWith) || uri.startsWith(DOWNLOADS));
  }

  private void begin(ChannelHandlerContext context, HttpRequest begun) throws IOException {
    if (context.pipeline().get(ChunkedWriteHandler.class) == null) {
      context.pipeline().addBefore(context.name(), "chunks", new ChunkedWriteHandler());
    }
    boolean resumes = new QueryStringDecoder(begun.uri()).parameters().containsKey("resume");
    if (begun.method().equals(HttpMethod.POST) && !resumes) {
      intake = depot.intake();
    }
    if (HttpUtil.is100ContinueExpected(begun)) {
      var _ =
          context.writeAndFlush(
              new DefaultFullHttpResponse(
                  HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
  }

  private void body(ChannelHandlerContext context, HttpRequest whole, HttpContent content)
      throws IOException {
    if (intake != null) {
      intake.write(ByteBufUtil.getBytes(content.content()));
    }
    if (!(content instanceof LastHttpContent)) {
      return;
    }
    try {
      answer(context, whole);
    } finally {
      request = null;
      drop();
    }
  }

  private void answer(ChannelHandlerContext context, HttpRequest whole) throws IOException {
    boolean keepAlive = HttpUtil.isKeepAlive(whole);
    if (whole.method().equals(HttpMethod.DELETE)) {
      text(context, 200, "{}", keepAlive);
    } else if (intake != null) {
      upload(context, new QueryStringDecoder(whole.uri()), intake, keepAlive);
    } else if (whole.method().equals(HttpMethod.GET)) {
      download(context, whole, keepAlive);
    } else {
      text(context, 404, "{}", keepAlive); // also the question whether an upload can be resumed
    }
  }

  private void upload(
      ChannelHandlerContext context,
      QueryStringDecoder url,
      Depot.Intake received,
      boolean keepAlive)
      throws IOException {
    var trouble = depot.trouble(true);
    if (trouble.isPresent()) {
      text(context, trouble.get().status(), "{}", keepAlive);
      return;
    }
    String auth = url.parameters().getOrDefault("auth", List.of("")).getFirst();
    String token = url.parameters().getOrDefault("token", List.of("")).getFirst();
    if (!auth.equals(depot.auth())) {
      text(context, 401, "{\"error\":\"auth\"}", keepAlive);
      return;
    }
    var blob = received.finish(token);
    if (blob.isEmpty()) {
      text(context, 400, "{\"error\":\"the token is not the hash of the body\"}", keepAlive);
      return;
    }
    String path = blob.get().directPath();
    text(
        context,
        200,
        "{\"url\":\"https://" + depot.host() + path + "\",\"direct_path\":\"" + path + "\"}",
        keepAlive);
  }

  private void download(ChannelHandlerContext context, HttpRequest asked, boolean keepAlive)
      throws IOException {
    var trouble = depot.trouble(false);
    if (trouble.isPresent() && trouble.get().status() != 0) {
      text(context, trouble.get().status(), "{}", keepAlive);
      return;
    }
    var blob = depot.find(new QueryStringDecoder(asked.uri()).path());
    if (blob.isEmpty() || blob.get().gone()) {
      text(context, 404, "{}", keepAlive);
      return;
    }
    Depot.Damage damage = trouble.isPresent() ? trouble.get().damage() : Depot.Damage.NONE;
    long size = blob.get().bytes() - (damage == Depot.Damage.TRUNCATED ? 1 : 0);
    long from = 0;
    long to = size - 1;
    String range = asked.headers().get(HttpHeaderNames.RANGE, "");
    Matcher wanted = RANGE.matcher(range);
    boolean partial = wanted.matches() && Long.parseLong(wanted.group(1)) < size;
    if (partial) {
      from = Long.parseLong(wanted.group(1));
      to = wanted.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(wanted.group(2)));
    }
    HttpResponse head =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1,
            partial ? HttpResponseStatus.PARTIAL_CONTENT : HttpResponseStatus.OK);
    head.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_OCTET_STREAM);
    HttpUtil.setContentLength(head, to - from + 1);
    HttpUtil.setKeepAlive(head, keepAlive);
    if (partial) {
      head.headers().set(HttpHeaderNames.CONTENT_RANGE, "bytes " + from + "-" + to + "/" + size);
    }
    var _ = context.write(head);
    var written =
        context.writeAndFlush(
            new HttpChunkedInput(piece(blob.get(), from, to, damage == Depot.Damage.FLIPPED)));
    if (!keepAlive) {
      var _ = written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static ChunkedInput<io.netty.buffer.ByteBuf> piece(
      Depot.Blob blob, long from, long to, boolean flipped) throws IOException {
    FileChannel file = FileChannel.open(blob.file(), StandardOpenOption.READ);
    return new ChunkedNioStream(
        new FilePart(file, from, to + 1, flipped ? blob.bytes() / 2 : -1), CHUNK_BYTES);
  }

  private static void text(
      ChannelHandlerContext context, int status, String json, boolean keepAlive) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(status),
            Unpooled.wrappedBuffer(json.getBytes(StandardCharsets.UTF_8)));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    HttpUtil.setContentLength(response, response.content().readableBytes());
    HttpUtil.setKeepAlive(response, keepAlive);
    var written = context.writeAndFlush(response);
    if (!keepAlive) {
      var _ = written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    drop();
    context.fireChannelInactive();
  }

  private void drop() throws IOException {
    if (intake != null) {
      intake.close();
      intake = null;
    }
  }
}
