package wildcat.cli.output;

import java.util.ArrayList;
import java.util.List;

/// Columns for people: a heading, then rows, each column as wide as its widest cell.
public final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<Cell>> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  /// One cell, already harmless to print.
  ///
  /// @param text  what stands in it
  /// @param colour how it is painted
  private record Cell(String text, Colour colour) {
    int width() {
      return text.codePointCount(0, text.length());
    }
  }

  /// Starts the next row; cells are added from left to right.
  public Row row() {
    var cells = new ArrayList<Cell>();
    rows.add(cells);
    return new Row(cells);
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /// A row being filled. What comes from outside is made harmless here.
  public static final class Row {
    private final List<Cell> cells;

    private Row(List<Cell> cells) {
      this.cells = cells;
    }

    public Row cell(String text) {
      cells.add(new Cell(Text.clean(text), Colour.NONE));
      return this;
    }

    /// A cell cut to `width` characters.
    public Row cell(String text, int width) {
      cells.add(new Cell(Text.clean(text, width), Colour.NONE));
      return this;
    }

    public Row cell(String text, Colour colour) {
      cells.add(new Cell(Text.clean(text), colour));
      return this;
    }
  }

  public void print(Console console) {
    var head = headings.stream().map(heading -> new Cell(heading, Colour.DIM)).toList();
    var widths = new int[headings.size()];
    measure(head, widths);
    rows.forEach(row -> measure(row, widths));
    print(console, head, widths);
    rows.forEach(row -> print(console, row, widths));
  }

  private static void measure(List<Cell> row, int[] widths) {
    for (int i = 0; i < row.size(); i++) {
      widths[i] = Math.max(widths[i], row.get(i).width());
    }
  }

  private static void print(Console console, List<Cell> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      var cell = row.get(i);
      line.append(console.paint(cell.colour(), cell.text()));
      if (i < row.size() - 1) {
        line.repeat(' ', widths[i] - cell.width()).append(GAP);
      }
    }
    console.line(line.toString());
  }
}
