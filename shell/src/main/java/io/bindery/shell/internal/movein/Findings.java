package io.bindery.shell.internal.movein;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a file of another program holds for binds, and what of it could not be read. */
public final class Findings {
  private final List<FoundBind> binds = new ArrayList<>();
  private final List<Remark> unread = new ArrayList<>();
  private final List<Remark> notes = new ArrayList<>();

  /**
   * A bind to be written.
   *
   * @param key its valid key
   * @param line where it stands in the file, from 1; 0 when the whole file is about it
   * @param settings what its file shall hold; a password that the file had literally stands under
   *     {@code .password}
   * @param literalPassword whether {@code .password} is the password itself
   */
  public record FoundBind(
      String key, int line, Map<String, String> settings, boolean literalPassword) {
    /** Copies the settings in their order. */
    public FoundBind {
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The key alone, as the settings may hold a password. */
    @Override
    public String toString() {
      return "bind '" + key + "'";
    }
  }

  /**
   * Something to tell about a place of the file. Never holds a value.
   *
   * @param line where, from 1; 0 for the whole file
   * @param text what
   */
  public record Remark(int line, String text) {}

  /** The binds in the file's order. */
  public List<FoundBind> binds() {
    return List.copyOf(binds);
  }

  /** What should have become a bind, or a part of one, and did not. */
  public List<Remark> unread() {
    return sorted(unread);
  }

  /** What is good to know: settings that have no counterpart, keys that were changed. */
  public List<Remark> notes() {
    return sorted(notes);
  }

  private static List<Remark> sorted(List<Remark> remarks) {
    return remarks.stream().sorted(Comparator.comparingInt(Remark::line)).toList();
  }

  void unread(int line, String text) {
    add(unread, line, text);
  }

  void note(int line, String text) {
    add(notes, line, text);
  }

  private static void add(List<Remark> remarks, int line, String text) {
    Remark remark = new Remark(line, text);
    if (!remarks.contains(remark)) {
      remarks.add(remark);
    }
  }

  /**
   * Takes a bind, unless its name cannot be a key, or another bind has that key.
   *
   * @param name its name in the file
   * @param settings its settings, with {@link Marked} texts
   */
  void bind(String name, int line, Map<String, String> settings) {
    String key = BindKeys.of(name);
    if (key == null) {
      unread(line, "bind '" + name + "': no key can be made of its name");
      return;
    }
    if (binds.stream().anyMatch(b -> b.key().equals(key))) {
      unread(
          line, "bind '" + name + "': another bind of the file has the key '" + key + "' already");
      return;
    }
    if (!key.equals(name)) {
      note(line, "bind '" + name + "' becomes '" + key + "': keys are a-z, 0-9, _ and -");
    }
    Map<String, String> rendered = new LinkedHashMap<>();
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      boolean url = setting.getKey().equals("url");
      String value = url ? Marked.inUrl(setting.getValue()) : Marked.plain(setting.getValue());
      boolean password = setting.getKey().equals(".password");
      if (value == null && !(password && !Marked.hasPlaceholder(setting.getValue()))) {
        unread(
            line,
            "bind '%s': the value of '%s' would be read as a placeholder"
                .formatted(key, setting.getKey()));
        return;
      }
      for (String placeholder : Marked.defaults(setting.getValue())) {
        note(
            line,
            "bind '%s': the default of %s is not taken over: it waits until that is set"
                .formatted(key, placeholder));
      }
      rendered.put(setting.getKey(), value == null ? setting.getValue() : value);
    }
    String password = settings.get(".password");
    boolean literal = password != null && !Marked.hasPlaceholder(password);
    binds.add(new FoundBind(key, line, rendered, literal));
  }

  /** Whether there is nothing about databases in the file. */
  boolean isEmpty() {
    return binds.isEmpty() && unread.isEmpty();
  }
}
