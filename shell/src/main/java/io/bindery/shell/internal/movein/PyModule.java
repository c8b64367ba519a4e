package io.bindery.shell.internal.movein;

import io.bindery.shell.internal.movein.PyToken.Kind;
import io.bindery.shell.internal.movein.PyTokens.Line;
import io.bindery.shell.internal.movein.PyValue.Dict;
import io.bindery.shell.internal.movein.PyValue.Entry;
import io.bindery.shell.internal.movein.PyValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the assignments of a Python file, at module and at class level. */
final class PyModule {
  private static final Set<String> BLOCKS =
      Set.of(
          "if", "elif", "else", "for", "while", "try", "except", "finally", "with", "match", "case",
          "def", "async");
  private static final Set<String> SAYS_NOTHING =
      Set.of(
          "pass", "return", "raise", "assert", "global", "nonlocal", "import", "break", "continue");
  private static final Pattern SETTING = Pattern.compile("SQLALCHEMY_\\w+");

  private final Findings findings;
  private final List<Line> lines;
  private final PyScope module = new PyScope(null);
  private final List<PyClass> classes = new ArrayList<>();
  private int at;

  private PyModule(List<Line> lines, Findings findings) {
    this.lines = lines;
    this.findings = findings;
  }

  /**
   * A class of the file.
   *
   * @param name its name
   * @param line where it begins
   * @param bases the names of the classes that it inherits from, without their modules
   * @param scope what its body assigns
   */
  record PyClass(String name, int line, List<String> bases, PyScope scope) {}

  /** Reads a file. */
  static PyModule read(String text, Findings findings) {
    PyModule module = new PyModule(PyTokens.lines(text, findings), findings);
    module.block(-1, module.module);
    return module;
  }

  /** What stands outside classes. */
  PyScope scope() {
    return module;
  }

  /** The classes in the file's order. */
  List<PyClass> classes() {
    return classes;
  }

  /** Reads the lines that are indented further than their head. */
  private void block(int headIndent, PyScope scope) {
    while (at < lines.size() && lines.get(at).indent() > headIndent) {
      Line line = lines.get(at++);
      String first = line.tokens().get(0).text();
      if (line.tokens().get(0).kind() != Kind.NAME) {
        continue;
      }
      if (first.equals("class")) {
        classHead(line);
      } else if (BLOCKS.contains(first)) {
        skip(line, scope);
      } else {
        split(line.tokens(), ";").forEach(statement -> statement(statement, scope));
      }
    }
  }

  private void classHead(Line head) {
    List<PyToken> tokens = head.tokens();
    String name =
        tokens.size() > 1 && tokens.get(1).kind() == Kind.NAME ? tokens.get(1).text() : "";
    List<String> bases = new ArrayList<>();
    int i = 2;
    while (i < tokens.size() && !tokens.get(i).is(":")) {
      boolean last =
          i + 1 < tokens.size() && (tokens.get(i + 1).is(",") || tokens.get(i + 1).is(")"));
      if (last && tokens.get(i).kind() == Kind.NAME && !tokens.get(i - 1).is("=")) {
        bases.add(tokens.get(i).text());
      }
      i++;
    }
    PyScope body = new PyScope(module);
    classes.add(new PyClass(name, head.number(), List.copyOf(bases), body));
    if (i + 1 < tokens.size()) {
      split(tokens.subList(i + 1, tokens.size()), ";").forEach(s -> statement(s, body));
    }
    block(head.indent(), body);
    body.own()
        .forEach(
            (attribute, given) ->
                module.assign(name + "." + attribute, given.value(), given.line()));
  }

  /** What a condition, a loop or a function assigns is not known. */
  private void skip(Line head, PyScope scope) {
    PyToken word = head.tokens().get(0);
    boolean function = word.isName("def") || word.isName("async");
    String kind = function ? "a function" : "'" + word.text() + "'";
    List<Line> inside = new ArrayList<>(List.of(head));
    while (at < lines.size() && lines.get(at).indent() > head.indent()) {
      inside.add(lines.get(at++));
    }
    if (function && head.tokens().size() > 1) {
      scope.obscure(head.tokens().get(1).text(), head.number(), "it is a function");
    }
    for (Line line : inside) {
      String reason = "it is set within " + kind;
      List<PyToken> tokens = line.tokens();
      for (int i = 0; i < tokens.size(); i++) {
        boolean assigned = i + 1 < tokens.size() && tokens.get(i + 1).is("=");
        boolean setting =
            SETTING.matcher(tokens.get(i).text()).matches() && tokens.get(i).kind() != Kind.BAD;
        if (setting || assigned && !function && tokens.get(i).kind() == Kind.NAME) {
          scope.obscure(tokens.get(i).text(), line.number(), reason);
        }
      }
    }
  }

  private void statement(List<PyToken> tokens, PyScope scope) {
    if (tokens.isEmpty() || SAYS_NOTHING.contains(tokens.get(0).text())) {
      return;
    }
    int line = tokens.get(0).line();
    if (tokens.get(0).isName("from")) {
      imported(tokens, scope);
      return;
    }
    List<List<PyToken>> parts = split(tokens, "=");
    if (parts.size() > 1) {
      PyValue value = PyExpression.of(parts.get(parts.size() - 1), scope, findings);
      parts.subList(0, parts.size() - 1).forEach(target -> assign(target, value, line, scope));
      return;
    }
    List<List<PyToken>> added = split(tokens, "+=");
    if (added.size() == 2) {
      List<PyToken> sum = new ArrayList<>(added.get(0));
      sum.add(new PyToken(Kind.OPERATOR, "+", line));
      sum.addAll(added.get(1));
      assign(added.get(0), PyExpression.of(sum, scope, findings), line, scope);
      return;
    }
    for (PyToken token : tokens) {
      if (SETTING.matcher(token.text()).matches()) {
        scope.obscure(token.text(), line, "it is set by a function call, which is not run");
      } else if (token.kind() == Kind.BAD) {
        findings.unread(token.line(), token.text());
      }
    }
  }

  private void imported(List<PyToken> tokens, PyScope scope) {
    String from = tokens.size() > 1 ? tokens.get(1).text() : "";
    if (tokens.size() > 1 && Set.of(Kind.TEXT, Kind.FORMAT).contains(tokens.get(1).kind())) {
      return;
    }
    boolean known = from.equals("os") || from.equals("urllib");
    boolean names = false;
    for (PyToken token : tokens) {
      if (names && token.kind() == Kind.NAME && !known) {
        scope.obscure(token.text(), token.line(), "it is imported from '" + from + "'");
      }
      names |= token.isName("import");
    }
  }

  private void assign(List<PyToken> target, PyValue value, int line, PyScope scope) {
    PyToken first = target.get(0);
    boolean annotated = target.size() > 1 && target.get(1).is(":");
    if (first.kind() == Kind.NAME && (target.size() == 1 || annotated)) {
      scope.assign(first.text(), value, line);
      return;
    }
    int last = target.size() - 1;
    boolean item = last >= 3 && target.get(last).is("]") && target.get(last - 2).is("[");
    if (!item) {
      target.stream()
          .filter(t -> t.kind() == Kind.NAME)
          .forEach(t -> scope.obscure(t.text(), line, "it is one of several names on the left"));
      return;
    }
    String owner = target.get(last - 3).text();
    PyToken key = target.get(last - 1);
    if (owner.equals("config") && key.kind() == Kind.TEXT) {
      scope.assign(key.text(), value, line);
    } else if (scope.find(owner) instanceof Dict dict && key.kind() == Kind.TEXT) {
      List<Entry> entries = new ArrayList<>(dict.entries());
      entries.add(new Entry(new Text(Marked.literal(key.text())), value, line));
      scope.assign(owner, new Dict(entries), line);
    } else if (scope.find(owner) instanceof Dict) {
      scope.obscure(owner, line, "an item of it is set in a way that is not understood");
    }
  }

  /** Cuts at an operator that stands in no brackets. */
  private static List<List<PyToken>> split(List<PyToken> tokens, String operator) {
    List<List<PyToken>> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < tokens.size(); i++) {
      PyToken token = tokens.get(i);
      if (token.is("(") || token.is("[") || token.is("{")) {
        depth++;
      } else if (token.is(")") || token.is("]") || token.is("}")) {
        depth--;
      } else if (depth == 0 && token.is(operator)) {
        parts.add(tokens.subList(start, i));
        start = i + 1;
      }
    }
    parts.add(tokens.subList(start, tokens.size()));
    parts.removeIf(List::isEmpty);
    return parts;
  }
}
