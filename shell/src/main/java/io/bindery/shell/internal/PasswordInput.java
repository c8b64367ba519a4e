package io.bindery.shell.internal;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.words.Arguments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;

/** Where a command gets a password from: a person who is asked, else the command's input. */
final class PasswordInput {
  /** The session variable with a function that asks a person without showing the answer. */
  private static final String PROMPT = "bindery.prompt";

  private static final int LONGEST = 4096;

  private final InputStream stdin;
  private final @Nullable Function<String, ?> prompt;

  private PasswordInput(InputStream stdin, @Nullable Function<String, ?> prompt) {
    this.stdin = stdin;
    this.prompt = prompt;
  }

  /** The input of the command that runs in this thread. */
  static PasswordInput of(CommandSession session) {
    @SuppressWarnings("unchecked")
    Function<String, ?> prompt =
        session.get(PROMPT) instanceof Function<?, ?> function
            ? (Function<String, ?>) function
            : null;
    return new PasswordInput(System.in, prompt);
  }

  /** Reads the password of a bind; it is neither empty nor anything that stands for another. */
  String read(String key, Arguments arguments) {
    String password = prompt == null ? firstLine(arguments) : ask(prompt, key);
    if (password.isEmpty()) {
      throw arguments.wrong("--password-stdin: there is no password in the input");
    }
    if (password.contains("$[") || password.contains("${")) {
      throw arguments.wrong(
          "--password-stdin: the password would be read as a placeholder; put it into a file of the"
              + " secrets folder and use '.password=$[secret:NAME]'");
    }
    return password;
  }

  private static String ask(Function<String, ?> prompt, String key) {
    Object answer = prompt.apply("password for bind '" + key + "': ");
    return answer == null ? "" : String.valueOf(answer);
  }

  /** Reads no byte beyond the line, as what follows may be for another command. */
  private String firstLine(Arguments arguments) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int b = stdin.read(); b >= 0 && b != '\n'; b = stdin.read()) {
        line.write(b);
        if (line.size() > LONGEST) {
          throw arguments.wrong("--password-stdin: the first line is too long");
        }
      }
    } catch (IOException e) {
      throw new BinderyException(
          ErrorCode.UNAVAILABLE, null, "--password-stdin: cannot read the input", e);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
