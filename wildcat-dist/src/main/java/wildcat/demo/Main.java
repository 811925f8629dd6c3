package wildcat.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// Entry point of `./wildcat demo`. Exit code 0, or 1 when a step failed, or 2 for an unknown option.
public final class Main {
  private static final Set<String> END = Set.of("--exit", "--once");

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    var wanted = List.of(arguments);
    if (!END.containsAll(wanted)) {
      out.println("usage: wildcat demo [--exit]");
      System.exit(wanted.contains("--help") || wanted.contains("-h") ? 0 : 2);
    }
    var story =
        new Story(out, Boolean.getBoolean("wildcat.terminal") && System.getenv("NO_COLOR") == null);
    System.exit(run(story, arguments.length == 0));
  }

  static int run(Story story, boolean stay) throws InterruptedException {
    story.begin();
    try (var receiver = new Receiver(Clock.systemUTC());
        var stage = Stage.start()) {
      var walk = new Walk(story, stage, receiver);
      try {
        walk.walk();
      } catch (DemoFailed e) {
        throw new DemoFailed(
            e.getMessage() + "; the server's logs are kept in " + stage.keepLogs());
      }
      story.heading("All steps worked.");
      if (stay) {
        walk.invite();
        closeAtTheEnd(stage);
        new CountDownLatch(1).await();
      }
      return 0;
    } catch (DemoFailed | IOException e) {
      System.err.println("wildcat demo: " + story.current() + " failed: " + e.getMessage());
      return 1;
    }
  }

  private static void closeAtTheEnd(Stage stage) {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stage::close));
  }
}
