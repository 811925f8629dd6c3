package wildcat.server.config;

import java.util.List;

/// The configuration cannot be used. Every problem begins with the variable's name and quotes no value that
/// may be secret.
public final class InvalidConfig extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public InvalidConfig(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
