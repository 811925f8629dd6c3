package wildcat.simulator;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import wildcat.simulator.phone.VirtualPhone;

/// `./wildcat simulate`: a simulator that runs until Ctrl-C.
public final class Main {
  private static final int UNUSABLE = 2;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      Options options = Options.parse(List.of(arguments));
      if (options.help()) {
        print(Options.USAGE);
        return;
      }
      run(options);
    } catch (Options.Unusable e) {
      System.err.println("simulate: " + e.getMessage());
      System.err.print(Options.USAGE);
      System.exit(UNUSABLE);
    } catch (IOException e) {
      System.err.println("simulate: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Options options) throws IOException, InterruptedException {
    var stopped = new CountDownLatch(1);
    Simulator simulator = Simulator.start(options.settings());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  simulator.close();
                  stopped.countDown();
                },
                "stop"));
    options.phones().forEach(simulator::phone);
    introduce(simulator);
    stopped.await();
  }

  private static void introduce(Simulator simulator) {
    String root = Base64.getEncoder().encodeToString(simulator.root().bytes().toArray());
    print(
        """
        Wildcat simulator: a WhatsApp server with virtual phones. Nothing here reaches WhatsApp.

          clients connect to  %1$s
          root key (base64)   %2$s
          admin               %3$s

        A Wildcat that takes it for WhatsApp:

          WILDCAT_WHATSAPP_URL=%1$s \\
          WILDCAT_WHATSAPP_ROOT_KEY=%4$s ./wildcat serve

        """
            .formatted(
                simulator.webSocket(), root, simulator.http(), simulator.root().bytes().hex()));
    for (VirtualPhone phone : simulator.phones()) {
      print("  phone \"%s\"  %s\n".formatted(phone.pushName(), phone.pn()));
    }
    print(
        """

        Create a phone, let it scan what a client shows, write to the client, read what it got:

          curl -s %1$s/admin/accounts -d '{"pushName": "Ann"}'
          curl -s %1$s/admin/accounts/NUMBER/scan -d '{"qr": "TEXT OF THE QR CODE"}'
          curl -s %1$s/admin/accounts/NUMBER/messages -d '{"to": "OTHER NUMBER", "text": "hello"}'
          curl -s %1$s/admin/accounts/NUMBER/messages
          curl -s %1$s/admin/counters

        Ctrl-C stops it; its state is lost then.
        """
            .formatted(simulator.http()));
  }

  private static void print(String text) {
    System.out.print(text);
    System.out.flush();
  }
}
