package wildcat.demo;

import java.io.PrintStream;
import java.time.Duration;
import wildcat.cli.output.Text;

/// Tells the walk on stdout: numbered steps, below them what happened, and lines that can be pasted.
final class Story {
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String CYAN = "\u001b[36m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final boolean colour;
  private int step;
  private String title = "";

  Story(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  void begin() {
    out.println(
        paint(BOLD, "Wildcat demo")
            + ": all of it on this machine, without a phone and without WhatsApp.");
  }

  /// Starts the next step.
  void step(String name) {
    step++;
    title = name;
    out.println();
    out.println(paint(BOLD, step + "  " + name));
    out.flush();
  }

  /// The step that is being told, for a message that it failed.
  String current() {
    return step == 0 ? "the start" : "step " + step + " (" + title + ")";
  }

  void say(String line) {
    out.println("   " + line);
    out.flush();
  }

  /// What came from outside, on one harmless line.
  void quote(String foreign) {
    say(Text.clean(foreign));
  }

  void done(String what, Duration took) {
    say(paint(GREEN, "ok") + " " + what + paint(DIM, " (%d ms)".formatted(took.toMillis())));
  }

  /// A line to paste into a shell; it stands alone, from the first column on.
  void shell(String line) {
    out.println(paint(CYAN, line));
    out.flush();
  }

  void picture(String lines) {
    lines.lines().forEach(line -> out.println("   " + line));
    out.flush();
  }

  void gap() {
    out.println();
  }

  void heading(String line) {
    out.println();
    out.println(paint(BOLD, line));
  }

  private String paint(String code, String text) {
    return colour ? code + text + PLAIN : text;
  }
}
