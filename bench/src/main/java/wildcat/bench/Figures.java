package wildcat.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was measured: a row per measure, a column per subject, in order of first mention.
final class Figures {
  private final Map<String, Map<String, List<Double>>> rows = new LinkedHashMap<>();
  private final List<String> columns = new ArrayList<>();

  /// @param measure with its unit
  void add(String measure, String subject, double value) {
    if (!columns.contains(subject)) {
      columns.add(subject);
    }
    rows.computeIfAbsent(measure, _ -> new LinkedHashMap<>())
        .computeIfAbsent(subject, _ -> new ArrayList<>())
        .add(value);
    System.err.printf(Locale.ROOT, "  %-66s %-16s %10.3f%n", measure, subject, value);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static double min(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /// Medians, in brackets the least of several; then how many times more each other subject needs than the first.
  String table() {
    var text = new StringBuilder("| |");
    columns.forEach(column -> text.append(' ').append(column).append(" |"));
    columns.stream().skip(1).forEach(column -> text.append(' ').append(column).append(" : ours |"));
    text.append("\n|---|").append("---:|".repeat(2 * columns.size() - 1)).append('\n');
    rows.forEach((measure, values) -> {
      text.append("| ").append(measure).append(" |");
      columns.forEach(column -> text.append(' ').append(shown(values.get(column))).append(" |"));
      columns.stream()
          .skip(1)
          .forEach(column ->
              text.append(' ')
                  .append(ratio(values.get(column), values.get(columns.getFirst())))
                  .append(" |"));
      text.append('\n');
    });
    return text.toString();
  }

  private static String shown(@org.jspecify.annotations.Nullable List<Double> values) {
    if (values == null) {
      return "";
    }
    String median = rounded(median(values));
    return values.size() == 1 ? median : median + " (" + rounded(min(values)) + ")";
  }

  private static String ratio(
      @org.jspecify.annotations.Nullable List<Double> theirs,
      @org.jspecify.annotations.Nullable List<Double> ours) {
    return theirs == null || ours == null || median(ours) <= 0
        ? ""
        : String.format(Locale.ROOT, "%.1f", median(theirs) / median(ours));
  }

  private static String rounded(double value) {
    String format = Math.abs(value) < 10 ? "%.3f" : Math.abs(value) < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }

  /// Every single value: measure, subject, values in order.
  void write(Path file) throws IOException {
    var json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(file, json.writeValueAsString(rows) + "\n");
  }
}
