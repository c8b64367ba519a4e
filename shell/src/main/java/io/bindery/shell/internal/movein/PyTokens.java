package io.bindery.shell.internal.movein;

import io.bindery.shell.internal.movein.PyToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Parts a Python text into logical lines of tokens. It is more tolerant than Python: typographic
 * quotes, as web pages make them, count as straight ones, also in mixed pairs.
 */
final class PyTokens {
  private static final String SINGLE = "'\u2018\u2019";
  private static final String DOUBLE = "\"\u201c\u201d";
  private static final List<String> LONG_OPERATORS =
      List.of(
          "**=", "//=", ">>=", "<<=", "...", "+=", "-=", "*=", "/=", "%=", "==", "!=", "<=", ">=",
          ":=", "->", "**", "//", "|=", "&=", "^=", "<<", ">>");

  private final String text;
  private final Findings findings;
  private final List<Line> lines = new ArrayList<>();
  private List<PyToken> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;
  private int depth;
  private int indent;

  private PyTokens(String text, int line, Findings findings) {
    this.text = text;
    this.line = line;
    this.findings = findings;
  }

  /**
   * A logical line.
   *
   * @param indent how far its first token stands from the margin
   * @param tokens its tokens, at least one
   */
  record Line(int indent, List<PyToken> tokens) {
    int number() {
      return tokens.get(0).line();
    }
  }

  /** The lines of a file. */
  static List<Line> lines(String text, Findings findings) {
    return new PyTokens(text, 1, findings).scan();
  }

  /** The tokens of an expression that stands within a format string. */
  static List<PyToken> expression(String text, int line, Findings findings) {
    List<PyToken> all = new ArrayList<>();
    // within brackets a line's end means nothing
    new PyTokens("(" + text + ")", line, findings).scan().forEach(l -> all.addAll(l.tokens()));
    return all;
  }

  private List<Line> scan() {
    while (at < text.length()) {
      next();
    }
    if (depth > 0) {
      add(Kind.BAD, "a bracket is not closed");
    }
    endLine();
    return lines;
  }

  private void next() {
    char c = text.charAt(at);
    if (c == '\n') {
      at++;
      line++;
      lineStart = at;
      if (depth == 0) {
        endLine();
      }
    } else if (c == '\\' && text.startsWith("\n", at + 1)) {
      at += 2;
      line++;
    } else if (c <= ' ' || c == '\u00a0' || c == '\ufeff') {
      at++;
    } else if (c == '#') {
      toLineEnd();
    } else if (isQuote(c)) {
      string("");
    } else if (Character.isDigit(c)) {
      take(Kind.NUMBER);
    } else if (Character.isLetter(c) || c == '_') {
      name();
    } else {
      operator(c);
    }
  }

  private void name() {
    int end = at;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    String word = text.substring(at, end);
    boolean quoted = end < text.length() && isQuote(text.charAt(end));
    if (quoted && word.length() <= 2 && word.toLowerCase(Locale.ROOT).matches("[rbuf]+")) {
      start();
      at = end;
      string(word.toLowerCase(Locale.ROOT));
    } else {
      take(Kind.NAME);
    }
  }

  private void take(Kind kind) {
    int begin = at;
    start();
    while (at < text.length()
        && (isWord(text.charAt(at)) || kind == Kind.NUMBER && text.charAt(at) == '.')) {
      at++;
    }
    add(kind, text.substring(begin, at));
  }

  private void operator(char c) {
    String operator =
        LONG_OPERATORS.stream()
            .filter(o -> text.startsWith(o, at))
            .findFirst()
            .orElse(String.valueOf(c));
    if ("([{".indexOf(c) >= 0) {
      depth++;
    } else if (")]}".indexOf(c) >= 0) {
      depth = Math.max(0, depth - 1);
    }
    start();
    add(Kind.OPERATOR, operator);
    at += operator.length();
  }

  private void string(String prefix) {
    start();
    char open = text.charAt(at);
    String triple = String.valueOf(open).repeat(3);
    boolean raw = prefix.contains("r");
    Kind kind = prefix.contains("f") ? Kind.FORMAT : Kind.TEXT;
    int began = line;
    if ((open == '\'' || open == '"') && text.startsWith(triple, at)) {
      int end = text.indexOf(triple, at + 3);
      String inside = end < 0 ? "" : text.substring(at + 3, end);
      tokens.add(
          end < 0
              ? new PyToken(Kind.BAD, "a quote is not closed", began)
              : new PyToken(kind, raw ? inside : PyEscapes.decoded(inside), began));
      line +=
          (int)
              text.substring(at, end < 0 ? text.length() : end)
                  .chars()
                  .filter(x -> x == '\n')
                  .count();
      at = end < 0 ? text.length() : end + 3;
      return;
    }
    int end = closing(open);
    if (end < 0) {
      add(Kind.BAD, "a quote is not closed");
      // what follows cannot be told from the string, so the line ends here, and its brackets too
      depth = 0;
      toLineEnd();
      return;
    }
    if (open > 0x7f || text.charAt(end) > 0x7f) {
      findings.note(line, "typographic quotes are read as straight ones");
    }
    String inside = text.substring(at + 1, end);
    add(kind, raw ? inside : PyEscapes.decoded(inside));
    at = end + 1;
  }

  /** Where a string ends: at the straight quote of its kind, else at a typographic one. */
  private int closing(char open) {
    String kind = SINGLE.indexOf(open) >= 0 ? SINGLE : DOUBLE;
    int typographic = -1;
    for (int i = at + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == kind.charAt(0)) {
        // an opening one of another string, when this one has ended before
        return typographic >= 0 && open > 0x7f ? typographic : i;
      } else if (kind.indexOf(c) > 0 && typographic < 0) {
        typographic = i;
      }
    }
    return typographic;
  }

  private void toLineEnd() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  private void start() {
    if (tokens.isEmpty()) {
      indent = at - lineStart;
    }
  }

  private void add(Kind kind, String value) {
    tokens.add(new PyToken(kind, value, line));
  }

  private void endLine() {
    if (!tokens.isEmpty()) {
      lines.add(new Line(indent, List.copyOf(tokens)));
      tokens = new ArrayList<>();
    }
  }

  private static boolean isQuote(char c) {
    return SINGLE.indexOf(c) >= 0 || DOUBLE.indexOf(c) >= 0;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
