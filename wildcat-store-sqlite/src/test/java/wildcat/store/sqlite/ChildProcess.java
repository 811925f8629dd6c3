package wildcat.store.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// [StoreChild] in a process of its own, which can be killed.
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private ChildProcess(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  static ChildProcess start(Path folder, String... arguments) throws IOException {
    return startUnder(List.of(), folder, arguments);
  }

  /// @param prefix a command that runs the one behind it
  static ChildProcess startUnder(List<String> prefix, Path folder, String... arguments)
      throws IOException {
    var command = new ArrayList<String>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            StoreChild.class.getName(),
            folder.toString()));
    command.addAll(List.of(arguments));
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// Null when the process has ended; a line cut off by the end is not given.
  @Nullable String nextLine() throws IOException {
    var line = new StringBuilder();
    for (int c = lines.read(); c >= 0; c = lines.read()) {
      if (c == '\n') {
        return line.toString();
      }
      line.append((char) c);
    }
    return null;
  }

  /// As `kill -9`. Returns when the process is gone; what it has said can still be read.
  void kill() throws InterruptedException {
    List<ProcessHandle> underPrefix = process.descendants().toList();
    underPrefix.forEach(ProcessHandle::destroyForcibly);
    underPrefix.forEach(child -> child.onExit().join()); // until then it holds the folder's lock
    process.toHandle().destroyForcibly(); // Process.destroyForcibly would close the pipe
    process.waitFor();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
