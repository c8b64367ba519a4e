package io.bindery.shell.internal.movein;

import io.bindery.shell.internal.movein.PyToken.Kind;
import io.bindery.shell.internal.movein.PyValue.Dict;
import io.bindery.shell.internal.movein.PyValue.Entry;
import io.bindery.shell.internal.movein.PyValue.Path;
import io.bindery.shell.internal.movein.PyValue.Scalar;
import io.bindery.shell.internal.movein.PyValue.Sequence;
import io.bindery.shell.internal.movein.PyValue.Text;
import io.bindery.shell.internal.movein.PyValue.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works out an expression from literals and names, and says what it cannot. */
final class PyExpression {
  private static final Set<String> LOGIC =
      Set.of("if", "and", "not", "in", "is", "for", "lambda", "await", "yield");
  private static final PyToken END = new PyToken(Kind.OPERATOR, "", 0);

  private final List<PyToken> tokens;
  private final PyScope scope;
  private final Findings findings;
  private int at;

  private PyExpression(List<PyToken> tokens, PyScope scope, Findings findings) {
    this.tokens = tokens;
    this.scope = scope;
    this.findings = findings;
  }

  /** The value of an expression that fills all of some tokens. */
  static PyValue of(List<PyToken> tokens, PyScope scope, Findings findings) {
    int line = tokens.isEmpty() ? 0 : tokens.get(0).line();
    for (PyToken token : tokens) {
      if (token.kind() == Kind.BAD) {
        return new Unread(token.line(), token.text());
      }
    }
    PyExpression expression = new PyExpression(tokens, scope, findings);
    PyValue value = expression.sequence();
    if (value instanceof Unread) {
      return value;
    }
    if (expression.at < tokens.size()) {
      return expression.odd();
    }
    return value instanceof Path path
        ? new Unread(line, "the file does not say what '" + path.dotted() + "' is")
        : value;
  }

  private PyValue sequence() {
    PyValue first = either();
    if (!peek().is(",")) {
      return first;
    }
    List<PyValue> items = new ArrayList<>(List.of(first));
    while (accept(",") && at < tokens.size() && !closes()) {
      items.add(either());
    }
    return new Sequence(items);
  }

  private boolean closes() {
    return peek().is(")") || peek().is("]") || peek().is("}");
  }

  private PyValue either() {
    PyValue left = sum();
    while (peek().isName("or")) {
      int line = tokens.get(at++).line();
      left = PyCalls.either(left, sum(), line);
    }
    return left;
  }

  private PyValue sum() {
    PyValue left = product();
    while (peek().is("+") || peek().is("-")) {
      PyToken operator = tokens.get(at++);
      left = PyCalls.arithmetic(left, operator, product());
    }
    return left;
  }

  private PyValue product() {
    PyValue left = unary();
    while (peek().is("*") || peek().is("%") || peek().is("/") || peek().is("//")) {
      PyToken operator = tokens.get(at++);
      left = PyCalls.arithmetic(left, operator, unary());
    }
    return left;
  }

  private PyValue unary() {
    if (peek().is("-")) {
      PyToken minus = tokens.get(at++);
      return PyCalls.arithmetic(new Scalar(0L), minus, unary());
    }
    PyValue value = atom();
    while (true) {
      int line = peek().line();
      if (accept(".")) {
        PyToken name = peek();
        if (name.kind() != Kind.NAME) {
          return odd();
        }
        at++;
        if (value instanceof Text text && name.isName("format") && accept("(")) {
          value = PyCalls.format(text, arguments(), line);
        } else {
          value = member(value, name);
        }
      } else if (accept("(")) {
        value = PyCalls.call(value, arguments(), line);
      } else if (accept("[")) {
        PyValue index = either();
        value = accept("]") ? PyCalls.index(value, index, line) : odd();
      } else {
        return value;
      }
    }
  }

  private PyValue member(PyValue value, PyToken name) {
    if (value instanceof Path path) {
      PyValue known = scope.find(path.dotted() + "." + name.text());
      return known != null ? known : new Path(path.dotted() + "." + name.text());
    }
    return value instanceof Unread
        ? value
        : new Unread(name.line(), "'." + name.text() + "' is not worked out");
  }

  private PyValue atom() {
    PyToken token = peek();
    at++;
    return switch (token.kind()) {
      case TEXT, FORMAT -> texts(token);
      case NUMBER -> PyCalls.number(token);
      case NAME -> named(token);
      case BAD -> new Unread(token.line(), token.text());
      case OPERATOR ->
          switch (token.text()) {
            case "(" -> inBrackets(")");
            case "[" -> inBrackets("]");
            case "{" -> dict();
            default -> {
              at--;
              yield odd();
            }
          };
    };
  }

  /** Texts that stand side by side are one. */
  private PyValue texts(PyToken first) {
    PyValue value = text(first);
    while (peek().kind() == Kind.TEXT || peek().kind() == Kind.FORMAT) {
      PyToken next = tokens.get(at++);
      value = PyCalls.arithmetic(value, new PyToken(Kind.OPERATOR, "+", next.line()), text(next));
    }
    return value;
  }

  private PyValue text(PyToken token) {
    return token.kind() == Kind.TEXT
        ? new Text(Marked.literal(token.text()))
        : PyFormats.braces(
            Marked.literal(token.text()), token.line(), inside -> filling(inside, token.line()));
  }

  private @Nullable PyValue filling(String inside, int line) {
    if (inside.isBlank() || inside.matches(".*![rsa]$|.*[^\\[:]:[^\\]]*")) {
      return null;
    }
    return of(PyTokens.expression(inside, line, findings), scope, findings);
  }

  private PyValue named(PyToken name) {
    return switch (name.text()) {
      case "True" -> new Scalar(true);
      case "False" -> new Scalar(false);
      case "None" -> new Scalar(null);
      default -> {
        if (LOGIC.contains(name.text())) {
          at = tokens.size();
          yield new Unread(name.line(), "it depends on '" + name.text() + "'");
        }
        PyValue known = scope.find(name.text());
        yield known != null ? known : new Path(name.text());
      }
    };
  }

  private PyValue inBrackets(String close) {
    if (accept(close)) {
      return new Sequence(List.of());
    }
    boolean list = close.equals("]");
    PyValue inside = sequence();
    if (!accept(close)) {
      return odd();
    }
    return list && !(inside instanceof Sequence) ? new Sequence(List.of(inside)) : inside;
  }

  private PyValue dict() {
    List<Entry> entries = new ArrayList<>();
    while (!accept("}")) {
      int line = peek().line();
      if (accept("**")) {
        if (!(either() instanceof Dict other)) {
          return new Unread(line, "what '**' stands before is not a dict that can be read");
        }
        entries.addAll(other.entries());
      } else {
        PyValue key = either();
        if (!accept(":")) {
          return odd();
        }
        int valueAt = at;
        PyValue value = either();
        if (!peek().is(",") && !peek().is("}")) {
          value = value instanceof Unread ? value : odd();
          skipToNext(valueAt);
        }
        entries.add(new Entry(key, value, line));
      }
      if (!accept(",") && !peek().is("}")) {
        return odd();
      }
    }
    return new Dict(entries);
  }

  /** One value that cannot be read leaves the other entries readable. */
  private void skipToNext(int from) {
    at = from;
    for (int depth = 0; at < tokens.size(); at++) {
      String text = tokens.get(at).kind() == Kind.OPERATOR ? tokens.get(at).text() : "";
      if (depth == 0 && (text.equals(",") || text.equals("}"))) {
        break;
      }
      depth +=
          Set.of("(", "[", "{").contains(text) ? 1 : Set.of(")", "]", "}").contains(text) ? -1 : 0;
    }
  }

  private @Nullable List<Entry> arguments() {
    List<Entry> all = new ArrayList<>();
    while (!accept(")")) {
      int line = peek().line();
      PyValue key = null;
      boolean keyword = peek().kind() == Kind.NAME && peekAt(at + 1).is("=");
      if (keyword) {
        key = new Text(peek().text());
        at += 2;
      }
      all.add(new Entry(key, either(), line));
      if (!accept(",") && !peek().is(")")) {
        at = tokens.size();
        return null;
      }
    }
    return all;
  }

  /** What is wrong here, without the text of literals, which may be passwords. */
  private Unread odd() {
    PyToken token = peek();
    at = tokens.size();
    int line =
        token == END && !tokens.isEmpty() ? tokens.get(tokens.size() - 1).line() : token.line();
    String reason =
        token == END
            ? "something is missing at the end"
            : token.kind() == Kind.NAME && LOGIC.contains(token.text())
                ? "it depends on '" + token.text() + "'"
                : token.kind() == Kind.OPERATOR
                    ? "'" + token.text() + "' is not expected"
                    : "it is not understood";
    return new Unread(line, reason);
  }

  private boolean accept(String operator) {
    if (peek().is(operator)) {
      at++;
      return true;
    }
    return false;
  }

  private PyToken peek() {
    return peekAt(at);
  }

  private PyToken peekAt(int index) {
    return index < tokens.size() ? Objects.requireNonNull(tokens.get(index)) : END;
  }
}
