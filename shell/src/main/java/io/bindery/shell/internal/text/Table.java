package io.bindery.shell.internal.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows under their headings, for people. The first rows decide how wide the columns are; what
 * follows is printed as it comes, so that a long table takes little memory. A null is a hyphen, dim
 * on a terminal; a text that is just a hyphen stands in quotes. On a terminal, long texts are cut
 * to fit, numbers, names and times never; where even short texts would not fit, each row becomes a
 * block of lines.
 */
public final class Table {
  private static final int SAMPLE_ROWS = 500;
  private static final int SAMPLE_CHARS = 1 << 20;
  private static final int WIDEST = 200;
  private static final int WIDEST_LAST = 60;
  private static final int NARROWEST = 8;
  private static final String GAP = "  ";

  /**
   * A column.
   *
   * @param name what stands over it
   * @param kind what its cells are
   */
  public record Heading(String name, Kind kind) {
    /**
     * A column of texts that may be cut.
     *
     * @param name what stands over it
     */
    public static Heading text(String name) {
      return new Heading(name, Kind.TEXT);
    }

    /**
     * A column of texts that mean nothing when they are cut.
     *
     * @param name what stands over it
     */
    public static Heading whole(String name) {
      return new Heading(name, Kind.WHOLE);
    }

    /**
     * A column of numbers.
     *
     * @param name what stands over it
     */
    public static Heading number(String name) {
      return new Heading(name, Kind.NUMBER);
    }

    boolean number() {
      return kind == Kind.NUMBER;
    }

    boolean mayBeCut() {
      return kind == Kind.TEXT;
    }
  }

  /** What the cells of a column are. */
  public enum Kind {
    /** Texts, cut where the terminal is narrow. */
    TEXT(16),
    /** Names and times, never cut. */
    WHOLE(19),
    /** Numbers, never cut, on the right. */
    NUMBER(10);

    private final int fair;

    Kind(int fair) {
      this.fair = fair;
    }
  }

  private final Utf8Output out;
  private final Screen screen;
  private final List<Heading> headings;
  private final int[] widths;
  private final List<@Nullable String[]> sample = new ArrayList<>();
  private int sampleChars;
  private final boolean[] seen;
  private boolean sampling = true;
  private boolean blocks;
  private long rows;

  /**
   * An empty table.
   *
   * @param out where it is printed
   * @param screen who looks at it
   * @param headings its columns
   */
  public Table(Utf8Output out, Screen screen, List<Heading> headings) {
    this.out = out;
    this.screen = screen;
    this.headings =
        headings.stream().map(h -> new Heading(Cell.visible(h.name()), h.kind())).toList();
    this.seen = new boolean[headings.size()];
    this.widths = this.headings.stream().mapToInt(h -> Cell.width(h.name())).toArray();
  }

  /**
   * Adds a row.
   *
   * @param cells one text or null for each column
   * @throws IOException when it cannot be printed
   */
  public void add(@Nullable String... cells) throws IOException {
    @Nullable String[] row = new @Nullable String[cells.length];
    for (int i = 0; i < cells.length; i++) {
      String cell = cells[i];
      row[i] = cell == null ? null : cell.equals("-") ? "\"-\"" : Cell.visible(cell);
    }
    if (!sampling) {
      print(row);
      return;
    }
    sample.add(row);
    for (int i = 0; i < row.length; i++) {
      String cell = row[i];
      sampleChars += cell == null ? 1 : cell.length();
      seen[i] |= cell != null;
      widths[i] = Math.max(widths[i], cell == null ? 1 : Cell.width(cell));
    }
    if (sample.size() == SAMPLE_ROWS || sampleChars > SAMPLE_CHARS) {
      leaveRoom();
      begin();
    }
  }

  /**
   * Prints what was not printed yet; nothing at all, not even headings, when there is no row.
   *
   * @throws IOException when it cannot be printed
   */
  public void end() throws IOException {
    if (sampling && !sample.isEmpty()) {
      begin();
    }
  }

  /** More rows may come: a column of nulls so far gets what its values will want, if that fits. */
  private void leaveRoom() {
    int total = GAP.length() * (widths.length - 1) + IntStream.of(widths).sum();
    for (int i = 0; i < widths.length; i++) {
      int more = headings.get(i).kind().fair - widths[i];
      if (!seen[i] && more > 0 && (!screen.terminal() || total + more <= screen.columns())) {
        widths[i] += more;
        total += more;
      }
    }
  }

  private void begin() throws IOException {
    sampling = false;
    fit();
    if (!blocks) {
      @Nullable String[] names = headings.stream().map(Heading::name).toArray(String[]::new);
      line(names, true);
      @Nullable String[] rule = new @Nullable String[widths.length];
      for (int i = 0; i < widths.length; i++) {
        rule[i] = "-".repeat(widths[i]);
      }
      line(rule, false);
    }
    for (@Nullable String[] row : sample) {
      print(row);
    }
    sample.clear();
  }

  /** Narrows the widest texts until the table fits; gives up in favour of blocks. */
  private void fit() {
    int total = GAP.length() * (widths.length - 1);
    for (int i = 0; i < widths.length; i++) {
      if (headings.get(i).mayBeCut()) {
        int widest = i == widths.length - 1 ? WIDEST_LAST : WIDEST;
        widths[i] = Math.min(widths[i], screen.terminal() ? screen.columns() : widest);
      }
      total += widths[i];
    }
    while (screen.terminal() && total > screen.columns()) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        boolean narrower = headings.get(i).mayBeCut() && widths[i] > NARROWEST;
        if (narrower && (widest < 0 || widths[i] > widths[widest])) {
          widest = i;
        }
      }
      if (widest < 0) {
        blocks = true;
        return;
      }
      widths[widest]--;
      total--;
    }
  }

  private void print(@Nullable String[] row) throws IOException {
    rows++;
    if (!blocks) {
      line(row, false);
      return;
    }
    int names = headings.stream().mapToInt(h -> Cell.width(h.name())).max().orElse(0);
    out.text("-- " + rows + " --\n");
    for (int i = 0; i < row.length; i++) {
      Heading heading = headings.get(i);
      cell(heading.name(), names, false, false, false);
      out.text(GAP);
      int room = Math.max(NARROWEST, screen.columns() - names - GAP.length());
      String cell = row[i];
      String text = cell == null || !heading.mayBeCut() ? cell : Cell.fit(cell, room);
      cell(text, 0, false, true, false);
      out.ascii('\n');
    }
    out.endRow();
  }

  private void line(@Nullable String[] row, boolean bold) throws IOException {
    int last = row.length - 1;
    while (last > 0 && "".equals(row[last])) {
      last--;
    }
    for (int i = 0; i <= last; i++) {
      boolean number = headings.get(i).number();
      String cell = row[i];
      boolean cut = screen.terminal() && headings.get(i).mayBeCut() && cell != null;
      String text = cut ? Cell.fit(cell, widths[i]) : cell;
      cell(text, widths[i], number, i == last, bold);
      if (i < last) {
        out.text(GAP);
      }
    }
    out.ascii('\n');
    out.endRow();
  }

  private void cell(@Nullable String text, int width, boolean right, boolean last, boolean bold) {
    int pad = Math.max(0, width - (text == null ? 1 : Cell.width(text)));
    if (right) {
      out.text(" ".repeat(pad));
    }
    boolean styled = screen.terminal() && (text == null || bold);
    if (styled) {
      out.text(bold ? "\u001b[1m" : "\u001b[2m");
    }
    out.text(text == null ? "-" : text);
    if (styled) {
      out.text("\u001b[0m");
    }
    if (!right && !last) {
      out.text(" ".repeat(pad));
    }
  }
}
